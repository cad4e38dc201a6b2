//! `awsexplain list`: what the knowledge covers.

use std::{
    collections::BTreeSet,
    fmt::Write,
    io::{self, IsTerminal},
};

use serde_json::{Value, json};
use termcolor::{Buffer, ColorSpec, WriteColor};

use super::{
    arguments::{Document, ListArguments},
    knowledge, screen,
};
use crate::{
    catalogue,
    environment::RealHost,
    error::{Error, Result},
    knowledge::{Entry, Knowledge},
};

/// One line of the list.
struct Item {
    id: String,
    title: String,
    codes: Vec<String>,
    services: Vec<String>,
    causes: usize,
    evidence: usize,
    commands: usize,
    links: usize,
    /// All its text in lower case, to search in.
    text: String,
}

impl Item {
    fn of(id: &str, entry: &Entry) -> Self {
        let codes = entry.rules.iter().filter_map(|rule| rule.code.clone());
        let codes: BTreeSet<String> = codes.collect();
        let steps = || entry.causes.iter().flat_map(|cause| &cause.fix);
        let evidence = |cause: &crate::knowledge::Cause| {
            let of = &cause.evidence;
            of.confirmed_by.len() + of.likely_if.len() + of.ruled_out_by.len()
        };
        let examples = entry.examples.iter().map(|example| example.text.as_str());
        let texts = entry
            .causes
            .iter()
            .flat_map(|cause| [cause.title.as_str(), &cause.why]);
        let texts = [id, &entry.title, &entry.summary]
            .into_iter()
            .chain(codes.iter().map(String::as_str))
            .chain(texts)
            .chain(examples);
        Self {
            text: texts.collect::<Vec<_>>().join("\n").to_lowercase(),
            services: services(id, entry),
            id: id.to_owned(),
            title: entry.title.clone(),
            codes: codes.into_iter().collect(),
            causes: entry.causes.len(),
            evidence: entry.causes.iter().map(evidence).sum(),
            commands: steps().filter(|step| step.instruct.is_none()).count(),
            links: entry.links.len(),
        }
    }

    fn of_catalogue((code, facts): (&str, catalogue::CodeFacts)) -> Self {
        let services: Vec<String> = facts.services().map(str::to_owned).collect();
        Self {
            text: format!("{code}\n{}", services.join("\n")).to_lowercase(),
            id: format!("catalogue/{code}"),
            title: String::new(),
            codes: vec![code.to_owned()],
            services,
            causes: 0,
            evidence: 0,
            commands: 0,
            links: 0,
        }
    }

    fn area(&self) -> &str {
        self.id.split_once('/').map_or("", |(area, _)| area)
    }

    fn json(&self) -> Value {
        json!({
            "id": self.id,
            "area": self.area(),
            "title": self.title,
            "codes": self.codes,
            "services": self.services,
            "causes": self.causes,
            "evidence": self.evidence,
            "commands": self.commands,
            "links": self.links,
        })
    }
}

/// The services of an entry: those that its rules ask for; otherwise its area, where that is one, or those that the
/// catalogue gives for its codes.
fn services(id: &str, entry: &Entry) -> Vec<String> {
    let asked = entry.rules.iter().flat_map(|rule| rule.services.clone());
    let asked: BTreeSet<String> = asked.collect();
    if !asked.is_empty() {
        return asked.into_iter().collect();
    }
    let area = id.split('/').next().unwrap_or_default();
    if catalogue::services().any(|service| service == area) {
        return vec![area.to_owned()];
    }
    let codes = entry.rules.iter().filter_map(|rule| rule.code.as_deref());
    let known = codes.filter_map(catalogue::code);
    let of_codes: BTreeSet<&str> = known.flat_map(|facts| facts.services()).collect();
    of_codes.into_iter().map(str::to_owned).collect()
}

