//! A machine for people: a table of what the AWS CLI would use, then what was found.
//!
//! ```text
//! credentials  environment variables  AWS_ACCESS_KEY_ID
//!   until      ended 3 h ago          AWS_CREDENTIAL_EXPIRATION
//!   shadows    the credentials file   ~/.aws/credentials line 2
//! ```

use std::io::Write;

use termcolor::{Buffer, ColorSpec, WriteColor};

use super::{Checked, Online, moment};
use crate::{
    diagnose::Fix,
    environment::{Client, Ending, Finding, Level, Severity, age},
    knowledge::Effect,
    online::Answer,
    render::{
        colors::{aside, doubtful, strong, wrong},
        harmless::harmless,
        note::{Look, note},
        wrap::wrap,
    },
};

/// How wide the column of names is.
const NAMES: usize = 13;
/// The widest that the column of values becomes; a longer value stands alone in its line.
const VALUES: usize = 34;
/// Findings that only say again what the table says.
const IN_TABLE: &[&str] = &[
    "credential-source-found",
    "default-region",
    "endpoint-override",
    "no-session-token",
];

/// One line of the table: a name, a value, and where the value is from.
struct Row {
    name: &'static str,
    value: String,
    from: String,
    color: ColorSpec,
}

/// The table and the findings, each line with its line break.
#[must_use]
pub fn table(checked: &Checked, look: Look) -> Vec<u8> {
    let mut page = Page::new(look);
    page.rows(&rows(checked));
    let differences = checked.chain.differences.iter();
    page.paragraphs(
        "elsewhere",
        differences.map(|other| format!("{}: {}.", other.clients, other.what)),
    );
    page.paragraphs("assumed", checked.chain.assumptions.iter().cloned());
    if let Some(online) = &checked.online {
        page.online(online);
    }
    let is_told = |finding: &Finding| finding.severity > Severity::Info;
    for (finding, steps) in &checked.findings {
        if is_told(finding) {
            page.finding(finding, steps);
        }
    }
    let besides: Vec<&Finding> = checked
        .findings
        .iter()
        .map(|(finding, _)| finding)
        .filter(|finding| !is_told(finding) && !IN_TABLE.contains(&finding.id))
        .collect();
    if !besides.is_empty() {
        page.end();
    }
    page.paragraphs(
        "besides",
        besides.iter().map(|finding| finding.seen.clone()),
    );
    page.end();
    page.verdict(checked);
    page.out.into_inner()
}

fn rows(checked: &Checked) -> Vec<Row> {
    let chain = &checked.chain;
    let mut rows = Vec::new();
    let mut row = |name, value: String, from: &str, color| {
        rows.push(Row {
            name,
            value,
            from: from.to_owned(),
            color,
        });
    };
    let client = match chain.client {
        Client::V1 => "AWS CLI version 1",
        Client::V2 => "AWS CLI version 2",
        Client::Unknown if chain.client_at.is_empty() => "none on PATH",
        Client::Unknown => "AWS CLI, version unknown",
    };
    let plain = ColorSpec::new;
    row("client", client.to_owned(), &chain.client_at, plain());
    let nobody = |from: &str| {
        if from.is_empty() {
            "not named".to_owned()
        } else {
            from.to_owned()
        }
    };
    row(
        "profile",
        chain.profile.clone(),
        &nobody(&chain.profile_from),
        plain(),
    );
    match chain.source {
        None => row("credentials", "none".to_owned(), "", wrong()),
        Some(source) => row(
            "credentials",
            source.name().to_owned(),
            &chain.where_,
            strong(),
        ),
    }
    let key = match (chain.key_kind, &chain.account) {
        (Some(kind), Some(account)) => format!("{kind}, account {account}"),
        (Some(kind), None) => kind.to_owned(),
        (None, Some(account)) => format!("for account {account}"),
        (None, None) => String::new(),
    };
    if !key.is_empty() {
        row("  keys", key, "", plain());
    }
    for ending in &chain.endings {
        let color = if ending.ends < checked.now {
            wrong()
        } else {
            plain()
        };
        let from = format!("{}, {}", ending.what, ending.at);
        row("  until", until(ending, checked.now), &from, color);
    }
    if chain.endings.is_empty() && chain.key_kind == Some("temporary") {
        row("  until", "not written down".to_owned(), "", plain());
    }
    for shadowed in &chain.shadows {
        row(
            "  shadows",
            shadowed.source.name().to_owned(),
            &shadowed.at,
            aside(),
        );
    }
    let region = chain.region.clone().unwrap_or_else(|| "none".to_owned());
    row("Region", region, &chain.region_from, plain());
    let endpoint = chain
        .endpoint
        .clone()
        .unwrap_or_else(|| "AWS's own".to_owned());
    row("endpoint", endpoint, &chain.endpoint_from, plain());
    rows
}

/// `2026-01-01 01:00 UTC, in 50 min`.
fn until(ending: &Ending, now: u64) -> String {
    let at = moment(ending.ends).map(|time| format!("{}, ", time.strftime("%Y-%m-%d %H:%M UTC")));
    let at = at.unwrap_or_default();
    match ending.ends.checked_sub(now) {
        Some(left) => format!("{at}in {}", age(left)),
        None => format!("{at}{} ago", age(now - ending.ends)),
    }
}

/// The lines as they are put together.
struct Page {
    out: Buffer,
    look: Look,
}

impl Page {
    fn new(look: Look) -> Self {
        let out = if look.color {
            Buffer::ansi()
        } else {
            Buffer::no_color()
        };
        Self { out, look }
    }

