//! Every check fires where it should, and is still where it should.

use super::{About, FakeHost, Said, cases::all as cases, examined, find};
use crate::environment::{Remedy, slugs};
use std::collections::BTreeSet;

#[test]
fn each_check_fires_and_is_still() {
    for case in cases() {
        let found = find(&case.fires, &case.about, &case.said, case.id);
        let found = found.unwrap_or_else(|| panic!("{} does not fire", case.id));
        assert!(
            found.seen.ends_with('.') && found.conclusion.ends_with('.'),
            "{}: not a sentence",
            case.id
        );
        assert_eq!(
            find(&case.still, &case.about, &case.said, case.id),
            None,
            "{} fires where it should not",
            case.id
        );
    }
}

#[test]
fn every_slug_has_a_case_and_every_finding_a_slug() {
    // The last ones are of words alone, whatever the host.
    let elsewhere = [
        "sibling-command",
        "remote-command",
        "option-misspelt",
        "accounts-differ",
        "accounts-same",
    ];
    let tried: BTreeSet<&str> = cases()
        .iter()
        .map(|case| case.id)
        .chain(elsewhere)
        .collect();
    assert_eq!(tried, slugs().iter().copied().collect());
    for case in cases() {
        for finding in examined(&case.fires, &case.about, &case.said) {
            assert!(slugs().contains(&finding.id), "{}", finding.id);
        }
    }
}

#[test]
fn the_page_of_checks_lists_the_same_slugs() {
    let page = include_str!("../../../docs/checks.md");
    let rows = page
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    let listed: Vec<&str> = rows
        .filter(|slug| !matches!(*slug, "slug" | "---"))
        .collect();
    assert_eq!(listed, slugs());
}

#[test]
fn a_misspelt_region_of_the_command_is_given_right() {
    let about = About {
        region: Some("eu-wset-1".to_owned()),
        ..About::default()
    };
    let found = find(&FakeHost::new(), &about, &Said::default(), "region-unknown");
    let right = Remedy::Give("--region", Some("eu-west-1".to_owned()));
    assert_eq!(found.map(|found| found.fix), Some(vec![right]));
}

#[test]
fn a_remedy_names_only_variables_that_are_set() {
    for case in cases() {
        for finding in examined(&case.fires, &case.about, &case.said) {
            for remedy in finding.fix {
                if let Remedy::Unset(names) = remedy {
                    assert!(!names.is_empty(), "{}", finding.id);
                }
            }
        }
    }
}
