//! The configuration files: the user's, and the repository's `.awsexplain.yaml`.
//!
//! A file that is not of the form never stops the pipe: one warning, and it is as if it were not there. Only the one that
//! `--config` names ends the program.

use std::{
    fs, io,
    io::Read,
    path::{Path, PathBuf},
};

use clap::error::ContextKind;
use serde_yaml::Value;

use super::{
    arguments, screen,
    settings::{self, LISTS, NAMES, REPOSITORY},
};
use crate::{
    environment::{Host, RealHost},
    error::{Error, Result},
};

/// The most bytes of a configuration file: 64 KiB.
const LONGEST: u64 = 64 << 10;

/// One setting of a file.
#[derive(Debug, Clone)]
pub struct Item {
    /// The name of its flag, without the dashes.
    pub name: String,
    /// Its value, or the values of a list.
    pub values: Vec<String>,
    /// Its line, from 1.
    pub line: usize,
}

/// A file's settings.
#[derive(Debug)]
pub struct ConfigFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it sets.
    pub items: Vec<Item>,
}

/// The files that there are, the repository's before the user's.
#[derive(Debug, Default)]
pub struct Files(pub Vec<ConfigFile>);

impl Files {
    /// Whether none sets anything.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|file| file.items.is_empty())
    }

    /// The first that sets this.
    pub fn get(&self, name: &str) -> Option<&Item> {
        self.place(name).map(|(_, item)| item)
    }

    /// The first that sets this, and its file.
    pub fn place(&self, name: &str) -> Option<(&Path, &Item)> {
        let in_file = |file: &'_ ConfigFile| file.items.iter().position(|item| item.name == name);
        let (file, at) = self
            .0
            .iter()
            .find_map(|file| Some((file, in_file(file)?)))?;
        Some((&file.path, &file.items[at]))
    }
}

/// The folder of the user's configuration: `$XDG_CONFIG_HOME/awsexplain`, otherwise `~/.config/awsexplain`; on Windows
/// `%APPDATA%\awsexplain`.
pub fn folder(host: &dyn Host) -> Option<PathBuf> {
    let name = if cfg!(windows) {
        "APPDATA"
    } else {
        "XDG_CONFIG_HOME"
    };
    let set = host.variable(name).map(PathBuf::from);
    let base = set
        .filter(|path| path.is_absolute())
        .or_else(|| host.home().map(|home| home.join(".config")));
    base.map(|base| base.join("awsexplain"))
}

/// Finds and reads the files; `named` is the user's, where a flag names it.
///
/// # Errors
/// Where the named one cannot be read or is not of the form.
pub fn find(named: Option<&Path>) -> Result<Files> {
    let mut files = Vec::new();
    if let Some((path, text)) = repository() {
        files.extend(
            lenient(items_of_repository(&path, &text)).map(|items| ConfigFile { path, items }),
        );
    }
    if let Some(path) = named {
        let text =
            read(path).map_err(|fault| invalid(path, 0, &format!("cannot be read: {fault}")))?;
        let items = items(path, &text, NAMES)?;
        files.push(ConfigFile {
            path: path.to_owned(),
            items,
        });
    } else if let Some(path) = folder(&RealHost).map(|folder| folder.join("config.yaml")) {
        match read(&path) {
            Ok(text) => {
                files.extend(
                    lenient(items(&path, &text, NAMES)).map(|items| ConfigFile { path, items }),
                );
            }
            Err(fault) if is_absent(&fault) => {}
            Err(fault) => screen::warn(&passed_over(invalid(
                &path,
                0,
                &format!("cannot be read: {fault}"),
            ))),
        }
    }
    Ok(Files(files))
}

/// The nearest `.awsexplain.yaml` upwards to the root of the git repository; outside of one, only that of this folder.
fn repository() -> Option<(PathBuf, String)> {
    let mut folder = std::env::current_dir().ok()?;
    let mut found = None;
    for depth in 0.. {
        folder.push(".awsexplain.yaml");
        if found.is_none() {
            // A stranger's link could lead to a secret, which a warning would then quote.
            let is_own = fs::symlink_metadata(&folder).is_ok_and(|kind| kind.is_file());
            let text = is_own.then(|| read(&folder).ok()).flatten();
            found = text.map(|text| (depth, folder.clone(), text));
        }
        folder.set_file_name(".git");
        let ends = fs::symlink_metadata(&folder).is_ok();
        folder.pop();
        if ends {
            break;
        }
        if !folder.pop() {
            found = found.filter(|(depth, ..)| *depth == 0);
            break;
        }
    }
    found.map(|(_, path, text)| (path, text))
}

