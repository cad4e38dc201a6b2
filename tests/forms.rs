//! Every form of the output, over the same logs, held as files that a person can read; and one hostile log through all.
//!
//! `tests/logs` has logs as clients print them, `tests/expected/<form>` what each form makes of them. After a change of a
//! form or of the knowledge, `tests/run expected` writes the expected files anew; the difference is then read, and
//! committed with the change. In these files an escape is `␛`, a carriage return at a line's end or within it `␍`, JSON is
//! set in lines, and what is of the day (seconds, our version) is taken out.
//!
//! A CI system takes commands from lines, so the hostile log is judged by rules of reading, not by examples: each line that
//! we add is read as the runners read it, and may hold no command but those that the form itself gives.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use proptest::{collection::vec, prelude::*, sample::select};
use running::{Folder, NO_SUCH_BUCKET, command, ended, text};
use serde_json::Value;

/// The forms, and how their expected files end.
const FORMS: &[(&str, &str)] = &[
    ("annotate", "txt"),
    ("brief", "txt"),
    ("github", "txt"),
    ("gitlab", "txt"),
    ("azure", "txt"),
    ("teamcity", "txt"),
    ("jsonl", "json"),
    ("sarif", "json"),
    ("junit", "xml"),
    ("markdown", "md"),
];

/// The forms that replace the input.
const DOCUMENTS: &[&str] = &["jsonl", "sarif", "junit", "markdown"];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

