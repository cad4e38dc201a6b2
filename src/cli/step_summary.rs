//! The page of a step in GitHub Actions, which the runner reads from the file that `GITHUB_STEP_SUMMARY` names.
//!
//! Every command of a step may append to it, so what stands there stays. Where a step's file is longer than 1 MiB the runner
//! shows nothing of it and fails to upload it: what would go beyond is left out, by whole sections.

use std::{fs::File, io::Write, path::Path};

use memchr::memmem;

use crate::error::{Error, Result};

/// How long the file may be: 1 MiB.
const LIMIT: u64 = 1 << 20;
/// How a section begins.
const SECTION: &[u8] = b"\n## ";
/// What stands in the place of sections that are left out.
const MORE: &[u8] = b"\nMore errors stand in the log of this step.\n";

/// Appends the page to the file, as far as there is room.
pub fn append(path: &Path, page: &[u8]) -> Result<()> {
    let file = File::options().append(true).create(true).open(path);
    let written = file.and_then(|mut file| {
        let room = LIMIT.saturating_sub(file.metadata()?.len());
        file.write_all(&fitting(page, room as usize))
    });
    written.map_err(|source| Error::Write {
        to: format!("{} (GITHUB_STEP_SUMMARY)", path.display()),
        source,
    })
}

/// As many of the page's sections as there is room for.
fn fitting(page: &[u8], room: usize) -> Vec<u8> {
    if page.len() <= room {
        return page.to_vec();
    }
    let room = room.saturating_sub(MORE.len());
    let ends = memmem::find_iter(page, SECTION).skip(1);
    ends.take_while(|end| *end <= room)
        .last()
        .map_or_else(Vec::new, |end| [&page[..end], MORE].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_sections_are_left_out() {
        let section = |name: &str| format!("\n## {name}\n\n{}\n", "x".repeat(99));
        let two = ["# AWS errors\n", &section("a"), &section("b")].concat();
        let page = two.clone() + &section("c");
        let fitting =
            |room| String::from_utf8(fitting(page.as_bytes(), room)).expect("whole letters");
        let more = String::from_utf8_lossy(MORE);
        assert_eq!(fitting(page.len()), page);
        assert_eq!(fitting(page.len() - 1), two.clone() + &more);
        assert_eq!(fitting(two.len() + more.len()), two + &more);
        assert_eq!(fitting(100), "");
        assert_eq!(fitting(0), "");
    }
}
