//! Makes the embedded knowledge: all entries as one text, what they are tried by as another, a
//! list of their ids and places, and the index of their rules; and of the catalogue's tables what
//! they are looked up by.
//!
//! An entry or a table that is not of the form stops the build with its file and line.

#[path = "src/knowledge/form.rs"]
#[allow(dead_code)]
mod form;
#[path = "src/knowledge/gather.rs"]
#[allow(dead_code)]
mod gather;
#[path = "src/knowledge/index.rs"]
mod index;
#[path = "src/catalogue/pack.rs"]
mod pack;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

fn main() {
    let folder = |name: &str| PathBuf::from(env::var_os(name).expect("cargo sets it"));
    let (root, out) = (folder("CARGO_MANIFEST_DIR"), folder("OUT_DIR"));
    order();
    catalogue(&root, &out);
    for source in ["form", "gather", "index"] {
        println!("cargo:rerun-if-changed=src/knowledge/{source}.rs");
    }
    // All of the folder, to any depth.
    println!("cargo:rerun-if-changed=knowledge");
    let base = root.join("knowledge");
    let files = gather::files(&base).unwrap_or_else(|fault| fail(&base, 0, &fault.to_string()));
    let (gathered, faults) = gather::gather(&files);
    if let Some(fault) = faults.first() {
        fail(&fault.file, fault.line, &fault.what);
    }
    for (name, content) in [
        ("entries.txt", gathered.text),
        ("trials.txt", gathered.trials),
        ("places.tsv", gathered.places),
        ("rules.tsv", gathered.rules),
        ("families.txt", gathered.families),
    ] {
        put(&out.join(name), content.as_bytes());
    }
}

/// The tables that are looked up.
fn catalogue(root: &Path, out: &Path) {
    println!("cargo:rerun-if-changed=src/catalogue/pack.rs");
    for name in ["codes", "operations", "named"] {
        println!("cargo:rerun-if-changed=src/catalogue/{name}.tsv");
        let table = root.join(format!("src/catalogue/{name}.tsv"));
        let text =
            fs::read_to_string(&table).unwrap_or_else(|fault| fail(&table, 0, &fault.to_string()));
        let packed = pack::pack(&text).unwrap_or_else(|fault| fail(&table, 0, &fault));
        put(&out.join(name).with_extension("fst"), &packed.keys);
        put(
            &out.join(name).with_extension("rows"),
            packed.rows.as_bytes(),
        );
    }
}

fn put(file: &Path, content: &[u8]) {
    fs::write(file, content).unwrap_or_else(|fault| fail(file, 0, &fault.to_string()));
}

/// What runs first stands together in the program; see `benches/order`. Linkers that know no such scripts go without.
fn order() {
    println!("cargo:rerun-if-changed=link/order.ld");
    let set = |name: &str| env::var(name).unwrap_or_default();
    let linker = set("CARGO_ENCODED_RUSTFLAGS") + &set("RUSTC_LINKER");
    let knows = !["gold", "mold", "wild"]
        .iter()
        .any(|name| linker.contains(name));
    let is_linux = set("CARGO_CFG_TARGET_OS") == "linux" && set("CARGO_CFG_TARGET_ENV") == "gnu";
    if knows && is_linux && set("PROFILE") == "release" {
        let root = set("CARGO_MANIFEST_DIR");
        println!("cargo:rustc-link-arg-bins=-Wl,-T,{root}/link/order.ld");
    }
}

fn fail(file: &Path, line: usize, what: &str) -> ! {
    println!("cargo:warning={}:{line}: {what}", file.display());
    eprintln!("{}:{line}: {what}", file.display());
    process::exit(1);
}
