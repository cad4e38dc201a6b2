//! The cases of `tests/data/variants`, for the tests that read them.

use std::{fs, path::Path};

/// The cases: a file's name, what is wanted, the text.
pub fn cases() -> Vec<(String, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/variants");
    let mut cases = Vec::new();
    for file in fs::read_dir(folder).expect("the folder is there") {
        let path = file.expect("it can be listed").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("it is text");
        for case in text.trim_end().split("\n---\n") {
            let (want, text) = case.split_once('\n').expect("a line with what is wanted");
            let want = want.strip_prefix("want ").expect("it begins with `want`");
            cases.push((name.clone(), want.to_owned(), text.replace("<CR>", "\r")));
        }
    }
    cases
}
