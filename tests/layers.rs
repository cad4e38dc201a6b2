//! The layers hold: a module imports only from layers to its left.
//!
//! Data flows one way through this program, and the imports show it. The row below is the order of `src/lib.rs`; what
//! shares a place knows nothing of its neighbours, except where [`ALSO`] says so. `environment` stands alone: it looks at
//! a machine and imports nothing but `error`. `online` knows the machine, and no more than that.
//!
//! The test reads every file under `src` for `crate::name` and `use crate::{…}`. It is a reader of text, not a parser, so
//! it looks past comments, and takes every mention as an import. `lib.rs` and `main.rs` are the frame and are excepted; a
//! module that is new has to be put into the row.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The layers from left to right; those in one place are neighbours.
const ROW: &[&[&str]] = &[
    &["error"],
    &["stream", "sieve", "secrets"],
    &["recognise", "catalogue"],
    &["knowledge"],
    &["environment"],
    &["online"],
    &["diagnose"],
    &["render"],
    &["filter", "run", "report", "lint"],
    &["cli", "main"],
];

/// Who may ask a neighbour: the reader of errors asks which codes there are; a report stands at the end of the filter.
const ALSO: &[(&str, &str)] = &[("recognise", "catalogue"), ("report", "filter")];

/// Who may import less than what stands to its left.
const ONLY: &[(&str, &[&str])] = &[
    ("environment", &["error"]),
    ("online", &["error", "secrets", "environment"]),
];

/// Whether `layer` may import `other`; a sentence where it may not.
fn judge(layer: &str, other: &str) -> Result<(), String> {
    let place = |name: &str| ROW.iter().position(|layers| layers.contains(&name));
    let (Some(own), Some(their)) = (place(layer), place(other)) else {
        return Err(format!("`{layer}` or `{other}` is in no place of the row"));
    };
    if layer == other || ALSO.contains(&(layer, other)) {
        return Ok(());
    }
    match ONLY.iter().find(|(name, _)| *name == layer) {
        Some((_, only)) if !only.contains(&other) => {
            Err(format!("`{layer}` may import {only:?} alone"))
        }
        _ if their < own => Ok(()),
        _ => Err(format!("`{other}` is not to the left of `{layer}`")),
    }
}

/// The names of this crate's modules that a source mentions.
fn imports(source: &str) -> BTreeSet<String> {
    let code: String = source
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n");
    code.match_indices("crate::")
        .filter(|(at, _)| {
            !code[..*at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_')
        })
        .flat_map(|(at, text)| heads(&code[at + text.len()..]))
        .collect()
}

/// The first names behind `crate::`: one, or those of a list in braces.
fn heads(behind: &str) -> Vec<String> {
    let Some(list) = behind.strip_prefix('{') else {
        return vec![name(behind)];
    };
    let (mut heads, mut depth, mut fresh) = (Vec::new(), 0_u32, true);
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            _ if fresh && !letter.is_whitespace() => {
                heads.push(name(&list[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    heads
}

fn name(text: &str) -> String {
    text.chars()
        .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
        .collect()
}

/// All Rust files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder).expect("the folder is there") {
        let path = item.expect("it can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn a_layer_imports_only_from_its_left() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut faults, mut count) = (Vec::new(), 0);
    for file in sources(&root) {
        let path = file.strip_prefix(&root).expect("it is below").to_path_buf();
        let layer = path.iter().next().expect("it has a name").to_string_lossy();
        let layer = layer.trim_end_matches(".rs");
        if matches!(path.to_str(), Some("lib.rs" | "main.rs")) {
            continue;
        }
        for other in imports(&fs::read_to_string(&file).expect("it is text")) {
            count += 1;
            if let Err(why) = judge(layer, &other) {
                faults.push(format!("src/{} imports `{other}`: {why}", path.display()));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    assert!(count > 20, "hardly any import was read ({count})");
}

/// Who may open a connection: the request of `check --online`, and the look whether a port of this machine is open.
const CONNECT: &[&str] = &["online/ask.rs", "environment/host.rs"];

#[test]
fn connections_are_opened_in_two_places() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let opens = |file: &PathBuf| {
        let source = fs::read_to_string(file).expect("it is text");
        let words = [
            "TcpStream",
            "UdpSocket",
            "UnixStream",
            "UnixDatagram",
            "ureq",
        ];
        let mut code = source.lines().filter_map(|line| line.split("//").next());
        code.any(|line| words.iter().any(|word| line.contains(word)))
    };
    let open: BTreeSet<PathBuf> = sources(&root)
        .into_iter()
        .filter(opens)
        .map(|file| file.strip_prefix(&root).expect("it is below").to_path_buf())
        .collect();
    assert_eq!(open, CONNECT.iter().map(PathBuf::from).collect());
}

#[test]
fn imports_are_read_in_every_form() {
    let source = "// crate::render\nuse crate::{\n  error::{Error, Result},\n  stream, // crate::cli\n  sieve::Sieve,\n};\n\
                  fn f() { crate::catalogue::code(\"x\"); }\nuse crate::knowledge as k;\nuse other_crate::filter;";
    let expected = ["catalogue", "error", "knowledge", "sieve", "stream"];
    assert_eq!(
        imports(source)
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn the_order_is_held() {
    for (layer, other) in [
        ("cli", "filter"),
        ("recognise", "catalogue"),
        ("environment", "error"),
        ("render", "diagnose"),
    ] {
        assert_eq!(judge(layer, other), Ok(()), "{layer} → {other}");
    }
    for (layer, other) in [
        ("sieve", "stream"),
        ("catalogue", "recognise"),
        ("environment", "knowledge"),
        ("knowledge", "render"),
        ("new", "error"),
    ] {
        assert!(judge(layer, other).is_err(), "{layer} → {other}");
    }
}
