//! Where settings come from, which of them holds, and what a bad file does.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::process::{Command, Output};

use running::{Folder, INVALID_TOKEN, NO_SUCH_BUCKET, command, ended, expected, text};

/// A home with a configuration, and a repository with another.
struct Place {
    folder: Folder,
}

impl Place {
    fn new(name: &str, user: &str, repository: &str) -> Self {
        let folder = Folder::new(&format!("settings-{name}"));
        folder.file("repository/.git/HEAD", "ref: refs/heads/main\n");
        folder.file("repository/a/b/c.txt", "");
        if !user.is_empty() {
            folder.file("home/awsexplain/config.yaml", user);
        }
        if !repository.is_empty() {
            folder.file("repository/.awsexplain.yaml", repository);
        }
        Self { folder }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command(arguments);
        command.current_dir(self.folder.0.join("repository/a/b"));
        command.env("XDG_CONFIG_HOME", self.folder.0.join("home"));
        command
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        ended(&mut self.command(arguments), input.as_bytes())
    }

    /// What was told, with the folder's name left out.
    fn tidy(&self, bytes: &[u8]) -> String {
        text(bytes).replace(self.folder.path(), "DIR")
    }
}

/// The width that holds.
fn width(output: &Output) -> String {
    let text = text(&output.stdout);
    let line = text.lines().find(|line| line.starts_with("width"));
    line.and_then(|line| line.split_whitespace().nth(1))
        .expect("a width")
        .to_owned()
}

#[test]
fn flag_beats_variable_beats_repository_beats_user() {
    let place = Place::new("order", "width: 40\nrepeat: full\n", "width: 50\n");
    assert_eq!(width(&place.run(&["config", "show"], "")), "50");
    let variable = ended(
        place
            .command(&["config", "show"])
            .env("AWSEXPLAIN_WIDTH", "70"),
        b"",
    );
    assert_eq!(width(&variable), "70");
    let longest = |output: &Output| {
        let text = text(&output.stdout);
        let notes = text.lines().filter(|line| {
            line.starts_with("  ┃") && !line.contains("aws ") && !line.contains("http")
        });
        notes
            .map(|line| line.chars().count())
            .max()
            .expect("a note")
    };
    // The prose of a note is as wide as the setting that holds.
    for (arguments, variable, width) in [
        (&[][..], None, 50),
        (&[], Some("70"), 70),
        (&["--width", "110"], Some("70"), 110),
    ] {
        let mut command = place.command(arguments);
        command.env("AWSEXPLAIN_CHECK", "never");
        variable.map(|value| command.env("AWSEXPLAIN_WIDTH", value));
        let input = NO_SUCH_BUCKET.repeat(2);
        let output = ended(&mut command, input.as_bytes());
        let longest = longest(&output);
        assert!((width - 15..=width).contains(&longest), "{longest} {width}");
        // `repeat: full` is the user's.
        assert_eq!(text(&output.stdout).matches("┃ NoSuchBucket").count(), 2);
    }
}

#[test]
fn config_show_tells_where_each_value_is_from() {
    let user = "# mine\ncheck: never\nknowledge: [mine, ~/other]\nwidth: 40\n";
    let place = Place::new(
        "show",
        user,
        "ignore: [NoSuchBucket, credentials/InvalidToken]\n",
    );
    let mut command = place.command(&["config", "show"]);
    let output = ended(command.env("AWSEXPLAIN_SHELL", "fish"), b"");
    expected("config-show.txt", &place.tidy(&output.stdout));
}

#[test]
fn a_repository_sets_five_names_and_no_more() {
    let place = Place::new(
        "stranger",
        "",
        "width: 50\nknowledge: /evil\nignore: NoSuchBucket\n",
    );
    let output = place.run(
        &["--check", "never"],
        &format!("{NO_SUCH_BUCKET}{INVALID_TOKEN}"),
    );
    let (told, aside) = (text(&output.stdout), place.tidy(&output.stderr));
    assert_eq!(output.status.code(), Some(0));
    assert!(
        !told.contains("┃ NoSuchBucket") && told.contains("┃ InvalidToken"),
        "{told}"
    );
    expected("config-repository.txt", &aside);
    // A link could lead to a file that is nobody's business.
    let secret = place.folder.file("secret", "AKIAIOSFODNN7EXAMPLE: x\n");
    let file = place.folder.0.join("repository/.awsexplain.yaml");
    std::fs::remove_file(&file).expect("it is there");
    std::os::unix::fs::symlink(secret, file).expect("a link can be made");
    assert_eq!(text(&place.run(&[], "text\n").stderr), "");
}