/// Lists the entries that fit; gives 0, or 1 where none does.
pub fn list(arguments: &ListArguments) -> Result<u8> {
    let knowledge = knowledge::of(&arguments.knowledge)?;
    let entries = knowledge.all().filter(|(_, entry)| entry.retired.is_none());
    let mut items: Vec<Item> = entries.map(|(id, entry)| Item::of(id, &entry)).collect();
    // A user's entry stands before a built-in one of the same id, which it replaces.
    let mut seen = BTreeSet::new();
    items.retain(|item| seen.insert(item.id.clone()));
    items.sort_by(|one, other| one.id.cmp(&other.id));
    let areas: BTreeSet<String> = items.iter().map(|item| item.area().to_owned()).collect();
    if arguments.catalogue {
        items.extend(bare(&knowledge).map(Item::of_catalogue));
    }
    if let Some(area) = &arguments.area {
        if !areas.contains(area) {
            let areas: Vec<&str> = areas.iter().map(String::as_str).collect();
            return Err(Error::Usage(format!(
                "--area: there is no area `{area}`; there are {}",
                areas.join(", ")
            )));
        }
        items.retain(|item| item.area() == area);
    }
    if let Some(name) = &arguments.service {
        let wanted = catalogue::services_named(name);
        if wanted.is_empty() {
            return Err(Error::Usage(format!(
                "--service: there is no service `{name}`; take its name in the AWS CLI, such as `s3` or `logs`"
            )));
        }
        let is = |service: &String| wanted.contains(&service.as_str());
        items.retain(|item| item.services.iter().any(is));
    }
    if let Some(text) = &arguments.search {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        items.retain(|item| words.iter().all(|word| item.text.contains(word)));
    }
    let output = match arguments.output.document {
        Document::Json => {
            let objects: Vec<Value> = items.iter().map(Item::json).collect();
            format!("{:#}\n", Value::from(objects)).into_bytes()
        }
        Document::Text => table(&items, arguments),
    };
    screen::print(&output)?;
    Ok(u8::from(items.is_empty()))
}

/// The codes that no entry names.
fn bare(
    knowledge: &Knowledge,
) -> impl Iterator<Item = (&'static str, catalogue::CodeFacts)> + use<> {
    let named: BTreeSet<String> = knowledge.codes().into_iter().map(str::to_owned).collect();
    catalogue::codes().filter(move |(code, _)| !named.contains(*code))
}

/// Area by area, a line for each entry: its name, and its title.
fn table(items: &[Item], arguments: &ListArguments) -> Vec<u8> {
    let look = screen::look(
        &arguments.screen,
        io::stdout().is_terminal(),
        io::stdout(),
        &RealHost,
    );
    let mut out = if look.color {
        Buffer::ansi()
    } else {
        Buffer::no_color()
    };
    let name = |item: &Item| {
        item.id
            .split_once('/')
            .map_or(item.id.clone(), |(_, name)| name.to_owned())
    };
    let widest = items.iter().map(|item| name(item).len()).max().unwrap_or(0);
    let column = widest.min(look.width / 2);
    let mut area = None;
    // A buffer in memory takes everything.
    for item in items {
        if area != Some(item.area()) {
            let gap = if area.is_some() { "\n" } else { "" };
            let _ = io::Write::write_all(&mut out, gap.as_bytes());
            let _ = out.set_color(ColorSpec::new().set_bold(true));
            let _ = io::Write::write_all(&mut out, item.area().as_bytes());
            let _ = out.reset();
            let _ = io::Write::write_all(&mut out, b"\n");
            area = Some(item.area());
        }
        let mut line = format!("  {:<column$}  ", name(item));
        let title = if item.title.is_empty() {
            item.services.join(", ")
        } else {
            item.title.clone()
        };
        let room = look.width.saturating_sub(line.chars().count()).max(20);
        let cut = title.chars().count() > room;
        let _ = if cut {
            let dots = if look.unicode { "…" } else { "." };
            let short: String = title.chars().take(room - 1).collect();
            write!(line, "{}{dots}", short.trim_end())
        } else {
            write!(line, "{title}")
        };
        let _ = io::Write::write_all(&mut out, line.trim_end().as_bytes());
        let _ = io::Write::write_all(&mut out, b"\n");
    }
    out.into_inner()
}
