//! The facts of AWS's own service models: which codes there are, whose they are, and which services have which operation.
//!
//! The tables are sorted text inside the binary and are searched where they lie: nothing is loaded, parsed or allocated
//! before a question is asked. `README.md` beside this file says how they are made.
//!
//! ```
//! use awsexplain::catalogue;
//! assert_eq!(catalogue::services_with("ListBuckets").collect::<Vec<_>>(), ["s3"]);
//! assert!(catalogue::code("NoSuchBucket").unwrap().services().any(|service| service == "s3"));
//! assert_eq!(catalogue::services_named("AWSSecurityTokenService"), ["sts"]);
//! ```

mod typed;

use std::cmp::Ordering;

pub use typed::typed;

static CODES: &str = include_str!("codes.tsv");
static OPERATIONS: &str = include_str!("operations.tsv");
static SERVICES: &str = include_str!("services.tsv");
static NAMED: &str = include_str!("named.tsv");

/// What the models say of a code.
#[derive(Debug, Clone, Copy)]
pub struct CodeFacts {
    row: &'static str,
}

impl CodeFacts {
    fn field(&self, number: usize) -> &'static str {
        self.row.split('\t').nth(number).unwrap_or("-")
    }

    /// The code itself.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.field(0)
    }

    /// The ids of the services that have it; empty where it is common to all.
    pub fn services(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.field(1).split(',').filter(|service| *service != "*")
    }

    /// Its HTTP statuses, the most frequent first.
    pub fn statuses(&self) -> impl Iterator<Item = u16> + use<> {
        self.field(2)
            .split(',')
            .filter_map(|status| status.parse().ok())
    }

    /// Whose fault it is: `client` or `server`, where the models say.
    #[must_use]
    pub fn fault(&self) -> Option<&'static str> {
        Some(self.field(3)).filter(|fault| *fault != "-")
    }

    /// Why it may be tried again: `throttling` or `transient`.
    #[must_use]
    pub fn retry(&self) -> Option<&'static str> {
        Some(self.field(4)).filter(|retry| *retry != "-")
    }
}

/// The facts of a code, exact in its letters.
#[must_use]
pub fn code(code: &str) -> Option<CodeFacts> {
    row(CODES, code).map(|row| CodeFacts { row })
}

/// All codes, sorted.
pub fn codes() -> impl Iterator<Item = CodeFacts> {
    CODES.lines().map(|row| CodeFacts { row })
}

/// The ids of the services that have this operation; none where it is not known.
pub fn services_with(operation: &str) -> impl Iterator<Item = &'static str> {
    row(OPERATIONS, operation)
        .and_then(|row| row.split_once('\t'))
        .map(|(_, services)| services.split(','))
        .into_iter()
        .flatten()
}

/// The ids of the services that some client calls by this name (`S3`, `Amazon S3`, `AmazonDynamoDBv2`, `states`).
///
/// Case, blanks, hyphens and underscores make no difference. A service's own id wins over another's name.
#[must_use]
pub fn services_named(name: &str) -> Vec<&'static str> {
    if !(2..=80).contains(&name.len()) {
        return Vec::new();
    }
    let row = row(NAMED, &letters(name).collect::<String>());
    let services = row.and_then(|row| row.split_once('\t'));
    services.map_or_else(Vec::new, |(_, services)| services.split(',').collect())
}

/// All service ids, sorted.
pub fn services() -> impl Iterator<Item = &'static str> {
    SERVICES.lines().filter_map(|row| row.split('\t').next())
}

/// Whether two names are the same but for what makes no difference.
fn same_name(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

/// A name without what makes no difference.
fn letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase())
}

/// The row of a sorted table whose first field is `key`, found by halving.
fn row(table: &'static str, key: &str) -> Option<&'static str> {
    let (bytes, key) = (table.as_bytes(), key.as_bytes());
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = memchr::memrchr(b'\n', &bytes[low..middle]).map_or(low, |at| low + at + 1);
        let end = || memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        let (first, rest) = bytes[start..].split_at(key.len().min(bytes.len() - start));
        match first.cmp(key) {
            Ordering::Equal if rest.first() == Some(&b'\t') => return Some(&table[start..end()]),
            Ordering::Less => low = end() + 1,
            // Or the field goes on.
            Ordering::Equal | Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_so_that_every_row_is_found() {
        for (table, name) in [
            (CODES, "codes"),
            (OPERATIONS, "operations"),
            (NAMED, "named"),
        ] {
            for line in table.lines() {
                let key = line.split('\t').next().unwrap();
                assert_eq!(row(table, key), Some(line), "{name}: {key}");
            }
            assert_eq!(row(table, ""), None);
            assert_eq!(row(table, "~"), None);
        }
    }
}
