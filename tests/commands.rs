//! The commands beside the filter, from outside: what they print, where, and with which status they end.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use running::{INVALID_TOKEN, NO_SUCH_BUCKET, command, ended, out, text};
use serde_json::Value;

/// Status, standard output and standard error for these arguments and this input.
fn run(arguments: &[&str], input: &str) -> (i32, String, String) {
    let ended = ended(&mut command(arguments), input.as_bytes());
    let status = ended.status.code().expect("it ends by itself");
    (status, text(&ended.stdout), text(&ended.stderr))
}

fn json(arguments: &[&str], input: &str) -> Vec<Value> {
    serde_json::from_str(&out(arguments, input)).expect("an array of objects")
}

#[test]
fn a_code_is_explained_whole() {
    let (status, told, aside) = run(&["explain", "--check", "never", "NoSuchBucket"], "");
    assert_eq!((status, aside.as_str()), (0, ""));
    let entry = awsexplain::knowledge::all().find(|(id, _)| *id == "s3/NoSuchBucket");
    let (_, entry) = entry.expect("it is there");
    let causes = told.matches("○ possible").count();
    assert_eq!(causes, entry.causes.len(), "{told}");
    assert!(told.lines().all(|line| line.starts_with("  ┃ ")), "{told}");
}

#[test]
fn case_makes_no_difference() {
    let exact = out(&["explain", "--check", "never", "InvalidToken"], "");
    assert_eq!(
        out(&["explain", "--check", "never", "invalidtoken"], ""),
        exact
    );
}

#[test]
fn a_code_of_several_services_is_told_by_service() {
    let told = json(&["explain", "ThrottlingException", "--format", "json"], "");
    let entries: Vec<_> = told.iter().map(|one| one["entry"].as_str()).collect();
    assert!(
        entries.contains(&Some("bedrock/ThrottlingException")),
        "{entries:?}"
    );
    assert!(entries.contains(&Some("limits/Throttling")), "{entries:?}");
    let one = json(&["explain", "s3:NoSuchBucket", "--format", "json"], "");
    assert_eq!((one.len(), &one[0]["service"]), (1, &Value::from("s3")));
}

#[test]
fn a_pasted_line_is_recognised_from_arguments_and_from_standard_input() {
    let typed = json(&["explain", "--format", "json", INVALID_TOKEN], "");
    let piped = json(&["explain", "--format", "json"], INVALID_TOKEN);
    assert_eq!(typed, piped);
    assert_eq!(typed[0]["entry"], "credentials/InvalidToken");
    assert_eq!(typed[0]["operation"], "ListBuckets");
    assert_eq!(typed[0]["line"], Value::Null);
    let sentence = json(
        &[
            "explain",
            "--format",
            "json",
            "why do I get NoSuchBucket here",
        ],
        "",
    );
    assert_eq!(sentence[0]["code"], "NoSuchBucket");
}

#[test]
fn what_is_not_known_is_told_with_its_neighbours() {
    let (status, told, aside) = run(&["explain", "--check", "never", "InvalidTokn"], "");
    assert_eq!(status, 1);
    assert!(aside.contains("Did you mean InvalidToken?"), "{aside}");
    assert!(told.contains("InvalidTokn"), "{told}");
    let (status, told, aside) = run(&["explain", "a text without errors"], "");
    assert_eq!((status, told.as_str()), (1, ""));
    assert!(aside.contains("no AWS error"), "{aside}");
    let (status, _, aside) = run(&["explain", "s4:NoSuchBucket"], "");
    assert_eq!(status, 2);
    assert!(aside.contains("did you mean `s3:NoSuchBucket`?"), "{aside}");
}

