//! The fuzz targets' properties, held to the bytes that are kept in `fuzz/corpus`: seeds of every kind, and what once broke.

#[path = "../fuzz/properties.rs"]
mod properties;

use std::{fs, path::Path};

/// Runs a property over every file of its corpus; there has to be one.
fn hold(target: &str, property: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let files = fs::read_dir(folder.join(target)).expect("the corpus is there");
    let mut count = 0;
    for file in files {
        let path = file.expect("the folder can be read").path();
        println!("{}", path.display());
        property(&fs::read(path).expect("the file can be read"));
        count += 1;
    }
    assert!(count > 0, "{target} has no corpus");
}

#[test]
fn filter() {
    hold("filter", properties::filter);
}

#[test]
fn shapes() {
    hold("shapes", properties::shapes);
}

#[test]
fn config() {
    hold("config", properties::config);
}

#[test]
fn tokens() {
    hold("tokens", properties::tokens);
}

#[test]
fn knowledge() {
    hold("knowledge", properties::knowledge);
}

#[test]
fn redaction() {
    hold("redaction", properties::redaction);
}