fn read(path: &Path) -> io::Result<String> {
    // Asked first, so that a named pipe is never waited for.
    let kind = fs::metadata(path)?;
    if !kind.is_file() || kind.len() > LONGEST {
        return Err(io::Error::other("it is no file of at most 64 KiB"));
    }
    let mut text = String::new();
    fs::File::open(path)?
        .take(LONGEST)
        .read_to_string(&mut text)?;
    Ok(text)
}

fn is_absent(fault: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    matches!(fault.kind(), NotFound | NotADirectory | PermissionDenied)
}

fn lenient(items: Result<Vec<Item>>) -> Option<Vec<Item>> {
    items
        .map_err(|fault| screen::warn(&passed_over(fault)))
        .ok()
}

fn passed_over(fault: Error) -> Error {
    match fault {
        Error::Invalid { file, line, what } => Error::Invalid {
            file,
            line,
            what: format!("{what}; the file is passed over"),
        },
        other => other,
    }
}

fn invalid(file: &Path, line: usize, what: &str) -> Error {
    Error::Invalid {
        file: file.to_owned(),
        line,
        what: what.to_owned(),
    }
}

/// A repository's items: those it may set, with a warning where it sets others.
fn items_of_repository(path: &Path, text: &str) -> Result<Vec<Item>> {
    let mut items = items(path, text, NAMES)?;
    let refused = items
        .iter()
        .find(|item| !REPOSITORY.contains(&item.name.as_str()));
    if let Some(item) = refused {
        screen::warn(&invalid(
            path,
            item.line,
            &format!(
                "`{}` may not be set by a repository, only {}; it is passed over",
                item.name,
                REPOSITORY.join(", ")
            ),
        ));
    }
    items.retain(|item| REPOSITORY.contains(&item.name.as_str()));
    Ok(items)
}

/// The items of a file's text.
fn items(path: &Path, text: &str, names: &[&str]) -> Result<Vec<Item>> {
    let document: Option<serde_yaml::Mapping> = serde_yaml::from_str(text).map_err(|fault| {
        let line = fault.location().map_or(0, |at| at.line());
        let what = fault.to_string();
        invalid(path, line, what.split(" at line ").next().unwrap_or(&what))
    })?;
    let mut items = Vec::new();
    for (key, value) in document.unwrap_or_default() {
        let name = key.as_str().unwrap_or_default().to_owned();
        let line = line_of(text, &name);
        if !names.contains(&name.as_str()) {
            let what = format!(
                "there is no setting `{name}`; there are {}",
                names.join(", ")
            );
            return Err(invalid(path, line, &what));
        }
        let list = LISTS.contains(&name.as_str());
        let Some(mut values) = values(&value, list) else {
            let wanted = if list {
                "a value or a list of them"
            } else {
                "one value"
            };
            return Err(invalid(path, line, &format!("`{name}` takes {wanted}")));
        };
        if name == "knowledge" {
            for value in &mut values {
                *value = absolute(path, value);
            }
        }
        let item = Item { name, values, line };
        check(path, &item)?;
        items.push(item);
    }
    Ok(items)
}

fn values(value: &Value, list: bool) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Number(number) => Some(vec![number.to_string()]),
        Value::Bool(yes) => Some(vec![yes.to_string()]),
        Value::Sequence(values) if list => {
            let one = |value: &Value| values_of_one(value);
            values.iter().map(one).collect()
        }
        _ => None,
    }
}

fn values_of_one(value: &Value) -> Option<String> {
    values(value, false)?.pop()
}

/// A folder that a file names: from that file's own folder, `~` being the user's.
fn absolute(file: &Path, folder: &str) -> String {
    let home = RealHost.home();
    let path = match (folder.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => file.parent().unwrap_or(file).join(folder),
    };
    path.to_string_lossy().into_owned()
}

/// Whether the flag would take the value.
fn check(path: &Path, item: &Item) -> Result<()> {
    let typed = std::iter::once("awsexplain".to_owned()).chain(settings::flags(item));
    let Err(fault) = arguments::described().try_get_matches_from(typed) else {
        return Ok(());
    };
    let name = &item.name;
    let value = item.values.join(", ");
    let why = std::error::Error::source(&fault).map(|why| format!(": {why}"));
    let why = fault
        .get(ContextKind::ValidValue)
        .map(|valid| format!("; it is one of {valid}"))
        .or(why);
    let why = why.unwrap_or_default();
    let what = format!("`{value}` is no value of `{name}`{why}");
    Err(invalid(path, item.line, &what))
}

/// The line of a key at the top of a file, from 1.
fn line_of(text: &str, key: &str) -> usize {
    let is = |line: &str| {
        let rest = line.trim_start_matches(['"', '\'', '?', ' ', '{']);
        let rest = rest
            .strip_prefix(key)
            .map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
        rest.is_some_and(|rest| rest.starts_with(':'))
    };
    text.lines().position(is).map_or(1, |at| at + 1)
}