/// All logs by name, without the ending.
fn logs() -> BTreeSet<String> {
    let names = fs::read_dir(folder("logs")).expect("they are there");
    names
        .map(|found| found.expect("it can be read").path())
        .map(|path| {
            path.file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

/// What a form makes of a log, as the expected files have it.
fn made(form: &str, log: &str) -> String {
    let mut command = command(&["--format", form, &format!("{log}.log")]);
    let ended = ended(command.current_dir(folder("logs")), b"");
    assert_eq!(
        ended.status.code(),
        Some(0),
        "{form} {log}: {}",
        text(&ended.stderr)
    );
    let output = text(&ended.stdout);
    let output = match form {
        "jsonl" => output.lines().map(pretty).collect(),
        "sarif" => pretty(&output).replace(env!("CARGO_PKG_VERSION"), "VERSION"),
        _ => output,
    };
    let seconds = regex::Regex::new(r"(section_(?:start|end)):[0-9]+").expect("a regex");
    let output = seconds.replace_all(&output, "$1:SECONDS");
    output.replace('\u{1b}', "␛").replace('\r', "␍")
}

fn pretty(json: &str) -> String {
    let value: Value = serde_json::from_str(json).expect("JSON");
    format!("{value:#}\n")
}

#[test]
fn each_log_looks_as_expected_in_each_form() {
    let write = std::env::var_os("AWSEXPLAIN_WRITE_EXPECTED").is_some();
    let logs = logs();
    assert!(logs.len() >= 40, "{} logs", logs.len());
    let mut faults = Vec::new();
    for (form, ending) in FORMS {
        let expected = folder("expected").join(form);
        fs::create_dir_all(&expected).expect("it can be written");
        for log in &logs {
            let file = expected.join(format!("{log}.{ending}"));
            let made = made(form, log);
            if write {
                fs::write(&file, made).expect("it can be written");
            } else if fs::read_to_string(&file).unwrap_or_default() != made {
                faults.push(format!("{form}/{log}.{ending}"));
            }
        }
        for found in fs::read_dir(&expected).expect("it is there") {
            let path = found.expect("it can be read").path();
            let name = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            if !logs.contains(&name) {
                faults.push(format!("{} has no log", path.display()));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "not as expected (`tests/run expected` writes the files anew):\n{}",
        faults.join("\n")
    );
}

#[test]
fn each_log_has_an_error_but_the_clean_one() {
    for log in logs() {
        let found = !made("jsonl", &log).is_empty();
        assert_eq!(found, log != "clean", "{log}");
    }
}

/// What a CI system, a terminal, a page or a viewer takes for more than text, and the places of an error's text that it is put
/// in, at `@@`.
#[derive(serde::Deserialize)]
struct Hostile {
    texts: Vec<String>,
    places: Vec<String>,
}

/// The file that `tests/clients/test_schemas.py` reads as well.
fn hostile() -> Hostile {
    serde_json::from_str(include_str!("data/hostile.json")).expect("its form")
}

/// What is wrong with what a form makes of this input.
fn faults_over(form: &str, input: &str) -> Vec<String> {
    let arguments = ["--format", form, "--summary", "always"];
    let ended = ended(&mut command(&arguments), input.as_bytes());
    faults_of(form, input, &ended)
}

/// What is wrong with what this run added: to the output in its form, to standard error in plain lines.
fn faults_of(form: &str, input: &str, ended: &std::process::Output) -> Vec<String> {
    let said = text(&ended.stderr).lines().map(str::to_owned).collect();
    let mut found = faults(form, ours(form, input, &text(&ended.stdout)));
    found.extend(faults("annotate", said));
    found
}

/// The lines of the output that are not the input's.
fn ours(form: &str, input: &str, output: &str) -> Vec<String> {
    let mut own = input.split('\n').peekable();
    let lines = output.split('\n').filter(|line| {
        let passes = !DOCUMENTS.contains(&form) && own.peek() == Some(line);
        if passes {
            own.next();
        }
        !passes
    });
    lines.map(str::to_owned).collect()
}

/// The commands that CI systems would take from a line, as their runners read it.
fn commands(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(rest) = line.trim_start().strip_prefix("::") {
        found.push(format!(
            "::{}",
            rest.split([':', ' ']).next().unwrap_or_default()
        ));
    }
    for mark in ["##[", "##vso[", "##teamcity[", "\u{1b}[0Ksection_"] {
        for (at, _) in line.match_indices(mark) {
            let name: String = line[at + mark.len()..]
                .chars()
                .take_while(|letter| letter.is_ascii_alphabetic() || *letter == '.')
                .collect();
            found.push(format!("{mark}{name}"));
        }
    }
    found
}

/// What each form gives itself.
fn allowed(form: &str) -> &'static [&'static str] {
    match form {
        "github" => &["::group", "::endgroup", "::error"],
        "gitlab" => &["\u{1b}[0Ksection_start", "\u{1b}[0Ksection_end"],
        "azure" => &["##[group", "##[endgroup", "##vso[task.logissue"],
        "teamcity" => &[
            "##teamcity[blockOpened",
            "##teamcity[blockClosed",
            "##teamcity[message",
        ],
        _ => &[],
    }
}

/// What is wrong with the lines that a form adds; nothing where they are harmless.
fn faults(form: &str, added: Vec<String>) -> Vec<String> {
    let (mut faults, mut fenced) = (Vec::new(), false);
    let grammar = grammar(form);
    for line in added {
        // Behind a fence Markdown is text.
        fenced = fenced != line.starts_with("```");
        let found = commands(&line);
        if !found.is_empty()
            && grammar
                .as_ref()
                .is_some_and(|grammar| !grammar.is_match(&line))
        {
            faults.push(format!("{form} gives what is read otherwise in {line:?}"));
        }
        if found.len() > 1
            || found
                .iter()
                .any(|name| !allowed(form).contains(&name.as_str()))
        {
            faults.push(format!("{form} gives {found:?} in {line:?}"));
        }
        let text = if form == "gitlab" {
            line.replace("\u{1b}[0K", "").replace('\r', "")
        } else {
            line.clone()
        };
        let hidden = |letter: char| {
            letter.is_control() || "\u{202e}\u{2066}\u{200b}\u{feff}".contains(letter)
        };
        if text.contains(hidden) {
            faults.push(format!("{form} passes a control letter in {line:?}"));
        }
        let lower = line.to_lowercase();
        if DOCUMENTS.contains(&form)
            && ["<script", "<img", "<evil"]
                .iter()
                .any(|tag| lower.contains(tag))
        {
            faults.push(format!("{form} passes HTML in {line:?}"));
        }
        let markup = [
            "](javascript",
            "](http",
            "**bold",
            "`code",
            "# head",
            "@everyone",
        ];
        let quoted = |mark: &&&str| line.contains(**mark) && !line.contains(&format!("\\{mark}"));
        if form == "markdown" && !fenced && markup.iter().any(|mark| quoted(&mark)) {
            faults.push(format!("{form} passes Markdown in {line:?}"));
        }
    }
    faults
}

/// What of the messages of SARIF could be a link or a placeholder for this input: nothing.
fn links(input: &str) -> Vec<String> {
    let output = ended(&mut command(&["--format", "sarif"]), input.as_bytes()).stdout;
    let document: Value = serde_json::from_slice(&output).expect("JSON");
    let bare = regex::Regex::new(r"(^|[^\\])[\[\]]|(^|[^{])\{([^{]|$)").expect("a regex");
    let results = document["runs"][0]["results"].as_array().expect("results");
    let messages = results
        .iter()
        .map(|result| result["message"]["text"].as_str().expect("text"));
    let wrong = messages.filter(|message| bare.is_match(message));
    wrong
        .map(|message| format!("a link in {message:?}"))
        .collect()
}

/// How a form's own commands are written: what the runner reads of them is what was meant.
fn grammar(form: &str) -> Option<regex::Regex> {
    let pattern = match form {
        "github" => {
            r"^::(group::([^%]|%25)*|endgroup::|error title=V(,file=V,line=\d+,endLine=\d+)?::([^%]|%25|%0A)*)$"
        }
        "azure" => {
            r"^##(\[group\]([^%]|%AZP25)*|\[endgroup\]|vso\[task\.logissue type=error(;code=W)?(;sourcepath=W;linenumber=\d+)?\]([^%]|%AZP25|%0A)*)$"
        }
        "teamcity" => r"^##teamcity\[\w+( \w+='(\|(['|\[\]nr]|0x[0-9a-f]{4})|[^'|\[\]])*')+\]$",
        _ => return None,
    };
    let pattern = pattern.replace('V', "([^:,%]|%25|%3A|%2C)*");
    let pattern = pattern.replace('W', r"([^;\]%]|%AZP25|%3B|%5D)*");
    Some(regex::Regex::new(&pattern).expect("a regex"))
}

/// Each hostile text in each place.
fn hostile_log() -> String {
    let Hostile { texts, places } = hostile();
    let lines: Vec<String> = places
        .iter()
        .flat_map(|place| texts.iter().map(move |text| place.replace("@@", text)))
        .collect();
    lines.join("\n") + "\n"
}

#[test]
fn one_hostile_log_does_nothing_in_any_form() {
    let input = hostile_log();
    let mut wrong = links(&input);
    for (form, _) in FORMS {
        wrong.extend(faults_over(form, &input));
    }
    // Notes aside quote the line that they are about.
    let aside = ended(&mut command(&["--notes", "stderr"]), input.as_bytes());
    wrong.extend(faults_of("annotate", &input, &aside));
    assert!(
        wrong.is_empty(),
        "{} faults\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn hostile_names_of_files_do_nothing_in_any_form() {
    let folder = Folder::new("hostile-names");
    let names: Vec<String> = hostile()
        .texts
        .iter()
        .map(|text| text.replace('/', "|") + ".log")
        .collect();
    let mut wrong = Vec::new();
    // So few at once that each gets an annotation.
    for names in names.chunks(8) {
        let mut input = String::new();
        for (number, name) in (b'A'..).zip(names) {
            let code = format!("Custom{}Exception", char::from(number));
            let error = NO_SUCH_BUCKET.replace("NoSuchBucket", &code);
            folder.file(name, &error);
            input += &error;
        }
        let missing = names.iter().map(|name| format!("missing {name}"));
        for (form, _) in FORMS {
            let mut program = command(&["--format", form, "--summary", "always", "--"]);
            program.args(names).args(missing.clone());
            let ended = ended(program.current_dir(&folder.0), b"");
            assert_eq!(ended.status.code(), Some(4), "{}", text(&ended.stderr));
            let told = text(&ended.stderr).matches("No such file").count();
            assert_eq!(told, names.len(), "{}", text(&ended.stderr));
            wrong.extend(faults_of(form, &input, &ended));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} faults\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_in_any_place_does_nothing(
        form in select(FORMS),
        parts in vec((select(hostile().places), vec(select(hostile().texts), 1..4), "[ -~]{0,6}"), 1..4),
    ) {
        let lines: Vec<String> = parts
            .iter()
            .map(|(place, hostile, other)| place.replace("@@", &(hostile.concat() + other)))
            .collect();
        let input = lines.join("\n") + "\n";
        let mut faults = faults_over(form.0, &input);
        faults.extend(links(&input));
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
