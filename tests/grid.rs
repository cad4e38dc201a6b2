//! Every shape, with each of twelve codes, behind each of nine prefixes, with and without colours: one event each.
//!
//! A shape is one file of `tests/data/shapes`, as the client prints it, with `{code}` where the code stands. A cell of the
//! grid is such an error between two ordinary lines, dressed as a log dresses it. It must be recognised as one event with
//! its code, and the event's block must reach its last line, so that a note splits nothing. Where a combination has no
//! meaning (a class's name holds no dot), [`ROWS`] or [`dressed`] says so and why.
//!
//! Cuts: the first cell of each shape is cut in two at every byte, every other one at every 211th, and where the cuts begin
//! moves on by one byte from cell to cell: a shape has some two hundred, so that each byte is cut in another dress too.
//! In some of them each byte comes alone. All cells at every byte want a release build and some minutes:
//! `GRID_CUTS=every cargo test --release --test grid`.

#[path = "data/heard.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod heard;

use std::{fs, path::Path, thread};

use awsexplain::{catalogue, sieve::Sieve};
use heard::heard;

/// The codes: short and long, with dots, of one and of many services, and a status where the answer had no body.
const CODES: [&str; 12] = [
    "NoSuchBucket",
    "AccessDenied",
    "ThrottlingException",
    "ResourceNotFoundException",
    "ExpiredToken",
    "InvalidParameterValue",
    "InvalidInstanceID.NotFound",
    "AWS.SimpleQueueService.NonExistentQueue",
    "ProvisionedThroughputExceededException",
    "UnauthorizedOperation",
    "ServiceUnavailable",
    "404",
];

/// Which codes a shape has a place for.
#[derive(Clone, Copy, PartialEq)]
enum Codes {
    /// All, and the HTTP status where there was none: botocore.
    OrStatus,
    /// All that a service sends.
    Sent,
    /// The name of a type, made from the code: letters and digits.
    Type,
    /// The same with `Exception` at its end.
    Class,
}
use Codes::{Class, OrStatus, Sent, Type};

/// Where an error is not put inside the string of a record.
#[derive(Clone, Copy, PartialEq)]
enum Strings {
    /// It is.
    Yes,
    /// It is drawn for a person, line by line: a program that logs what it caught never holds it as one text.
    Drawn,
    /// It is a record itself; that it stands escaped in another is tried with `json-body` and `xml-escaped`.
    Record,
}
use Strings::{Drawn, Record, Yes};

/// Each shape, its codes, and whether it is put inside strings.
const ROWS: &[(&str, Codes, Strings)] = &[
    ("cli-legacy", OrStatus, Yes),
    ("cli-enhanced", OrStatus, Yes),
    ("cli-old", OrStatus, Yes),
    ("cli-json", Sent, Drawn),
    // YAML and the next two are told by the form of the code at the start of a line.
    ("cli-yaml", Type, Drawn),
    ("cli-text", Type, Drawn),
    ("cli-table", Type, Drawn),
    ("cli-transfer", OrStatus, Yes),
    ("cli-waiter", OrStatus, Yes),
    ("boto3-traceback", OrStatus, Yes),
    ("boto3-wrapped", OrStatus, Yes),
    ("pynamodb", OrStatus, Yes),
    ("go-v1", Sent, Yes),
    ("go-v1-caused", Sent, Yes),
    ("go-v1-metadata", Type, Yes),
    ("go-v2", Sent, Yes),
    ("go-v2-modelled", Type, Yes),
    ("terraform", Sent, Drawn),
    ("karpenter", Sent, Yes),
    ("ebs-csi", Sent, Yes),
    ("java-v1", Sent, Yes),
    ("java-oldest", Sent, Yes),
    ("java-v2", Class, Yes),
    ("s3a", Sent, Yes),
    ("kotlin", Class, Yes),
    ("cloudformation-handler", Type, Yes),
    ("javascript-v2", Sent, Yes),
    ("javascript-v2-json", Sent, Record),
    ("javascript-v3", Type, Yes),
    ("javascript-v3-json", Type, Record),
    ("lambda-json", Type, Record),
    ("dotnet", Class, Yes),
    ("dotnet-code", Sent, Yes),
    ("powershell", Class, Drawn),
    ("ruby", Type, Yes),
    ("ruby-log", Type, Yes),
    ("php", Sent, Yes),
    ("async-aws", Sent, Yes),
    ("rust", Sent, Yes),
    ("rust-debug", Sent, Yes),
    ("cpp", Sent, Yes),
    ("swift", Sent, Yes),
    ("xml-s3", Sent, Yes),
    ("xml-query", Sent, Yes),
    ("xml-ec2", Sent, Yes),
    ("xml-escaped", Sent, Yes),
    ("json-body", Sent, Yes),
    ("cloudtrail", Sent, Record),
    ("haskell", Sent, Drawn),
    ("s3cmd", Sent, Drawn),
    ("libs3", Type, Drawn),
    ("fluent-bit", Sent, Drawn),
    ("rclone", Sent, Yes),
    ("named", Sent, Yes),
];

