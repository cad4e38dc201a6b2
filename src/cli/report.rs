//! `awsexplain report`: a page, or a comment in Markdown, about one or many logs.

use std::{fs, path::Path};

use super::{arguments::ReportArguments, files, knowledge, screen};
use crate::{
    environment::RealHost,
    error::{Error, Result},
    filter::Input,
    report::{self, Gather},
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
    let knowledge = knowledge::of(&arguments.knowledge)?;
    let mut gather = Gather::new(screen::shell(&arguments.screen, &RealHost), knowledge);
    let mut status = 0;
    let mut failed = |fault: &Error| {
        screen::warn(fault);
        status = fault.status();
    };
    for name in files::named(&arguments.files, arguments.recursive, &mut failed) {
        if let Err(fault) = read(&name, &mut gather) {
            failed(&fault);
        }
    }
    let gathered = gather.report();
    let text = if is_markdown {
        report::markdown(&gathered)?
    } else {
        report::html(&gathered)?
    };
    write(output, &text)?;
    Ok(status)
}

fn read(name: &str, gather: &mut Gather) -> Result<()> {
    let input = Input::open(name)?;
    gather.enter(input.name());
    input.read_into(&Progress::new(0), gather)
}

fn write(output: &Path, text: &str) -> Result<()> {
    fs::write(output, text).map_err(|source| Error::Write {
        to: output.display().to_string(),
        source,
    })
}
