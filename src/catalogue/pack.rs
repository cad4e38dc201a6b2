//! From a table as text to what the program looks it up by: all its keys as one automaton, a few bytes a key, and what
//! stands behind them, each row once.
//!
//! A question is answered from these alone: whoever searched the text itself, three times as long, would have the system
//! map all of it. It imports nothing of this crate, since `build.rs` is made of it as well.

use std::collections::HashMap;

/// A table as it is looked up; see `table`.
pub struct Packed {
    /// The automaton: key → offset of its row.
    pub keys: Vec<u8>,
    /// The rows without their keys, one a line.
    pub rows: String,
}

/// Packs lines of `key ⇥ row`.
///
/// # Errors
/// A sentence, where a line has no row or the lines are not sorted by key.
pub fn pack(table: &str) -> Result<Packed, String> {
    let (mut keys, mut rows, mut known) =
        (fst::MapBuilder::memory(), String::new(), HashMap::new());
    for line in table.lines() {
        let (key, row) = line
            .split_once('\t')
            .ok_or_else(|| format!("`{line}` has one column"))?;
        let offset = *known.entry(row).or_insert_with(|| {
            rows.push_str(row);
            rows.push('\n');
            rows.len() - row.len() - 1
        });
        keys.insert(key, offset as u64)
            .map_err(|fault| format!("`{key}`: {fault}"))?;
    }
    let keys = keys.into_inner().map_err(|fault| fault.to_string())?;
    Ok(Packed { keys, rows })
}