/// What stands before an error: on each of its lines, or on the first of one record.
const BEFORE: &[(&str, &str, bool)] = &[
    ("nothing", "", true),
    ("a CI system's time", "2026-11-24T18:00:01.1234567Z ", true),
    ("a container's name", "web-1  | ", true),
    ("pytest", "E   ", true),
    ("a box", "│ ", true),
    ("a level", "2026-11-24 18:00:01,123 ERROR ", false),
    ("GitHub", "2026-11-24T18:00:01.1234567Z ##[error]", false),
];

/// Records that hold the error in a string: `{}` is its place.
const RECORDS: &[(&str, &str)] = &[
    (
        "JSON",
        r#"{"level":"error","ts":1795543201.123,"logger":"app","msg":"{}","attempt":1}"#,
    ),
    (
        "logfmt",
        r#"time=2026-11-24T18:00:01Z level=error msg="{}" attempt=1"#,
    ),
];

/// The code as this shape has it; `None` where it has no place for it.
fn form(codes: Codes, code: &str) -> Option<String> {
    let status = code.parse::<u16>().is_ok();
    let dotted = code.contains('.');
    match codes {
        OrStatus => Some(code.to_owned()),
        Sent => (!status).then(|| code.to_owned()),
        Type => (!status && !dotted).then(|| code.to_owned()),
        Class => {
            (!status && !dotted).then(|| format!("{}Exception", code.trim_end_matches("Exception")))
        }
    }
}

/// One cell: a name, the log, where the error ends in it, the code.
struct Cell {
    name: String,
    log: String,
    end: u64,
    code: String,
}

/// The shape's text with this code, dressed in every way.
fn dressed(shape: &str, text: &str, code: &str, strings: Strings, cells: &mut Vec<Cell>) {
    let text = text.replace("{code}", code);
    let mut add = |name: &str, coloured: bool, dressed: String| {
        let colour = if coloured { ", coloured" } else { "" };
        let head = "Preparing the things … done\n";
        cells.push(Cell {
            name: format!("{shape}, {code}, behind {name}{colour}"),
            end: (head.len() + dressed.len()) as u64,
            log: format!("{head}{dressed}\nThe work goes on here.\n"),
            code: code.to_owned(),
        });
    };
    let paint = |colour: u8, text: &str| match text {
        text if text.is_empty() || colour == 0 => text.to_owned(),
        text => format!("\u{1b}[{colour}m{text}\u{1b}[0m"),
    };
    for coloured in [false, true] {
        let lines: Vec<String> = text
            .lines()
            .map(|line| paint(if coloured { 31 } else { 0 }, line))
            .collect();
        for (name, before, each) in BEFORE {
            // A box in a box, and a table whose edge is a bar behind a bar: nobody draws that.
            if *name == "a box" && strings == Drawn {
                continue;
            }
            // A record of a log begins with a level, and what is drawn for a person is none.
            if !each && strings == Drawn {
                continue;
            }
            let before = if coloured {
                paint(36, before)
            } else {
                (*before).to_owned()
            };
            let line = |(number, line): (usize, &String)| {
                let before = if *each || number == 0 { &before } else { "" };
                format!("{before}{line}")
            };
            let dressed: Vec<String> = lines.iter().enumerate().map(line).collect();
            add(name, coloured, dressed.join("\n"));
        }
        if strings == Yes {
            for (name, record) in RECORDS {
                let string = serde_json::to_string(&lines.join("\n")).expect("it is text");
                let inner = &string[1..string.len() - 1];
                add(name, coloured, record.replace("{}", inner));
            }
        }
    }
}

