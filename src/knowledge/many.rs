//! Ten thousand entries of a user's own: what a look-up looks at does not grow with their number.

use std::fmt::Write as _;

use super::{
    Entry,
    base::{Own, Row},
    gather::Gathered,
    index,
};

const ENTRIES: usize = 10_000;

/// As many made-up entries, each with a code, a message and a message in any case.
fn many() -> Own {
    let (mut gathered, mut rules) = (Gathered::default(), Vec::new());
    for number in 0..ENTRIES {
        let entry = format!(
            r#"{{"title": "t", "match": [{{"code": "Acme{number:05}"}}, {{"message": "gateway {number:05} (?:refused|gone)"}},
            {{"message": "(?i)desk {number:05} (?:closed|shut)"}}], "summary": "s", "causes": []}}"#
        );
        let parsed: Entry = serde_json::from_str(&entry).expect("an entry");
        rules.extend(index::lines(number, &parsed).expect("rules"));
        let start = gathered.text.len();
        let _ = writeln!(gathered.places, "acme/E{number}\t{start}\t{}", entry.len());
        gathered.text += &entry;
    }
    rules.sort();
    gathered.rules = rules.join("\n");
    Own::new(gathered)
}

/// What a look-up looks at does not grow with the number of entries: neither rules, nor regexes, nor entries.
#[test]
fn of_ten_thousand_entries_the_one_is_found_by_the_index() {
    let own = many();
    let base = own.base();
    for (code, message) in [
        ("Acme07777", "no"),
        ("", "the gateway 01234 refused it"),
        ("", "DESK 09999 CLOSED"),
    ] {
        let rows: Vec<Row<'_>> = base
            .rows_of(code)
            .filter(|row| !row.code.is_empty())
            .collect();
        let uncoded: Vec<Row<'_>> = base.uncoded(message).collect();
        assert_eq!(rows.len() + uncoded.len(), 1, "{code} {message}");
    }
    assert_eq!(base.uncoded("the gateway refused it").count(), 0);
    assert_eq!(base.rows_of("Acme").count(), 0);
}
