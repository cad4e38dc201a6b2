//! Notes as they are read: within the reader's screen, and harmless whatever the log says.
//!
//! A note is prose, wrapped at the width, and commands, which are never wrapped so that they can be copied. It is pure
//! ASCII where the locale asks for that, coloured only where that is wanted, and is known again when it passes a second
//! time. No text of the log reaches a command, a terminal or a CI system through it.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use running::{INVALID_TOKEN, NO_SUCH_BUCKET, command, ended, note_lines, out, text};
use serde_json::Value;

/// Errors whose notes differ in what they hold: prose alone, commands, policies, several causes.
const ERRORS: &[&str] = &[
    INVALID_TOKEN,
    NO_SUCH_BUCKET,
    "An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:iam::123456789012:user/dev is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::my-bucket/a.csv\" because no identity-based policy allows the s3:GetObject action\n",
    "An error occurred (ThrottlingException) when calling the ListRoles operation (reached max retries: 4): Rate exceeded\n",
    "Unable to locate credentials. You can configure credentials by running \"aws configure\".\n",
];

/// Text that is dangerous somewhere: in a shell, a CI system, a terminal, a page.
const HOSTILE: &[&str] = &[
    "$(id)",
    "`id`",
    "::error::x",
    "\u{1b}]0;x\u{7}",
    "\u{1b}[2J",
    "a;id",
    "a' || id '",
    "<script>",
    "\u{202e}x",
];

/// Places of an error's text from which values are taken; `@` is where the hostile text stands.
const PLACES: &[&str] = &[
    "An error occurred (NoSuchBucket) when calling the @ operation: The specified bucket does not exist",
    "An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:iam::123456789012:user/@ is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::@/a.csv\" because no identity-based policy allows the s3:GetObject action",
    "An error occurred (AccessDenied) when calling the GetObject operation: User: @ is not authorized to perform: @ on resource: @",
    "The config profile (@) could not be found",
    "Could not connect to the endpoint URL: \"https://@/\"",
    "<Error><Code>NoSuchBucket</Code><Message>no</Message><BucketName>@</BucketName><RequestId>@</RequestId></Error>",
    "operation error S3: @, https response error StatusCode: 404, RequestID: @, HostID: @, NoSuchBucket: The specified bucket @ does not exist",
];

/// Commands and addresses that stand in any note of this error: lines that may be longer than the screen.
fn unwrapped(error: &str) -> Vec<String> {
    let object: Value =
        serde_json::from_str(&out(&["--format", "jsonl"], error)).expect("an object");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let steps = list(&object["causes"])
        .into_iter()
        .flat_map(|cause| list(&cause["fix"]));
    let commands = steps.map(|step| step["command"].clone());
    let links = list(&object["links"])
        .into_iter()
        .map(|link| link["url"].clone());
    commands
        .chain(links)
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}

