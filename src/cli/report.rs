//! `awsexplain report`: a page, or a comment in Markdown, about one or many logs.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use super::{arguments::ReportArguments, files, knowledge, screen};
use crate::{
    environment::RealHost,
    error::{Error, Result},
    filter::Filter,
    report::{self, Gather},
    sieve::Sieve,
    stream::{Progress, Source, pump, unpack},
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
    let sieve = Sieve::default();
    let mut status = 0;
    let mut failed = |fault: &Error| {
        let _ = writeln!(io::stderr(), "awsexplain: {fault}");
        status = fault.status();
    };
    for name in files::named(&arguments.files, arguments.recursive, &mut failed) {
        if let Err(fault) = read(&name, &sieve, &mut gather) {
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

fn read(name: &str, sieve: &Sieve, gather: &mut Gather) -> Result<()> {
    if name == "-" {
        gather.enter("standard input");
        let stdin = io::stdin();
        let source = Source {
            descriptor: &stdin,
            name: "standard input",
        };
        return pump(&source, &mut Filter::new(sieve, gather));
    }
    let file = File::open(name).map_err(|source| Error::Read {
        from: name.to_owned(),
        source,
    })?;
    gather.enter(name);
    unpack(
        &file,
        name,
        &Progress::new(0),
        &mut Filter::new(sieve, gather),
    )
}

fn write(output: &Path, text: &str) -> Result<()> {
    fs::write(output, text).map_err(|source| Error::Write {
        to: output.display().to_string(),
        source,
    })
}