#[test]
fn the_list_tells_what_is_known() {
    let all = json(&["list", "--format", "json"], "");
    let entries = awsexplain::knowledge::all().filter(|(_, entry)| entry.retired.is_none());
    assert_eq!(all.len(), entries.count());
    let keys: Vec<_> = all[0].as_object().expect("an object").keys().collect();
    let fields = [
        "id", "area", "title", "codes", "services", "causes", "evidence", "commands", "links",
    ];
    assert_eq!(keys, fields);
    let area = json(&["list", "--area", "credentials", "--format", "json"], "");
    assert!(!area.is_empty() && area.iter().all(|one| one["area"] == "credentials"));
    let service = json(&["list", "--service", "S3", "--format", "json"], "");
    assert!(service.iter().any(|one| one["id"] == "s3/NoSuchBucket"));
    assert!(
        service
            .iter()
            .all(|one| one["services"].to_string().contains("\"s3\""))
    );
    let found = json(
        &["list", "--search", "SESSION token", "--format", "json"],
        "",
    );
    assert!(
        found
            .iter()
            .any(|one| one["id"] == "credentials/InvalidToken"),
        "{found:?}"
    );
    assert!(found.len() < all.len());
    let with_catalogue = json(&["list", "--catalogue", "--format", "json"], "");
    assert!(with_catalogue.len() > 4000);
}

#[test]
fn the_list_says_what_there_is_no_such_thing_of() {
    for (arguments, status, said) in [
        (
            ["list", "--area", "nowhere"],
            2,
            "there is no area `nowhere`",
        ),
        (["list", "--service", "s4"], 2, "there is no service `s4`"),
        (["list", "--search", "qqqqq"], 1, ""),
    ] {
        let (ended, told, aside) = run(&arguments, "");
        assert_eq!((ended, told.as_str()), (status, ""), "{arguments:?}");
        assert!(aside.contains(said), "{aside}");
    }
}

#[test]
fn what_is_ignored_gets_no_note_and_counts_for_nothing() {
    let input = format!("{NO_SUCH_BUCKET}{INVALID_TOKEN}");
    for name in ["InvalidToken", "credentials/InvalidToken"] {
        let told = out(&["--ignore", name], &input);
        assert!(
            told.contains("┃ NoSuchBucket") && !told.contains("┃ InvalidToken"),
            "{told}"
        );
    }
    let arguments = ["--ignore", "NoSuchBucket,InvalidToken", "--fail-on", "any"];
    assert_eq!(run(&arguments, &input), (0, input.clone(), String::new()));
    let jsonl = out(&["--ignore", "NoSuchBucket", "--format", "jsonl"], &input);
    assert_eq!(jsonl.lines().count(), 1);
}

#[test]
fn every_command_begins_its_help_with_examples() {
    for name in [
        &[][..],
        &["explain"],
        &["list"],
        &["knowledge"],
        &["config"],
        &["completions"],
        &["man"],
        &["report"],
    ] {
        for (flag, longer) in [("-h", false), ("--help", true)] {
            let (status, told, aside) = run(&[name, &[flag]].concat(), "");
            assert_eq!((status, aside.as_str()), (0, ""), "{name:?}");
            assert!(
                told.starts_with("Examples:\n  "),
                "{name:?} {longer}\n{told}"
            );
        }
    }
}

#[test]
fn a_command_that_is_misspelt_is_told_from_a_file() {
    for (words, meant) in [
        (&["lst"][..], Some("list")),
        (&["explian", "InvalidToken"], Some("explain")),
        (&["chekc"], Some("check")),
        (&["build.log"], None),
        (&["nightly"], None),
        (&["/nowhere/list"], None),
    ] {
        let (status, out, aside) = run(words, "");
        assert_eq!((status, out.as_str()), (4, ""), "{words:?}");
        let no_file = format!("awsexplain: cannot read {}: No such file", words[0]);
        assert!(aside.starts_with(&no_file), "{aside}");
        assert!(!aside.contains("os error"), "{aside}");
        let hint = "awsexplain: did you mean the command `awsexplain ";
        let said = aside.lines().find_map(|line| line.strip_prefix(hint));
        let said = said.and_then(|rest| rest.strip_suffix("`?"));
        assert_eq!(said, meant, "{aside}");
    }
}