#[test]
fn prose_keeps_to_the_width_and_commands_are_whole() {
    let mut faults = Vec::new();
    for error in ERRORS {
        let unwrapped = unwrapped(error);
        for width in [40, 60, 200] {
            let output = out(&["--width", &width.to_string()], error);
            let lines = note_lines(&output, "  ┃ ");
            assert!(!lines.is_empty(), "{error}");
            for line in lines {
                let whole = unwrapped.iter().any(|text| line.contains(text.as_str()));
                if line.chars().count() > width && !whole {
                    faults.push(format!("wider than {width}: {line}"));
                }
                for word in [
                    "fix",
                    "then",
                    "see",
                    "note",
                    "confirmed",
                    "likely here",
                    "possible",
                ] {
                    let label = line[6..]
                        .trim_start_matches(['●', '○', ' '])
                        .strip_prefix(word);
                    if label.is_some_and(|rest| rest.starts_with(char::is_alphanumeric)) {
                        faults.push(format!(
                            "at {width} `{word}` runs into what is behind: {line}"
                        ));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_first_commands_stand_each_on_a_line() {
    let output = out(&["--width", "40"], INVALID_TOKEN);
    let commands = unwrapped(INVALID_TOKEN);
    let told = commands.iter().filter(|command| {
        note_lines(&output, "  ┃ ")
            .iter()
            .any(|line| line.ends_with(command.as_str()))
    });
    assert!(told.count() >= 2, "{output}");
}

#[test]
fn without_utf_8_a_note_is_ascii() {
    for error in ERRORS {
        let output = text(&ended(command(&[]).env("LANG", "C"), error.as_bytes()).stdout);
        let lines = note_lines(&output, "  | ");
        assert!(lines.len() > 1, "{output}");
        let beyond: Vec<_> = lines.iter().filter(|line| !line.is_ascii()).collect();
        assert!(
            beyond.is_empty() && output.starts_with(error),
            "{beyond:#?}"
        );
    }
}

#[test]
fn colours_come_only_where_they_are_wanted() {
    let colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        let ended = ended(
            command(arguments).envs(variables.iter().copied()),
            INVALID_TOKEN.as_bytes(),
        );
        text(&ended.stdout).contains("\u{1b}[")
    };
    assert!(!colored(&[], &[]), "a pipe is no terminal");
    assert!(colored(&["--color", "always"], &[]));
    assert!(
        colored(&["--color", "always"], &[("NO_COLOR", "1")]),
        "a flag beats a variable"
    );
    assert!(colored(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(colored(&[], &[("FORCE_COLOR", "1")]));
    assert!(!colored(&[], &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
    assert!(!colored(&["--color", "never"], &[("FORCE_COLOR", "1")]));
}

#[test]
fn our_own_notes_are_not_explained_again() {
    for (arguments, locale) in [
        (&[][..], "C.UTF-8"),
        (&[], "C"),
        (&["--color", "always"], "C.UTF-8"),
    ] {
        for error in ERRORS {
            let once = ended(command(arguments).env("LANG", locale), error.as_bytes()).stdout;
            let notes = once
                .strip_prefix(error.as_bytes())
                .expect("the input comes first");
            let twice = ended(command(arguments).env("LANG", locale), notes).stdout;
            assert_eq!(text(&twice), text(notes), "{arguments:?} {locale}");
        }
    }
}

#[test]
fn hostile_text_stays_where_it_was() {
    let mut faults = Vec::new();
    for place in PLACES {
        for hostile in HOSTILE {
            let input = format!("{}\n", place.replace('@', hostile));
            let output = out(&[], &input);
            let note = output
                .strip_prefix(input.as_str())
                .expect("the input comes first");
            let signs = note.contains(hostile)
                || note
                    .chars()
                    .any(|letter| letter.is_control() && letter != '\n');
            if signs || note.lines().any(|line| line.trim_start().starts_with("::")) {
                faults.push(format!("in a note: {input:?}\n{note}"));
            }
            for object in out(&["--format", "jsonl"], &input).lines() {
                assert!(!object.chars().any(char::is_control), "{object:?}");
                let object: Value = serde_json::from_str(object).expect("an object");
                for cause in object["causes"].as_array().expect("a list") {
                    if cause.to_string().contains(
                        &serde_json::to_string(hostile)
                            .expect("text")
                            .trim_matches('"')
                            .to_owned(),
                    ) {
                        faults.push(format!("in a cause: {input:?}\n{cause}"));
                    }
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn two_accounts_in_a_message_are_told_apart() {
    let refused = |resource: &str| {
        format!(
            "An error occurred (AccessDeniedException) when calling the GetItem operation: User: arn:aws:iam::111122223333:user/dev is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:{resource}:table/orders\n"
        )
    };
    let causes = |input: &str| -> Vec<(String, String)> {
        let object: Value =
            serde_json::from_str(&out(&["--format", "jsonl"], input)).expect("an object");
        let causes = object["causes"].as_array().expect("a list").iter();
        let text = |cause: &Value, key: &str| cause[key].as_str().expect("a text").to_owned();
        causes
            .map(|cause| (text(cause, "id"), text(cause, "status")))
            .collect()
    };
    let pair = |id: &str, status: &str| (id.to_owned(), status.to_owned());
    assert_eq!(
        causes(&refused("444455556666"))[0],
        pair("other-account", "likely")
    );
    let same = causes(&refused("111122223333"));
    assert_eq!(same[0], pair("no-identity-policy", "possible"));
    assert_eq!(same.last(), Some(&pair("other-account", "ruled_out")));
}
