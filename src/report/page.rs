//! The report as a page and as Markdown: two templates over one view of it. The templates escape whatever stands in a log.

use askama::Template;

use super::{Group, Report, timeline};
use crate::{
    diagnose::{CauseTold, Status},
    error::{Error, Result},
    knowledge::Effect,
    render::markdown,
    secrets::redact,
};

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'r> {
    report: &'r Report,
    groups: Vec<Shown<'r>>,
    services: Vec<(String, u64)>,
    timeline: Option<timeline::Timeline>,
    files_with_errors: usize,
}

#[derive(Template)]
#[template(path = "report.md", escape = "none")]
struct Comment<'r> {
    report: &'r Report,
    groups: Vec<Shown<'r>>,
}

/// A group, as both templates show it.
struct Shown<'r> {
    /// Its anchor on the page.
    anchor: String,
    code: String,
    service: String,
    operation: String,
    message: String,
    group: &'r Group,
    causes: Vec<&'r CauseTold>,
}

impl<'r> Shown<'r> {
    fn new(number: usize, group: &'r Group) -> Self {
        let word = |text: &Option<String>| text.as_deref().map(redact).unwrap_or_default();
        let service = match &group.told.services[..] {
            [one] => (*one).to_owned(),
            _ => word(&group.error.service),
        };
        let causes = &group.told.causes;
        Self {
            anchor: format!("error-{}", number + 1),
            code: group.error.bare_code().map(redact).unwrap_or_default(),
            service,
            operation: word(&group.error.operation),
            message: word(&group.error.message),
            group,
            causes: causes
                .iter()
                .filter(|cause| cause.status != Status::RuledOut)
                .collect(),
        }
    }

    /// What it is called in lists: code, or the entry's title where it has none.
    fn name(&self) -> &str {
        if self.code.is_empty() {
            &self.group.told.title
        } else {
            &self.code
        }
    }

    fn not_shown(&self) -> u64 {
        self.group.count - self.group.occurrences.len() as u64
    }

    /// Everything that the search looks at, in lower case.
    fn words(&self) -> String {
        let files = self
            .group
            .occurrences
            .iter()
            .map(|occurrence| occurrence.file.as_str());
        let files: Vec<&str> = files.collect();
        format!(
            "{} {} {} {} {} {}",
            self.code,
            self.service,
            self.operation,
            self.message,
            self.group.told.title,
            files.join(" ")
        )
        .to_lowercase()
    }
}

/// What a step does, where it is more than to read.
#[allow(clippy::trivially_copy_pass_by_ref)] // templates hand out references
fn effect(effect: &Effect) -> &'static str {
    match effect {
        Effect::Reads => "",
        Effect::Writes => "writes",
        Effect::Deletes => "deletes",
    }
}

/// The parts of a sentence, those between backticks as code.
fn prose(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let parts = text.split('`').enumerate();
    parts.map(|(number, part)| (number % 2 == 1, part))
}

/// One page that holds everything it needs and loads nothing.
pub fn html(report: &Report) -> Result<String> {
    let mut services: Vec<(String, u64)> = Vec::new();
    let groups = shown(report);
    for group in &groups {
        let name = if group.service.is_empty() {
            "unknown"
        } else {
            &group.service
        };
        match services.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += group.group.count,
            None => services.push((name.to_owned(), group.group.count)),
        }
    }
    services.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let page = Page {
        files_with_errors: report
            .sources
            .iter()
            .filter(|source| source.errors > 0)
            .count(),
        timeline: timeline::draw(report),
        report,
        groups,
        services,
    };
    page.render().map_err(failed)
}

/// The report in short, for a comment under a pull request.
pub fn markdown(report: &Report) -> Result<String> {
    let comment = Comment {
        report,
        groups: shown(report),
    };
    comment.render().map_err(failed)
}

fn shown(report: &Report) -> Vec<Shown<'_>> {
    report
        .groups()
        .into_iter()
        .enumerate()
        .map(|(number, group)| Shown::new(number, group))
        .collect()
}

fn failed(fault: askama::Error) -> Error {
    Error::Write {
        to: "the report".to_owned(),
        source: std::io::Error::other(fault),
    }
}
