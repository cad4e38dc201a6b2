//! A user's own entries: found before those that are built in, never in the way of the pipe, and judged by the same laws.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::{
    process::{Command, Output},
    thread,
    time::Duration,
};

use running::{Folder, INVALID_TOKEN, command, ended, expected, feed, out, text};

/// The entries of this test.
const OWN: &str = "tests/data/knowledge";
/// The error that they know.
const REFUSED: &str =
    "An error occurred (AcmeGatewayRefused) when calling the DeleteBucket operation: no ticket\n";
/// What no entry may hold.
const BROKEN: &str = "title: Broken\nmatch: []\nsummary: none\ncauses: []\nbogus: 1\n";

fn with_variable(name: &str, value: &str, input: &str) -> Output {
    ended(command(&[]).env(name, value), input.as_bytes())
}

#[test]
fn an_own_entry_is_told_whole_and_in_a_note() {
    let own = ["--knowledge", OWN, "--check", "never"];
    let told = out(&[&["explain", "AcmeGatewayRefused"][..], &own].concat(), "");
    expected("explain-own.txt", &told);
    expected("note-own.txt", &out(&own, REFUSED));
    let list = out(&["list", "--area", "acme", "--knowledge", OWN], "");
    expected("list-own.txt", &list);
    let narrow = [
        &["explain", "AcmeGatewayRefused", "--width", "60"][..],
        &own,
    ]
    .concat();
    expected("explain-own-60.txt", &out(&narrow, ""));
}

#[test]
fn it_comes_from_a_variable_and_from_the_usual_place() {
    let told = text(&with_variable("AWSEXPLAIN_KNOWLEDGE", OWN, REFUSED).stdout);
    assert!(told.contains("The Acme gateway refuses"), "{told}");
    let home = Folder::new("usual");
    let entry =
        std::fs::read_to_string(format!("{OWN}/acme/GatewayRefused.yaml")).expect("it is there");
    home.file("awsexplain/knowledge/acme/GatewayRefused.yaml", &entry);
    let told = text(&with_variable("XDG_CONFIG_HOME", home.path(), REFUSED).stdout);
    assert!(told.contains("The Acme gateway refuses"), "{told}");
}

/// A line that none but the entries of [`WORDS`] knows.
const USED_UP: &str = "2026-01-31T10:00:00Z ERROR ACME-77: quota of payments is used up\n";
/// Entries with anchors.
const WORDS: &str = "tests/data/words";

#[test]
fn an_entry_with_anchors_finds_lines_that_nothing_else_finds() {
    let own = ["--knowledge", WORDS, "--check", "never"];
    let told = out(&own, &format!("before\n{USED_UP}behind\n"));
    assert!(
        told.starts_with(&format!("before\n{USED_UP}  ┃ ")),
        "{told}"
    );
    assert!(told.ends_with("\nbehind\n"), "{told}");
    assert!(told.contains("acme usage --team payments"), "{told}");
    // Without the entry it is a line like any other.
    assert_eq!(out(&["--check", "never"], USED_UP), USED_UP);
    // Its words have to fit as well, not the anchor alone.
    let near = "ACME-77: quota of payments is 80 % used\n";
    assert_eq!(out(&own, near), near);
    // What AWS's clients print is read by its shape, whatever anchor stands in it.
    let refused = REFUSED.replace("no ticket", "ACME-1: quota of x is used up");
    assert!(out(&own, &refused).contains("  ┃ AcmeGatewayRefused · DeleteBucket"));
    // Repeats are told once, also far from the beginning and from the end, and without a line break.
    let filler = "a line of a log that says nothing at all\n".repeat(120_000);
    let other = USED_UP.replace("payments", "shipping");
    let log = format!(
        "{USED_UP}{filler}{other}{USED_UP}{filler}{}",
        USED_UP.trim_end()
    );
    let told = out(&own, &log);
    let heads = told.matches("  ┃ The team's quota").count();
    assert_eq!(heads, 2, "one for each team");
    assert!(told.contains(&format!("{other}  ┃ The team's quota")));
    let lines = told
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("  ┃"));
    assert_eq!(lines.collect::<String>(), log, "the log passes as it is");
}

#[test]
fn a_named_pipe_among_the_entries_holds_nothing_up() {
    let own = Folder::new("pipe");
    let entry = own.file("acme/Fine.yaml", BROKEN);
    let pipe = entry.replace("Fine", "Pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo is there").success());
    let mut program = command(&["--check", "never"]);
    let mut child = program
        .env("AWSEXPLAIN_KNOWLEDGE", own.path())
        .spawn()
        .expect("the binary is built");
    feed(&mut child, b"a line\n");
    let ended = (0..400).any(|_| {
        thread::sleep(Duration::from_millis(50));
        child.try_wait().is_ok_and(|status| status.is_some())
    });
    child.kill().expect("it is ours");
    let output = child.wait_with_output().expect("it ends");
    assert!(ended, "it waits for somebody to write an entry");
    assert_eq!(text(&output.stdout), "a line\n");
}