    /// Names, values and places in columns; a place that has no room beside its value goes below it.
    fn rows(&mut self, rows: &[Row]) {
        let length = |text: &str| text.chars().count();
        let widths = rows
            .iter()
            .filter(|row| !row.from.is_empty())
            .map(|row| length(&row.value));
        let column = widths.filter(|width| *width <= VALUES).max().unwrap_or(0);
        for row in rows {
            self.say(&format!("{:<NAMES$}", row.name), &aside());
            self.say(&row.value, &row.color);
            if !row.from.is_empty() {
                let at = NAMES + length(&row.value).max(column) + 2;
                if at + length(&row.from) <= self.look.width {
                    let gap = " ".repeat(at - NAMES - length(&row.value));
                    self.say(&format!("{gap}{}", row.from), &aside());
                } else {
                    self.end();
                    self.say(&" ".repeat(NAMES), &aside());
                    self.say(&row.from, &aside());
                }
            }
            self.end();
        }
    }

    /// What AWS STS said, and for a refusal the note that explains it.
    fn online(&mut self, online: &Online) {
        let (value, color) = match &online.answer {
            Answer::Identity { arn, .. } => (arn.clone(), strong()),
            Answer::Refused { status, code, .. } => {
                (format!("refused, {code} (HTTP status {status})"), wrong())
            }
            Answer::Nothing(_) => ("not known".to_owned(), doubtful()),
        };
        self.rows(&[Row {
            name: "identity",
            value,
            from: online.to.clone().unwrap_or_default(),
            color,
        }]);
        match &online.answer {
            Answer::Identity { .. } => {}
            Answer::Refused { message, .. } => self.paragraphs("", [message.clone()].into_iter()),
            Answer::Nothing(why) => self.paragraphs("", [why.clone()].into_iter()),
        }
        if let Some((error, told)) = &online.explained {
            self.end();
            let _ = self.out.write_all(&note(error, told, self.look));
        }
    }

    fn finding(&mut self, finding: &Finding, steps: &[Fix]) {
        let (word, color) = match finding.severity {
            Severity::Error => ("error", wrong()),
            Severity::Warning => ("warning", doubtful()),
            Severity::Info => ("info", aside()),
        };
        let level = match finding.level {
            Level::Proven => "proven",
            Level::Likely => "likely",
            Level::Hint => "a hint",
        };
        let (mark, dot) = if self.look.unicode {
            ("●", "·")
        } else {
            ("*", "-")
        };
        self.end();
        self.say(&format!("{mark} {word}, {level}"), &color);
        self.say(&format!(" {dot} {}", finding.id), &aside());
        self.end();
        self.indented("", &format!("{} {}", finding.seen, finding.conclusion));
        for (number, step) in steps.iter().enumerate() {
            let word = if number == 0 { "fix" } else { "then" };
            let mark = if step.effect == Effect::Reads {
                ""
            } else {
                "  # (changes something)"
            };
            if let Some(say) = &step.say {
                self.indented(word, &format!("{say}."));
            }
            if let Some(command) = &step.command {
                self.say(&format!("  {word:<6}"), &aside());
                self.say(command, &strong());
                self.say(mark, &aside());
                self.end();
            }
        }
    }

    /// How many errors and warnings there are.
    fn verdict(&mut self, checked: &Checked) {
        let number = |count: usize, word: &str| match count {
            1 => format!("1 {word}"),
            _ => format!("{count} {word}s"),
        };
        let (errors, warnings) = (
            checked.count(Severity::Error),
            checked.count(Severity::Warning),
        );
        let (text, color) = match (errors, warnings) {
            (0, 0) => ("Nothing is found to be wrong.".to_owned(), strong()),
            (0, _) => (
                format!("No errors, {}.", number(warnings, "warning")),
                doubtful(),
            ),
            (_, 0) => (format!("{}.", number(errors, "error")), wrong()),
            _ => (
                format!(
                    "{}, {}.",
                    number(errors, "error"),
                    number(warnings, "warning")
                ),
                wrong(),
            ),
        };
        self.say(&text, &color);
        self.end();
    }

    /// Texts beside a name of the table, wrapped; the name stands once.
    fn paragraphs(&mut self, name: &str, texts: impl Iterator<Item = String>) {
        for (number, text) in texts.enumerate() {
            let name = if number == 0 { name } else { "" };
            self.wrapped(&format!("{name:<NAMES$}"), &text);
        }
    }

    /// A text of a finding, wrapped.
    fn indented(&mut self, word: &str, text: &str) {
        let column = if word.is_empty() {
            "  ".to_owned()
        } else {
            format!("  {word:<6}")
        };
        self.wrapped(&column, text);
    }

    fn wrapped(&mut self, column: &str, text: &str) {
        let blank = " ".repeat(column.chars().count());
        let room = self.look.width.saturating_sub(blank.len());
        for (number, line) in wrap(&self.look.shown(text), room).iter().enumerate() {
            self.say(if number == 0 { column } else { &blank }, &aside());
            self.say(line, &ColorSpec::new());
            self.end();
        }
    }

    fn say(&mut self, text: &str, color: &ColorSpec) {
        let text = harmless(text);
        if text.is_empty() {
            return;
        }
        // A buffer in memory takes everything.
        if !color.is_none() {
            let _ = self.out.set_color(color);
        }
        let _ = self.out.write_all(text.as_bytes());
        if !color.is_none() {
            let _ = self.out.reset();
        }
    }

    fn end(&mut self) {
        let _ = self.out.write_all(b"\n");
    }
}
