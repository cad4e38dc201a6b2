//! `awsexplain knowledge …` for authors of entries, and which knowledge the other commands ask.

use std::{
    collections::HashSet,
    fs,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

use super::{
    arguments::{KnowledgeArguments, KnowledgeCommand},
    config_file, screen, stdin, template,
};
use crate::{
    environment::RealHost,
    error::{Error, Result},
    knowledge::{
        Asked, Entry, Folder, Knowledge, form,
        gather::{self, line_of},
    },
    lint::{self, Bench},
    sieve::Sieve,
};

/// The most of standard input that a template is filled from: 64 KiB.
const LONGEST: u64 = 64 << 10;

/// The knowledge for these arguments: the folders that they name, then that of the configuration, then what is built in.
/// Folders that were typed are read now, so that a fault in them ends the program before anything is done; the others at
/// the first error.
pub fn of(arguments: &KnowledgeArguments) -> Result<Knowledge> {
    let asked = if arguments.typed {
        Asked::Typed
    } else {
        Asked::Named
    };
    let named = arguments
        .knowledge
        .iter()
        .filter(|path| !path.as_os_str().is_empty());
    let named = named.map(|path| Folder {
        path: path.clone(),
        asked,
    });
    let usual = config_file::folder(&RealHost).map(|own| Folder {
        path: own.join("knowledge"),
        asked: Asked::Usual,
    });
    let knowledge = Knowledge::with(named.chain(usual).collect(), screen::warn);
    if arguments.typed {
        knowledge.read_now()?;
    }
    Ok(knowledge)
}

/// Does what an author of entries asks for; gives the exit status.
pub fn knowledge(command: &KnowledgeCommand) -> Result<u8> {
    match command {
        KnowledgeCommand::Lint { folder } => lint(folder),
        KnowledgeCommand::Test { folder } => test(folder),
        KnowledgeCommand::New { id, from, to } => new(id, from.as_deref(), to.as_deref()),
        KnowledgeCommand::Schema => {
            let schema = serde_json::Value::from(schemars::schema_for!(form::Entry));
            screen::print(format!("{schema:#}\n").as_bytes())
        }
    }
}

/// An entry, its file and its text.
struct Written {
    id: String,
    path: PathBuf,
    text: String,
    entry: Entry,
}

/// All entries of a folder that are of the form, and what is wrong with the others.
fn read(folder: &Path) -> Result<(Vec<Written>, Vec<Error>)> {
    let invalid = |what: String| Error::Invalid {
        file: folder.to_owned(),
        line: 0,
        what,
    };
    let files =
        gather::files(folder).map_err(|fault| invalid(format!("cannot be read: {fault}")))?;
    if files.is_empty() {
        let what = "there is no entry: an entry is a file `<area>/<Name>.yaml`";
        return Err(invalid(what.to_owned()));
    }
    let (_, faults) = gather::gather(&files);
    let refused: HashSet<PathBuf> = faults.iter().map(|fault| fault.file.clone()).collect();
    let good = files
        .into_iter()
        .filter(|file| !refused.contains(&file.path));
    let entries = good.filter_map(|file| {
        let (text, entry) = gather::read(&file.path).ok()?;
        Some(Written {
            id: file.id,
            path: file.path,
            text,
            entry,
        })
    });
    let faults = faults.into_iter().map(|fault| Error::Invalid {
        file: fault.file,
        line: fault.line,
        what: fault.what,
    });
    Ok((entries.collect(), faults.collect()))
}

/// A law that an entry does not keep, with its file and line.
fn located(read: &Written, fault: &lint::Fault) -> Error {
    let what = fault.what.strip_prefix(&read.id).unwrap_or(&fault.what);
    let what = what.trim_start_matches([':', ' ']);
    let line = read.text.contains(&fault.at);
    Error::Invalid {
        file: read.path.clone(),
        line: if line {
            line_of(&read.text, &fault.at)
        } else {
            1
        },
        what: [fault.reason, what]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(": "),
    }
}

fn lint(folder: &Path) -> Result<u8> {
    let (entries, mut faults) = read(folder)?;
    for read in &entries {
        let of_entry = lint::entry(&read.id, &read.entry);
        faults.extend(of_entry.iter().map(|fault| located(read, fault)));
    }
    let all = entries.iter().map(|read| (read.id.as_str(), &read.entry));
    for fault in lint::claims(all) {
        let read = entries
            .iter()
            .find(|read| fault.what.starts_with(&format!("{}:", read.id)));
        faults.extend(read.map(|read| located(read, &fault)));
    }
    told(
        &faults,
        &format!(
            "{} the laws",
            counted(entries.len(), "entry keeps", "entries keep")
        ),
    )
}

fn test(folder: &Path) -> Result<u8> {
    let (entries, mut faults) = read(folder)?;
    let own = Folder {
        path: folder.to_owned(),
        asked: Asked::Named,
    };
    // Its faults are told of here.
    let knowledge = Knowledge::with(vec![own], |_| {});
    let bench = Bench {
        sieve: Sieve::with(knowledge.anchors()),
        knowledge,
    };
    let (mut examples, mut misses) = (0, 0);
    for read in entries.iter().filter(|read| read.entry.retired.is_none()) {
        examples += read.entry.examples.len();
        misses += read.entry.near_misses.len();
        let found = lint::examples(&read.id, &read.entry, &bench);
        let wrong = lint::near_misses(&read.id, &read.entry, &bench);
        faults.extend(found.iter().chain(&wrong).map(|fault| located(read, fault)));
    }
    told(
        &faults,
        &format!(
            "{}: {}, {}",
            counted(entries.len(), "entry", "entries"),
            counted(
                examples,
                "example finds its entry",
                "examples find their entries"
            ),
            counted(misses, "near miss does not", "near misses do not"),
        ),
    )
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// Prints the faults, or that all is well; gives the exit status.
fn told(faults: &[Error], well: &str) -> Result<u8> {
    let Some(first) = faults.first() else {
        return screen::print(format!("{well}\n").as_bytes());
    };
    for fault in faults {
        screen::say(&fault.to_string());
    }
    Ok(first.status())
}

fn new(id: &str, from: Option<&str>, to: Option<&Path>) -> Result<u8> {
    if !template::is_id(id) {
        return Err(Error::Usage(format!(
            "knowledge new: `{id}` is no id; write `<area>/<Name>`, such as `s3/NoSuchBucket`"
        )));
    }
    let mut text = from.unwrap_or_default().to_owned();
    if from.is_none() && !io::stdin().is_terminal() {
        text = stdin::text(LONGEST)?;
    }
    let entry = template::filled(id, &text);
    let Some(folder) = to else {
        return screen::print(entry.as_bytes());
    };
    let file = folder.join(format!("{id}.yaml"));
    let unwritten = |source| Error::Write {
        to: file.display().to_string(),
        source,
    };
    fs::create_dir_all(file.parent().unwrap_or(folder)).map_err(unwritten)?;
    let mut made = fs::File::create_new(&file).map_err(unwritten)?;
    made.write_all(entry.as_bytes()).map_err(unwritten)?;
    screen::print(format!("{}\n", file.display()).as_bytes())
}