#[test]
fn anchors_come_from_every_place_and_serve_every_command() {
    let told = with_variable("AWSEXPLAIN_KNOWLEDGE", WORDS, USED_UP);
    assert!(text(&told.stdout).contains("  ┃ The team's quota"));
    let told = out(&["explain", USED_UP.trim_end(), "--knowledge", WORDS], "");
    assert!(told.contains("The team's quota"), "{told}");
    let told = out(&["--format", "jsonl", "--knowledge", WORDS], USED_UP);
    assert!(told.contains(r#""producer":"own","code":null"#), "{told}");
    let folder = Folder::new("words");
    let (log, page) = (folder.file("a.log", USED_UP), folder.0.join("r.html"));
    let page = page.to_str().expect("it is ASCII");
    let report = ["report", "--knowledge", WORDS, &log, "-o", page];
    assert_eq!(ended(&mut command(&report), b"").status.code(), Some(0));
    let page = std::fs::read_to_string(page).expect("it is written");
    assert!(page.contains("<title>AWS errors: 1</title>"));
    assert_eq!(
        out(&["knowledge", "lint", WORDS], ""),
        "1 entry keeps the laws\n"
    );
    assert_eq!(
        out(&["knowledge", "test", WORDS], ""),
        "1 entry: 1 example finds its entry, 1 near miss does not\n"
    );
}

#[test]
fn lint_says_what_can_be_no_anchor() {
    let own = Folder::new("anchors");
    let entry =
        std::fs::read_to_string(format!("{WORDS}/acme/QuotaUsedUp.yaml")).expect("it is there");
    own.file("acme/Short.yaml", &entry.replace("'quota of '", "'of '"));
    let coded = entry.replace("message: 'ACME", "code: X\n    message: 'ACME");
    own.file("acme/Coded.yaml", &coded);
    let ended = ended(&mut command(&["knowledge", "lint", own.path()]), b"");
    assert_eq!(ended.status.code(), Some(3));
    let said = text(&ended.stderr);
    for law in [
        "acme/Short.yaml:4: a text can be no anchor: \"of \" (it takes 4 to 32 bytes of one line)",
        "acme/Coded.yaml:5: an entry with anchors wants a rule with a message and no code",
    ] {
        assert!(said.contains(law), "{said}");
    }
}

#[test]
fn it_wins_over_what_is_built_in() {
    let own = Folder::new("wins");
    let entry =
        std::fs::read_to_string(format!("{OWN}/acme/GatewayRefused.yaml")).expect("it is there");
    own.file(
        "acme/Token.yaml",
        &entry.replace("AcmeGatewayRefused", "InvalidToken"),
    );
    let told = out(&["--knowledge", own.path()], INVALID_TOKEN);
    assert!(told.contains("The Acme gateway refuses"), "{told}");
}

#[test]
fn a_broken_entry_does_not_stop_the_pipe() {
    let own = Folder::new("broken");
    own.file("acme/Broken.yaml", BROKEN);
    own.file("acme/Worse.yaml", "title: [");
    let ended = with_variable("AWSEXPLAIN_KNOWLEDGE", own.path(), INVALID_TOKEN);
    let (told, aside) = (text(&ended.stdout), text(&ended.stderr));
    assert_eq!(ended.status.code(), Some(0));
    assert!(told.contains("  ┃ InvalidToken"), "{told}");
    assert_eq!(aside.lines().count(), 1, "{aside}");
    assert!(
        aside.contains("acme/Broken.yaml:5: unknown field `bogus`"),
        "{aside}"
    );
    // Nothing is read where there is no error.
    let quiet = with_variable("AWSEXPLAIN_KNOWLEDGE", own.path(), "text\n");
    assert_eq!(text(&quiet.stderr), "");
}

#[test]
fn a_typed_folder_has_to_be_right() {
    let own = Folder::new("typed");
    own.file("acme/Broken.yaml", BROKEN);
    let missing = format!("{}/missing", own.path());
    for (folder, said) in [(own.path(), "acme/Broken.yaml:5"), (&missing, "/missing: ")] {
        let ended = ended(
            &mut command(&["--knowledge", folder]),
            INVALID_TOKEN.as_bytes(),
        );
        assert_eq!(
            (ended.status.code(), text(&ended.stdout).as_str()),
            (Some(3), "")
        );
        let aside = text(&ended.stderr);
        assert!(
            aside.contains(said) && aside.lines().count() == 1,
            "{aside}"
        );
    }
}

#[test]
fn lint_names_file_and_line() {
    let own = Folder::new("lint");
    let entry =
        std::fs::read_to_string(format!("{OWN}/acme/GatewayRefused.yaml")).expect("it is there");
    assert_eq!(
        out(&["knowledge", "lint", OWN], ""),
        "1 entry keep the laws\n".replace("keep", "keeps")
    );
    own.file("acme/Bogus.yaml", &format!("{entry}bogus: 1\n"));
    let wrong = entry
        .replace("id: old-ticket", "id: Old ticket")
        .replace("https:", "http:");
    own.file(
        "acme/Wrong.yaml",
        &wrong.replace("AcmeGatewayRefused", "AcmeOther"),
    );
    own.file("acme/Twin.yaml", &entry);
    own.file("acme/Twins.yaml", &entry);
    let ended = ended(&mut command(&["knowledge", "lint", own.path()]), b"");
    assert_eq!(
        (ended.status.code(), text(&ended.stdout).as_str()),
        (Some(3), "")
    );
    expected("lint.txt", &text(&ended.stderr).replace(own.path(), "DIR"));
}

#[test]
fn test_tries_examples_and_near_misses() {
    let told = out(&["knowledge", "test", OWN], "");
    assert_eq!(
        told,
        "1 entry: 1 example finds its entry, 1 near miss does not\n"
    );
    let own = Folder::new("test");
    let entry =
        std::fs::read_to_string(format!("{OWN}/acme/GatewayRefused.yaml")).expect("it is there");
    own.file(
        "acme/Wrong.yaml",
        &entry.replace(
            "(AcmeGatewayClosed) when calling the DeleteBucket",
            "(AcmeGatewayRefused) when calling the GetObject",
        ),
    );
    let ended = ended(&mut command(&["knowledge", "test", own.path()]), b"");
    assert_eq!(ended.status.code(), Some(3));
    let aside = text(&ended.stderr);
    assert!(
        aside.contains("Wrong.yaml:27: a near miss finds it"),
        "{aside}"
    );
}

#[test]
fn a_new_entry_keeps_the_laws() {
    let own = Folder::new("new");
    let boxed = "Traceback (most recent call last):\n  File \"x.py\", line 3\nbotocore.exceptions.ClientError: An error occurred (ThrottlingException) when calling the ListRoles operation: it's 'full'\n";
    for (id, pasted) in [
        ("acme/Blank", ""),
        ("acme/Token", INVALID_TOKEN),
        (
            "acme/Creds",
            "Unable to locate credentials. You can configure credentials by running \"aws configure\".\n",
        ),
        ("acme/Box", boxed),
        ("acme/Words", USED_UP),
        (
            "acme/Masked",
            "77 token AKIAIOSFODNN7EXAMPLE of the Acme gateway was refused\n",
        ),
        (
            "acme/Key",
            "An error occurred (AcmeX) when calling the ListRoles operation: bad key AKIAIOSFODNN7EXAMPLE\n",
        ),
    ] {
        let made = out(&["knowledge", "new", id], pasted);
        assert!(!made.contains("AKIAIOSFODNN7EXAMPLE"), "{made}");
        own.file(&format!("{id}.yaml"), &made);
        for command in ["lint", "test"] {
            let ended = ended(
                &mut running::command(&["knowledge", command, own.path()]),
                b"",
            );
            assert_eq!(
                ended.status.code(),
                Some(0),
                "{made}\n{}",
                text(&ended.stderr)
            );
        }
    }
    let again = [
        "knowledge",
        "new",
        "acme/Token",
        "--from",
        INVALID_TOKEN,
        "--to",
        own.path(),
    ];
    let ended = ended(&mut command(&again), b"");
    assert_eq!(ended.status.code(), Some(4), "nothing is written over");
}

#[test]
fn the_schema_has_the_keys_of_the_form() {
    let schema: serde_json::Value =
        serde_json::from_str(&out(&["knowledge", "schema"], "")).expect("it is JSON");
    let keys = |of: &serde_json::Value| -> Vec<String> {
        let keys = of["properties"].as_object().expect("an object").keys();
        let mut keys: Vec<String> = keys.cloned().collect();
        keys.sort();
        keys
    };
    // What the form itself says where it refuses a key.
    let refused = |part: &str| {
        let text = format!("{part}\n");
        let fault = serde_yaml::from_str::<awsexplain::knowledge::Entry>(&text);
        let fault = fault.expect_err("the key is unknown").to_string();
        let mut names: Vec<String> = fault
            .split('`')
            .skip(3)
            .step_by(2)
            .map(str::to_owned)
            .collect();
        names.sort();
        names
    };
    assert_eq!(keys(&schema), refused("zz: 1"));
    assert_eq!(
        keys(&schema["$defs"]["Rule"]),
        refused("match: [{ zz: 1 }]")
    );
    assert_eq!(
        keys(&schema["$defs"]["Cause"]),
        refused("causes: [{ zz: 1 }]")
    );
    assert_eq!(schema["additionalProperties"], false);
}