fn cells(rows: &[(&str, Codes, Strings)]) -> Vec<Cell> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/shapes");
    let mut cells = Vec::new();
    for (shape, codes, strings) in rows {
        let path = folder.join(format!("{shape}.txt"));
        let text = fs::read_to_string(&path).expect("the shape's file is there");
        for code in CODES.iter().filter_map(|code| form(*codes, code)) {
            dressed(shape, &text, &code, *strings, &mut cells);
        }
    }
    cells
}

/// The code and the end of each block.
fn read<'i>(
    sieve: &Sieve,
    pieces: impl IntoIterator<Item = &'i [u8]>,
) -> Vec<(Option<String>, u64)> {
    let errors = heard(sieve, pieces).errors.into_iter();
    errors
        .map(|found| (found.error.code, found.place.end))
        .collect()
}

/// What is wrong with the cell; `None` where all is well.
fn fault(sieve: &Sieve, cell: &Cell) -> Option<String> {
    let told = read(sieve, [cell.log.as_bytes()]);
    let [(code, end)] = &told[..] else {
        return Some(format!("{}: {:?}", cell.name, told));
    };
    if code.as_deref() != Some(&cell.code) {
        return Some(format!("{}: read as {code:?}", cell.name));
    }
    (*end < cell.end).then(|| {
        let rest = &cell.log[*end as usize..cell.end as usize];
        format!("{}: its block ends before {rest:?}", cell.name)
    })
}

/// Runs `judge` over parts of the rows, each in a thread of its own; gives what it finds.
fn over_rows(judge: impl Fn(&Sieve, Vec<Cell>) -> Vec<String> + Sync) -> Vec<String> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let parts = ROWS.chunks(ROWS.len().div_ceil(workers));
    thread::scope(|scope| {
        let judge = &judge;
        let work = |rows| scope.spawn(move || judge(&Sieve::default(), cells(rows)));
        let running: Vec<_> = parts.map(work).collect();
        let results = running
            .into_iter()
            .map(|part| part.join().expect("no panic"));
        results.flatten().collect()
    })
}

#[test]
fn every_cell_is_one_event_with_its_code() {
    let faults =
        over_rows(|sieve, cells| cells.iter().filter_map(|cell| fault(sieve, cell)).collect());
    assert!(
        faults.is_empty(),
        "{} cells:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// How far apart the cuts of one cell are; those of the next cell of the shape stand one byte further.
const STRIDE: usize = 211;

#[test]
fn a_cut_changes_nothing() {
    let every = std::env::var_os("GRID_CUTS").is_some_and(|cuts| cuts == "every");
    let faults = over_rows(|sieve, cells| {
        let mut faults = Vec::new();
        let (mut shape, mut turn) = (String::new(), 0);
        for cell in &cells {
            let own = cell.name.split(',').next().unwrap_or_default();
            if own != shape {
                (shape, turn) = (own.to_owned(), 0);
            }
            let log = cell.log.as_bytes();
            let whole = read(sieve, [log]);
            if turn % STRIDE == 0 && read(sieve, log.chunks(1)) != whole {
                faults.push(format!("{}: each byte alone", cell.name));
            }
            // The first cell of each shape at every byte.
            let (first, stride) = if turn == 0 || every {
                (0, 1)
            } else {
                (turn % STRIDE, STRIDE)
            };
            for at in (first..log.len()).step_by(stride) {
                let (head, tail) = log.split_at(at);
                if read(sieve, [head, tail]) != whole {
                    faults.push(format!("{}: cut at {at}", cell.name));
                }
            }
            turn += 1;
        }
        faults
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_table_has_every_shape_and_codes_that_exist() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/shapes");
    let files = fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> = files
        .map(|file| file.expect("it can be listed").path())
        .map(|path| {
            path.file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    let mut rows: Vec<_> = ROWS.iter().map(|(shape, ..)| (*shape).to_owned()).collect();
    rows.sort();
    assert_eq!(rows, names);
    for code in CODES {
        assert!(code == "404" || catalogue::code(code).is_some(), "{code}");
    }
}
