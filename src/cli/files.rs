//! The files of a command line: what is in folders, where that is asked for.

use std::{fs, io};

use walkdir::WalkDir;

use crate::error::Error;

/// The inputs that are named; a folder is replaced by the regular files in and below it, by name. What could not be looked
/// into is given to `failed`.
pub fn named(names: &[String], recursive: bool, failed: &mut dyn FnMut(&Error)) -> Vec<String> {
    if !recursive {
        return names.to_vec();
    }
    let mut files = Vec::new();
    for name in names {
        if name == "-" || !fs::metadata(name).is_ok_and(|found| found.is_dir()) {
            files.push(name.clone());
            continue;
        }
        for found in WalkDir::new(name).sort_by_file_name() {
            match found {
                Ok(found) if found.file_type().is_file() => match found.path().to_str() {
                    Some(path) => files.push(path.to_owned()),
                    None => failed(&Error::Read {
                        from: found.path().display().to_string(),
                        source: io::Error::other("its name is not UTF-8"),
                    }),
                },
                Ok(_) => {}
                Err(fault) => failed(&Error::Read {
                    from: fault
                        .path()
                        .map_or(name.clone(), |path| path.display().to_string()),
                    source: fault.into(),
                }),
            }
        }
    }
    files
}

/// How many bytes the files have on the disk, as far as that is known.
pub fn size(files: &[String]) -> u64 {
    files
        .iter()
        .filter_map(|file| fs::metadata(file).ok())
        .map(|found| found.len())
        .sum()
}
