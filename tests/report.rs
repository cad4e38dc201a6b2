//! `awsexplain report`: what stands on the page and in the comment, and what must not.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::fs;

use pulldown_cmark::{Event, Options, Parser, Tag};
use running::{Folder, INVALID_TOKEN, NO_SUCH_BUCKET, command, ended, text};

/// A log whose text tries to become markup in every place that quotes it.
const HOSTILE: &str = include_str!("data/report/hostile.log");

fn report(name: &str, log: &str, form: &str) -> String {
    let folder = Folder::new(&format!("report-{name}"));
    let log = folder.file("build.log", log);
    let output = folder.0.join(form).display().to_string();
    let done = ended(&mut command(&["report", &log, "-o", &output]), b"");
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    fs::read_to_string(output).expect("the report is there")
}

#[test]
fn each_explanation_stands_once_with_its_occurrences() {
    let log = "2026-01-31 10:00:00 start\n\
        2026-01-31 10:00:01 An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist\n\
        2026-01-31 10:00:02 between\n\
        2026-01-31 10:07:01 An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist\n\
        2026-01-31 10:08:00 end\n";
    let page = report("once", log, "r.html");
    assert!(page.contains("<title>AWS errors: 2</title>"));
    assert_eq!(page.matches("<article").count(), 1);
    assert!(page.contains("2 ×"));
    assert!(page.contains("line 2, 2026-01-31 10:00:01"));
    assert!(page.contains("line 4, 2026-01-31 10:07:01"));
    assert!(page.contains("2 errors between 2026-01-31 10:00:01 and 2026-01-31 10:07:01"));
    assert!(
        page.contains("10:08:00 end"),
        "the lines behind an error are shown"
    );
    let comment = report("once-md", log, "r.md");
    assert_eq!(comment.matches("<details>").count(), 1);
}

#[test]
fn a_page_loads_nothing() {
    let page = report("nothing", HOSTILE, "r.html");
    // What the search looks at stands in an attribute, and is text of the log.
    let page: String = page
        .split(" data-words=\"")
        .enumerate()
        .map(|(at, part)| {
            if at == 0 {
                part
            } else {
                part.split_once('"').map_or("", |(_, rest)| rest)
            }
        })
        .collect();
    for part in page.split('<').skip(1) {
        let tag = part.split('>').next().unwrap_or_default();
        let loads = tag.contains("src=") || tag.starts_with("link ") && !tag.contains("data:,");
        assert!(!loads, "<{tag}>");
    }
    assert!(!page.contains("@import") && !page.contains("url("));
}

#[test]
fn text_of_a_log_is_text() {
    let page = report("hostile", HOSTILE, "r.html");
    assert_eq!(page.matches("<script").count(), 1, "our own only");
    assert!(!page.contains("<img") && !page.contains("onerror=alert(1)>"));
    assert!(!page.contains('\x1b'));
    let comment = report("hostile-md", HOSTILE, "r.md");
    for event in Parser::new_ext(&comment, Options::ENABLE_TABLES) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let own = [
                    "<details>",
                    "</details>",
                    "<summary>",
                    "</summary>",
                    "<b>",
                    "</b>",
                ];
                let rest = own
                    .iter()
                    .fold(html.to_string(), |html, tag| html.replace(tag, ""));
                assert!(!rest.contains('<'), "{html}");
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://"), "{dest_url}");
            }
            _ => {}
        }
    }
}

#[test]
fn a_report_holds_no_secret() {
    let log = include_str!("data/redaction/secrets.log");
    for form in ["s.html", "s.md"] {
        let page = report(form, log, form);
        for secret in [
            "Y34FZKBOKMUTVV7",
            "wJalrXUtnFEMI",
            "IQoJb3JpZ2lu",
            "FwoGZXIvYXdz",
            "fe5f80f77d5f",
            "short-secret",
        ] {
            assert!(!page.contains(secret), "{form} holds {secret}");
        }
    }
}

#[test]
fn a_log_without_errors_says_so() {
    assert!(
        report("clean", "all is well\n", "r.html")
            .contains("No AWS error was recognised in 1 log.")
    );
    assert!(report("clean-md", "all is well\n", "r.md").contains("No AWS error was recognised."));
}

#[test]
fn what_cannot_be_done_is_said() {
    let done = ended(&mut command(&["report", "x.log", "-o", "x.pdf"]), b"");
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains(".html or .md"));
    let folder = Folder::new("report-missing");
    let output = folder.0.join("r.html").display().to_string();
    let log = folder.file("a.log", "all is well\n");
    let done = ended(
        &mut command(&["report", "/nonexistent/x.log", &log, "-o", &output]),
        b"",
    );
    assert_eq!(done.status.code(), Some(4));
    assert!(text(&done.stderr).contains("/nonexistent/x.log"));
    let page = fs::read_to_string(output).expect("the others are done");
    assert!(page.contains("a.log"));
    assert!(
        !page.contains("x.log"),
        "what could not be read is no log of the page"
    );
}

#[test]
fn many_logs_are_one_report_in_their_order() {
    let folder = Folder::new("report-many");
    let mut names: Vec<String> = (10..40)
        .map(|number| {
            let lines = "a line\n".repeat(number * 50);
            folder.file(&format!("{number}.log"), &[&lines, INVALID_TOKEN].concat())
        })
        .collect();
    names.insert(7, folder.0.join("missing.log").display().to_string());
    names.push(folder.file("last.log", &NO_SUCH_BUCKET.repeat(100)));
    let output = folder.0.join("r.html").display().to_string();
    let mut arguments = vec!["report", "-o", &output];
    arguments.extend(names.iter().map(String::as_str));
    let done = ended(&mut command(&arguments), b"");
    assert_eq!(done.status.code(), Some(4));
    assert!(text(&done.stderr).contains("missing.log"));
    assert_eq!(text(&done.stderr).lines().count(), 1);
    let page = fs::read_to_string(output).expect("the others are done");
    let logs: Vec<usize> = names
        .iter()
        .filter(|name| !name.contains("missing"))
        .map(|name| page.find(&format!("<tr><td>{name}</td>")).expect(name))
        .collect();
    assert!(logs.is_sorted(), "the table of logs is in their order");
    assert!(page.contains("<title>AWS errors: 130</title>"));
    let first = page.find("100 ×").expect("the most frequent one");
    assert!(first < page.find("30 ×").expect("the other one"));
    // Of each error so many are shown with their lines, the first ones.
    assert_eq!(page.matches("last.log, line ").count(), 20);
    assert!(page.contains("and 80 more times") && page.contains("and 10 more times"));
    assert!(page.contains("29.log, line 1451") && !page.contains("30.log, line"));
}

#[test]
fn times_are_those_of_the_block_or_the_last_before_it() {
    let log = format!(
        "2026-01-31 10:00:00 start\n{INVALID_TOKEN}2026-01-31 10:00:05 later\n2026-01-31 10:00:06 {NO_SUCH_BUCKET}\
        no time here\n{}",
        INVALID_TOKEN.trim_end()
    );
    let page = report("times", &log, "r.html");
    for place in [
        "line 2, 2026-01-31 10:00:00",
        "line 4, 2026-01-31 10:00:06",
        "line 6, 2026-01-31 10:00:06",
    ] {
        assert!(page.contains(place), "{place}");
    }
}
