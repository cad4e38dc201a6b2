//! Makes the embedded knowledge: all entries as one text, a list of their ids and places, and the index of their rules.
//!
//! An entry that is not of the form stops the build with its file and line.

#[path = "src/knowledge/form.rs"]
#[allow(dead_code)]
mod form;
#[path = "src/knowledge/index.rs"]
mod index;

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process,
};

fn main() {
    println!("cargo:rerun-if-changed=knowledge");
    println!("cargo:rerun-if-changed=src/knowledge/form.rs");
    println!("cargo:rerun-if-changed=src/knowledge/index.rs");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let base = root.join("knowledge");
    let mut files = Vec::new();
    collect(&base, &mut files);
    files.sort();

    let (mut text, mut places, mut rules, mut families) =
        (String::new(), String::new(), Vec::new(), Vec::new());
    for (number, file) in files.iter().enumerate() {
        println!("cargo:rerun-if-changed={}", file.display());
        let source =
            fs::read_to_string(file).unwrap_or_else(|fault| fail(file, &fault.to_string()));
        let entry: form::Entry = serde_yaml::from_str(&source).unwrap_or_else(|fault| {
            let line = fault.location().map_or(0, |at| at.line());
            fail(file, &format!("line {line}: {fault}"))
        });
        let id = file
            .strip_prefix(&base)
            .expect("below it")
            .with_extension("");
        let id = id.to_str().expect("ids are ASCII").replace('\\', "/");
        // `with_extension` cuts one extension only, so that `Invalid.NotFound.yaml` keeps its dot.
        let _ = writeln!(places, "{id}\t{}\t{}", text.len(), source.len());
        text.push_str(&source);
        if id.starts_with("families/") {
            families.push((entry.rank.unwrap_or(u16::MAX), number));
        } else {
            rules.extend(index::lines(number, &entry).unwrap_or_else(|fault| fail(file, &fault)));
        }
    }
    rules.sort();
    families.sort_unstable();
    let families: Vec<String> = families
        .iter()
        .map(|(_, number)| number.to_string())
        .collect();

    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    for (name, content) in [
        ("entries.txt", text),
        ("places.tsv", places),
        ("rules.tsv", rules.join("\n")),
        ("families.txt", families.join("\n")),
    ] {
        fs::write(out.join(name), content)
            .unwrap_or_else(|fault| fail(&out.join(name), &fault.to_string()));
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo:rerun-if-changed={}", folder.display());
    let Ok(items) = fs::read_dir(folder) else {
        return;
    };
    for path in items.flatten().map(|item| item.path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            files.push(path);
        }
    }
}

fn fail(file: &Path, what: &str) -> ! {
    println!("cargo:warning={}: {what}", file.display());
    eprintln!("{}: {what}", file.display());
    process::exit(1);
}
