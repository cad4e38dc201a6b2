//! The facts of AWS's own service models: which codes there are, whose they are, and which services have which operation.
//!
//! The tables lie packed inside the binary and are searched there (`table`): nothing is loaded, parsed or allocated before
//! a question is asked. Whoever wants all of a table reads its text. `README.md` beside this file says how it is made.
//!
//! ```
//! use awsexplain::catalogue;
//! assert_eq!(catalogue::services_with("ListBuckets").collect::<Vec<_>>(), ["s3"]);
//! assert!(catalogue::code("NoSuchBucket").unwrap().services().any(|service| service == "s3"));
//! assert_eq!(catalogue::services_named("AWSSecurityTokenService"), ["sts"]);
//! ```

#[cfg(test)]
mod pack;
mod table;
mod typed;

use table::Table;

pub use typed::typed;

/// A table by the name of its file.
macro_rules! packed {
    ($name:literal) => {
        Table::new(
            include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".fst")),
            include_str!(concat!(env!("OUT_DIR"), "/", $name, ".rows")),
        )
    };
}

static CODES: Table = packed!("codes");
static OPERATIONS: Table = packed!("operations");
static NAMED: Table = packed!("named");

static ALL_CODES: &str = include_str!("codes.tsv");
static ALL_OPERATIONS: &str = include_str!("operations.tsv");
static ALL_SERVICES: &str = include_str!("services.tsv");

/// What the models say of a code.
#[derive(Debug, Clone, Copy)]
pub struct CodeFacts {
    row: &'static str,
}

impl CodeFacts {
    fn field(&self, number: usize) -> &'static str {
        self.row.split('\t').nth(number).unwrap_or("-")
    }

    /// The ids of the services that have it; empty where it is common to all.
    pub fn services(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.field(0).split(',').filter(|service| *service != "*")
    }

    /// Its HTTP statuses, the most frequent first.
    pub fn statuses(&self) -> impl Iterator<Item = u16> + use<> {
        self.field(1)
            .split(',')
            .filter_map(|status| status.parse().ok())
    }

    /// Whose fault it is: `client` or `server`, where the models say.
    #[must_use]
    pub fn fault(&self) -> Option<&'static str> {
        Some(self.field(2)).filter(|fault| *fault != "-")
    }

    /// Why it may be tried again: `throttling` or `transient`.
    #[must_use]
    pub fn retry(&self) -> Option<&'static str> {
        Some(self.field(3)).filter(|retry| *retry != "-")
    }
}

/// The facts of a code, exact in its letters.
#[must_use]
pub fn code(code: &str) -> Option<CodeFacts> {
    CODES.row(code).map(|row| CodeFacts { row })
}

/// All codes with their facts, sorted.
pub fn codes() -> impl Iterator<Item = (&'static str, CodeFacts)> {
    let rows = ALL_CODES.lines().filter_map(|line| line.split_once('\t'));
    rows.map(|(code, row)| (code, CodeFacts { row }))
}

/// The ids of the services that have this operation; none where it is not known.
pub fn services_with(operation: &str) -> impl Iterator<Item = &'static str> {
    let services = OPERATIONS.row(operation).into_iter();
    services.flat_map(|services| services.split(','))
}

/// The ids of the services that some client calls by this name (`S3`, `Amazon S3`, `AmazonDynamoDBv2`, `states`).
///
/// Case, blanks, hyphens and underscores make no difference. A service's own id wins over another's name.
#[must_use]
pub fn services_named(name: &str) -> Vec<&'static str> {
    if !(2..=80).contains(&name.len()) {
        return Vec::new();
    }
    let services = NAMED.row(&letters(name).collect::<String>());
    services.map_or_else(Vec::new, |services| services.split(',').collect())
}

/// All service ids, sorted.
pub fn services() -> impl Iterator<Item = &'static str> {
    ALL_SERVICES
        .lines()
        .filter_map(|row| row.split('\t').next())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_by_its_key() {
        for (table, text) in [
            (&CODES, ALL_CODES),
            (&OPERATIONS, ALL_OPERATIONS),
            (&NAMED, include_str!("named.tsv")),
        ] {
            for line in text.lines() {
                let (key, row) = line.split_once('\t').unwrap();
                assert_eq!(table.row(key), Some(row), "{key}");
            }
            for other in ["", "~", "Access", "AccessDeniedx"] {
                assert_eq!(table.row(other), None, "{other}");
            }
        }
    }

    #[test]
    fn a_table_that_is_no_table_is_refused() {
        assert!(pack::pack("one\ttwo\nthree").is_err_and(|fault| fault.contains("three")));
        assert!(pack::pack("b\tx\na\ty").is_err_and(|fault| fault.contains('a')));
        let packed = pack::pack("a\tx\nb\ty\nc\tx\n").unwrap();
        assert_eq!(packed.rows, "x\ny\n");
        assert_eq!(fst::Map::new(packed.keys).unwrap().get("b"), Some(2));
    }
}