#[test]
fn a_bad_file_is_passed_over_in_the_pipe_and_refused_where_it_is_named() {
    let faults = [
        ("width: [", "config.yaml"),
        (
            "# one\nformt: brief\n",
            "config.yaml:2: there is no setting `formt`",
        ),
        (
            "width: 80\nformat: yaml\n",
            "config.yaml:2: `yaml` is no value of `format`; it is one of annotate",
        ),
        (
            "width: wide\n",
            "config.yaml:1: `wide` is no value of `width`: a number of letters is wanted, such as 100",
        ),
        (
            "format: [brief]\n",
            "config.yaml:1: `format` takes one value",
        ),
        ("- format\n", "config.yaml"),
        ("format: brief\nformat: brief\n", "config.yaml"),
    ];
    for (number, (user, said)) in faults.into_iter().enumerate() {
        let place = Place::new(&format!("bad-{number}"), user, "");
        let lenient = place.run(&[], INVALID_TOKEN);
        let aside = text(&lenient.stderr);
        assert_eq!(lenient.status.code(), Some(0), "{user}");
        assert!(text(&lenient.stdout).contains("┃ InvalidToken"), "{user}");
        assert!(
            aside.contains(said) && aside.lines().count() == 1,
            "{aside}"
        );
        let file = format!("{}/home/awsexplain/config.yaml", place.folder.path());
        let strict = place.run(&["--config", &file], INVALID_TOKEN);
        assert_eq!(
            (strict.status.code(), text(&strict.stdout).as_str()),
            (Some(3), ""),
            "{user}"
        );
        assert!(
            text(&strict.stderr).contains(said),
            "{}",
            text(&strict.stderr)
        );
    }
    let place = Place::new("missing", "", "");
    let missing = place.run(&["--config", "/nowhere.yaml"], "text\n");
    assert_eq!(
        (missing.status.code(), text(&missing.stdout).as_str()),
        (Some(3), "")
    );
    assert!(text(&missing.stderr).contains("/nowhere.yaml: cannot be read"));
}

#[test]
fn no_control_letter_of_a_file_reaches_the_screen() {
    let place = Place::new("control", "", "\"\\e[2J\\a\": 1\n");
    let aside = text(&place.run(&[], "text\n").stderr);
    assert!(
        !aside.trim_end().contains(char::is_control) && aside.contains("no setting"),
        "{aside:?}"
    );
}

#[test]
fn a_bad_variable_is_named() {
    let place = Place::new("variable", "", "");
    let output = ended(
        place.command(&[]).env("AWSEXPLAIN_WIDTH", "wide"),
        b"text\n",
    );
    let aside = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        aside.contains("--width") && aside.contains("the variable AWSEXPLAIN_WIDTH"),
        "{aside}"
    );
}

#[test]
fn off_passes_everything_through() {
    let place = Place::new("off", "format: jsonl\n", "");
    for arguments in [&[][..], &["--format", "jsonl"], &["--redact"]] {
        let mut command = place.command(arguments);
        let output = ended(command.env("AWSEXPLAIN", "off"), INVALID_TOKEN.as_bytes());
        assert_eq!(text(&output.stdout), INVALID_TOKEN);
        assert_eq!(text(&output.stderr), "");
    }
    let log = place.folder.file("a.log", INVALID_TOKEN);
    let mut command = place.command(&[&log, "/nowhere.log", &log]);
    let output = ended(command.env("AWSEXPLAIN", "off"), b"");
    assert_eq!(text(&output.stdout), INVALID_TOKEN.repeat(2));
    assert_eq!(output.status.code(), Some(4));
}

#[test]
fn brief_is_one_line_a_note() {
    let place = Place::new("brief", "", "");
    let wide = ["--format", "brief", "--width", "120", "--check", "never"];
    let output = place.run(&wide, &format!("{NO_SUCH_BUCKET}{INVALID_TOKEN}"));
    let told = text(&output.stdout);
    assert_eq!(
        told.lines().filter(|line| line.starts_with("  ┃")).count(),
        2,
        "{told}"
    );
}

#[test]
fn a_variable_that_is_set_to_nothing_is_as_if_it_were_not_set() {
    let user = "ignore: [NoSuchBucket]\nrepeat: full\nwidth: 60\n";
    let place = Place::new("empty", user, "");
    let names = [
        "FORMAT",
        "CHECK",
        "REPEAT",
        "REDACT",
        "SUMMARY",
        "FAIL_ON",
        "IGNORE",
        "KNOWLEDGE",
        "COLOR",
        "SHELL",
        "WIDTH",
        "",
    ];
    let input = format!("{NO_SUCH_BUCKET}{INVALID_TOKEN}{INVALID_TOKEN}");
    let run = |arguments: &[&str], variable: Option<&str>| {
        let mut command = place.command(arguments);
        let ended = ended(
            command.envs(variable.map(|name| (name, ""))),
            input.as_bytes(),
        );
        assert_eq!(text(&ended.stderr), "", "{variable:?} {arguments:?}");
        (ended.status.code(), text(&ended.stdout))
    };
    for arguments in [
        &["--check", "never"][..],
        &["explain", "--check", "never", "InvalidToken"],
        &["config", "show"],
    ] {
        let unset = run(arguments, None);
        assert_eq!(unset.0, Some(0));
        for name in names {
            let variable = format!("AWSEXPLAIN_{name}");
            let variable = variable.trim_end_matches('_');
            assert_eq!(
                run(arguments, Some(variable)),
                unset,
                "{variable} {arguments:?}"
            );
        }
    }
    let told = run(&["--check", "never"], None).1;
    assert_eq!(
        (
            told.matches("┃ InvalidToken").count(),
            told.matches("┃ NoSuchBucket").count()
        ),
        (2, 0)
    );
}
