//! The timeline: how many errors there were when, as a drawing (SVG); one for a desk, one for a phone, since the letters of
//! a drawing shrink with it.

use jiff::{ToSpan, Unit, civil::DateTime};
use plotters::prelude::*;

use super::Report;

/// How a drawing is laid out.
struct Layout {
    /// Its size, in its own units; the page scales it.
    size: (u32, u32),
    /// Its columns.
    columns: u32,
    /// Times that are written under them.
    labels: usize,
}

const WIDE: Layout = Layout {
    size: (900, 200),
    columns: 60,
    labels: 6,
};
const NARROW: Layout = Layout {
    size: (340, 180),
    columns: 30,
    labels: 3,
};
/// The columns' colour, dark enough on white and, turned round by the page, light enough on black.
const COLUMN: RGBColor = RGBColor(196, 64, 28);
/// The axes' colour.
const AXIS: RGBColor = RGBColor(90, 90, 90);

/// A timeline and what it says in words.
#[derive(Debug)]
pub struct Timeline {
    /// The drawing for a desk and for paper.
    pub wide: String,
    /// That for a phone.
    pub narrow: String,
    /// The same for those who do not see it.
    pub words: String,
}

/// Where moments stand on the axis.
enum Axis {
    /// By time: the first one, and seconds up to the last one.
    Time(DateTime, i64),
    /// By line, where the logs have no times: the last line.
    Lines(u64),
}

/// The timeline of a report; `None` where there is nothing to draw.
#[must_use]
pub fn draw(report: &Report) -> Option<Timeline> {
    if report.moments().is_empty() {
        return None;
    }
    let axis = axis(report);
    let words = match axis {
        Axis::Time(start, seconds) => format!(
            "{} errors between {} and {}",
            report.errors(),
            start.strftime("%Y-%m-%d %H:%M:%S"),
            start
                .saturating_add(seconds.seconds())
                .strftime("%Y-%m-%d %H:%M:%S"),
        ),
        Axis::Lines(lines) => format!("{} errors in {lines} lines", report.errors()),
    };
    Some(Timeline {
        wide: drawing(report, &axis, &WIDE)?,
        narrow: drawing(report, &axis, &NARROW)?,
        words,
    })
}

fn drawing(report: &Report, axis: &Axis, layout: &Layout) -> Option<String> {
    let columns = layout.columns;
    let length = match axis {
        Axis::Time(_, seconds) => seconds.max(&1).unsigned_abs(),
        Axis::Lines(lines) => *lines.max(&1),
    };
    let mut counts = vec![0_u32; columns as usize];
    for moment in report.moments() {
        let at = match (axis, moment.time) {
            (Axis::Time(start, _), Some(time)) => seconds_between(*start, time).unsigned_abs(),
            (Axis::Time(..), None) => continue,
            (Axis::Lines(_), _) => moment.line,
        };
        let column = (at * u64::from(columns) / (length + 1)).min(u64::from(columns) - 1);
        counts[column as usize] += 1;
    }
    let highest = counts.iter().copied().max().unwrap_or(1).max(1);
    let label = |column: u32| {
        let at = u64::from(column) * length / u64::from(columns);
        match axis {
            Axis::Time(start, _) => clock(*start, at, length),
            Axis::Lines(_) => format!("line {}", at.max(1)),
        }
    };
    let mut svg = String::new();
    columns_into(&mut svg, layout, &counts, highest, &label)?;
    Some(svg)
}

fn columns_into(
    svg: &mut String,
    layout: &Layout,
    counts: &[u32],
    highest: u32,
    label: &dyn Fn(u32) -> String,
) -> Option<()> {
    let root = SVGBackend::with_string(svg, layout.size).into_drawing_area();
    let columns = layout.columns;
    let mut chart = ChartBuilder::on(&root)
        .margin(8)
        .margin_right(36)
        .x_label_area_size(24)
        .y_label_area_size(44)
        .build_cartesian_2d(0..columns, 0..highest + highest.div_ceil(10))
        .ok()?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(AXIS.mix(0.2))
        .axis_style(AXIS)
        .x_labels(layout.labels)
        .y_labels(4)
        .x_label_formatter(&|column| label(*column))
        .label_style(("sans-serif", 13).into_font().color(&AXIS))
        .draw()
        .ok()?;
    let bars = counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .map(|(at, count)| {
            let at = at as u32;
            Rectangle::new([(at, 0), (at + 1, *count)], COLUMN.filled())
        });
    chart.draw_series(bars).ok()?;
    root.present().ok()
}

/// Time where most errors have one, lines otherwise.
fn axis(report: &Report) -> Axis {
    let mut times: Vec<DateTime> = report
        .moments()
        .iter()
        .filter_map(|moment| moment.time)
        .collect();
    times.sort_unstable();
    if times.len() * 2 > report.moments().len()
        && let (Some(first), Some(last)) = (times.first(), times.last())
    {
        return Axis::Time(*first, seconds_between(*first, *last));
    }
    Axis::Lines(report.lines())
}

fn seconds_between(start: DateTime, end: DateTime) -> i64 {
    end.since((Unit::Second, start))
        .map_or(0, |span| span.get_seconds())
}

/// A time on the axis, as finely as its length asks for.
fn clock(start: DateTime, after: u64, length: u64) -> String {
    let seconds = i64::try_from(after).unwrap_or(i64::MAX);
    let time = start.saturating_add(seconds.seconds());
    let form = match length {
        0..600 => "%H:%M:%S",
        600..86_400 => "%H:%M",
        86_400..864_000 => "%m-%d %H:%M",
        _ => "%Y-%m-%d",
    };
    time.strftime(form).to_string()
}
