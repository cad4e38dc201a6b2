//! `awsexplain report`: a page, or a comment in Markdown, about one or many logs.

use std::{fs, path::Path};

use super::{
    arguments::ReportArguments,
    files::{Files, Found},
    knowledge, screen,
};
use crate::{
    environment::RealHost,
    error::{Error, Result},
    filter::{Explainer, Input, Queue},
    report::{self, Gather, Log, Report},
    stream::Progress,
};

/// Reads the logs and writes the report; gives the exit status.
pub fn report(arguments: &ReportArguments) -> Result<u8> {
    let output = &arguments.output;
    let is_markdown = output.extension().is_some_and(|end| end == "md");
    let is_page = output
        .extension()
        .is_some_and(|end| end == "html" || end == "htm");
    if !is_markdown && !is_page {
        return Err(Error::Usage(format!(
            "-o {}: the name says the form, so it has to end in .html or .md",
            output.display()
        )));
    }
    let explainer = Explainer::new(None, screen::shell(&arguments.screen, &RealHost))
        .knowing(knowledge::of(&arguments.knowledge)?, Vec::new());
    let mut gathered = Report::default();
    let status = Files::named(&arguments.files, arguments.recursive).read_all(
        true,
        |name, progress, queue| read(name, &explainer, progress, queue),
        |found| {
            if let Found::Piece(log) = found {
                gathered.add(log);
            }
            Ok(())
        },
    )?;
    let text = if is_markdown {
        report::markdown(&gathered)?
    } else {
        report::html(&gathered)?
    };
    write(output, &text)?;
    Ok(status)
}

/// Reads one log; what came of one that could not be read to its end stands in the report as well.
fn read(
    name: &str,
    explainer: &Explainer<'_>,
    progress: &Progress,
    queue: &mut Queue<Log>,
) -> Result<()> {
    let input = Input::open(name)?;
    let mut gather = Gather::new(input.name(), explainer);
    let done = input.read_into(progress, &mut gather);
    let log = gather.log();
    if done.is_ok() || log.source.lines > 0 {
        queue.put(log)?;
    }
    done
}

fn write(output: &Path, text: &str) -> Result<()> {
    fs::write(output, text).map_err(|source| Error::Write {
        to: output.display().to_string(),
        source,
    })
}
