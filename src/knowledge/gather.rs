//! From a folder of entries to one text that is searched where it lies: what `build.rs` does for the knowledge that is built
//! in, and the program, at its first error, for a user's own.
//!
//! The result is five texts: all entries one after the other as JSON, which is read ten times as fast as YAML; apart from
//! them what they are tried by, which no error asks for; their ids and places in both; the index of their rules (see
//! `index`); and the numbers of the families in the order of their rank. It imports nothing of this crate but its
//! neighbours, since `build.rs` is made of it as well.

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    form::{Entry, Example},
    index,
};

/// How deep entries lie at most: `<area>/<Name>.yaml`, and a level to spare. Ends a ring of links.
const DEPTH: usize = 3;

/// The most bytes of one entry.
const LONGEST: u64 = 1 << 20;

/// A file of an entry.
#[derive(Debug, Clone)]
pub struct File {
    /// `<area>/<Name>`.
    pub id: String,
    /// Where it is.
    pub path: PathBuf,
}

/// What is wrong with a file.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The file, or the folder.
    pub file: PathBuf,
    /// Its line, from 1; 0 where the fault has none.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// Entries as text, and the way into it.
#[derive(Debug, Default)]
pub struct Gathered {
    /// All entries as JSON, one after the other, without their [`Trials`].
    pub text: String,
    /// All entries' [`Trials`] as JSON, one after the other.
    pub trials: String,
    /// A line for each entry: id, its offset and length in the text, those of its trials.
    pub places: String,
    /// The index of rules.
    pub rules: String,
    /// The numbers of the families, the first to be asked first.
    pub families: String,
}

/// What an entry is tried by: for lists and the linter, not for who explains.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Trials {
    examples: Vec<Example>,
    near_misses: Vec<String>,
}

impl Trials {
    /// Takes them out of an entry.
    fn of(entry: &mut Entry) -> Self {
        Self {
            examples: std::mem::take(&mut entry.examples),
            near_misses: std::mem::take(&mut entry.near_misses),
        }
    }

    /// Puts them back.
    pub fn into_entry(self, entry: &mut Entry) {
        (entry.examples, entry.near_misses) = (self.examples, self.near_misses);
    }
}

/// The files of a folder, by id.
///
/// # Errors
/// Where the folder cannot be read.
pub fn files(folder: &Path) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    collect(folder, "", DEPTH, &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn collect(folder: &Path, above: &str, depth: usize, files: &mut Vec<File>) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if path.is_dir() {
            if depth > 1 && !name.starts_with('.') {
                collect(&path, &format!("{above}{name}/"), depth - 1, files)?;
            }
        } else if let Some(name) = name.strip_suffix(".yaml") {
            let id = format!("{above}{name}");
            files.push(File { id, path });
        }
    }
    Ok(())
}

/// Reads the text of a file.
///
/// # Errors
/// Where it cannot be read, or is longer than an entry is, or no file at all.
pub fn text(file: &Path) -> Result<String, Fault> {
    let fault = |what: String| Fault {
        file: file.to_owned(),
        line: 0,
        what,
    };
    let unread = |source: io::Error| fault(format!("cannot be read: {source}"));
    let found = fs::metadata(file).map_err(unread)?;
    if !found.is_file() || found.len() > LONGEST {
        return Err(fault("is no file of at most 1 MiB".to_owned()));
    }
    fs::read_to_string(file).map_err(unread)
}

/// Reads the entry that the text of a file is.
///
/// # Errors
/// Where it is not of the form.
pub fn entry(file: &Path, text: &str) -> Result<Entry, Fault> {
    serde_yaml::from_str(text).map_err(|refused: serde_yaml::Error| {
        let what = refused.to_string();
        Fault {
            file: file.to_owned(),
            line: refused.location().map_or(0, |at| at.line()),
            // The line stands in front already.
            what: what.split(" at line ").next().unwrap_or(&what).to_owned(),
        }
    })
}

/// Reads the text of a file and its entry.
///
/// # Errors
/// Where it cannot be read or is not of the form.
pub fn read(file: &Path) -> Result<(String, Entry), Fault> {
    let text = text(file)?;
    let entry = entry(file, &text)?;
    Ok((text, entry))
}

/// Gathers files; those that are not of the form are left out and told of.
#[must_use]
pub fn gather(files: &[File]) -> (Gathered, Vec<Fault>) {
    let (mut all, mut faults) = (Gathered::default(), Vec::new());
    let (mut rules, mut families) = (Vec::new(), Vec::new());
    let mut number = 0;
    for file in files {
        let (source, mut entry) = match read(&file.path) {
            Ok(read) => read,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        if file.id.starts_with("families/") {
            families.push((entry.rank.unwrap_or(u16::MAX), number));
        } else {
            match index::lines(number, &entry) {
                Ok(lines) => rules.extend(lines),
                Err(what) => {
                    let line = line_of(&source, "match:");
                    let file = file.path.clone();
                    faults.push(Fault { file, line, what });
                    continue;
                }
            }
        }
        let trials = Trials::of(&mut entry);
        let (start, length) = put(&mut all.text, &entry);
        let (tried, tried_length) = put(&mut all.trials, &trials);
        let id = &file.id;
        let _ = writeln!(
            all.places,
            "{id}\t{start}\t{length}\t{tried}\t{tried_length}"
        );
        number += 1;
    }
    rules.sort();
    families.sort_unstable();
    let families: Vec<String> = families.iter().map(|(_, at)| at.to_string()).collect();
    (all.rules, all.families) = (rules.join("\n"), families.join("\n"));
    (all, faults)
}

/// Appends the value as JSON; gives its offset and length.
fn put(text: &mut String, value: &impl Serialize) -> (usize, usize) {
    let (start, json) = (text.len(), serde_json::to_string(value).unwrap_or_default());
    text.push_str(&json);
    (start, json.len())
}

/// The line on which a text stands first, from 1; 1 where it does not.
#[must_use]
pub fn line_of(source: &str, text: &str) -> usize {
    let at = source.lines().position(|line| line.contains(text));
    at.map_or(1, |at| at + 1)
}
