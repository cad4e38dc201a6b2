//! What can be named as an input, and what can be wrong with it: the faulty one is told on standard error in plain words, the
//! others are done, the status is 4.

#![cfg(unix)]

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::{
    fs::{self, File, OpenOptions, Permissions},
    io::{Read, Write},
    os::unix::{
        fs::{PermissionsExt, symlink},
        process::CommandExt,
    },
    process::{Command, Output},
    thread,
    time::Duration,
};

use flate2::{Compression, write::GzEncoder};
use running::{Folder, INVALID_TOKEN, NO_SUCH_BUCKET, command, ended, feed, text};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

fn write(folder: &Folder, name: &str, bytes: &[u8]) -> String {
    let path = folder.0.join(name);
    fs::write(&path, bytes).expect("it can be written");
    path.to_str().expect("it is ASCII").to_owned()
}

fn run(names: &[&str]) -> Output {
    ended(&mut command(names), b"")
}

/// The output without the notes.
fn without_notes(output: &[u8]) -> String {
    let output = text(output);
    let lines = output.split_inclusive('\n');
    lines.filter(|line| !line.starts_with("  ┃")).collect()
}

fn notes(output: &[u8]) -> usize {
    text(output).matches("  ┃ InvalidToken").count()
}

/// What is said of one faulty input that stands between two others, which must be done.
fn fault(name: &str) -> String {
    let folder = Folder::new("between");
    let before = write(&folder, "before.log", b"before\n");
    let after = write(&folder, "after.log", INVALID_TOKEN.as_bytes());
    let done = run(&[&before, name, &after]);
    assert_eq!(done.status.code(), Some(4), "{}", text(&done.stderr));
    let passed = without_notes(&done.stdout);
    assert!(
        passed.starts_with("before\n") && passed.ends_with(INVALID_TOKEN),
        "{passed}"
    );
    assert!(notes(&done.stdout) >= 1);
    let said = text(&done.stderr);
    assert_eq!(said.lines().count(), 1, "{said}");
    let head = format!("awsexplain: cannot read {name}: ");
    let said = said.trim_end().strip_prefix(&head);
    said.expect("it names the input").to_owned()
}

#[test]
fn packed_files_are_told_by_their_content() {
    let folder = Folder::new("content");
    let log = format!("one\n{INVALID_TOKEN}two\n");
    let (gz, zst) = (gz(log.as_bytes()), zst(log.as_bytes()));
    for (name, bytes) in [
        ("a.log", &gz),
        ("b.gz", &zst),
        ("c.txt.zst", &gz),
        ("d", &zst),
    ] {
        let done = run(&[&write(&folder, name, bytes)]);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        assert_eq!(without_notes(&done.stdout), log, "{name}");
        assert_eq!(notes(&done.stdout), 1, "{name}");
    }
    // A name alone makes no archive.
    let done = run(&[&write(&folder, "plain.gz", log.as_bytes())]);
    assert_eq!(without_notes(&done.stdout), log);
    assert_eq!(done.status.code(), Some(0));
}

#[test]
fn members_that_are_joined_are_one_log() {
    let folder = Folder::new("members");
    let half = INVALID_TOKEN.len() / 2;
    let log = [INVALID_TOKEN, NO_SUCH_BUCKET].concat();
    let (first, second) = (&log.as_bytes()[..half], &log.as_bytes()[half..]);
    // A frame that is to be skipped stands between those of zstd.
    let skipped = b"\x52\x2a\x4d\x18\x03\0\0\0abc".to_vec();
    for (name, bytes) in [
        ("members.gz", [gz(first), gz(b""), gz(second)].concat()),
        ("frames.zst", [zst(first), skipped, zst(second)].concat()),
    ] {
        let done = run(&[&write(&folder, name, &bytes)]);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        assert_eq!(without_notes(&done.stdout), log, "{name}");
        assert_eq!(notes(&done.stdout), 1, "{name}");
    }
}

#[test]
fn an_archive_that_breaks_off_gives_what_it_has() {
    let folder = Folder::new("cut");
    let lines = (0..60_000_u32).map(|line| line.wrapping_mul(2_654_435_761).to_string());
    let log = [INVALID_TOKEN, &lines.collect::<Vec<_>>().join("\n")].concat();
    for (packing, bytes) in [("gzip", gz(log.as_bytes())), ("zstd", zst(log.as_bytes()))] {
        for keep in [bytes.len() / 2, bytes.len() - 1] {
            let name = write(&folder, "cut", &bytes[..keep]);
            assert_eq!(
                fault(&name),
                format!(
                    "its {packing} data breaks off; what stands before that place is passed on"
                )
            );
            let done = run(&[&name]);
            let passed = without_notes(&done.stdout);
            assert!(passed.len() > 1000 && log.starts_with(&passed), "{packing}");
            assert_eq!(notes(&done.stdout), 1, "{packing}");
        }
    }
}

#[test]
fn an_archive_that_is_damaged_is_told_in_plain_words() {
    let folder = Folder::new("damaged");
    let log = INVALID_TOKEN.repeat(2000);
    for (packing, bytes) in [("gzip", gz(log.as_bytes())), ("zstd", zst(log.as_bytes()))] {
        let wanted =
            format!("its {packing} data is damaged; what stands before that place is passed on");
        // The checksum at the end, and something else behind the end.
        let mut sum = bytes.clone();
        let at = sum.len() - if packing == "gzip" { 8 } else { 4 };
        sum[at] ^= 0xff;
        assert_eq!(fault(&write(&folder, "sum", &sum)), wanted);
        let more = [bytes.as_slice(), b"something else"].concat();
        assert_eq!(fault(&write(&folder, "more", &more)), wanted);
    }
    // Any damage: never a panic, never raw words of a library.
    let log: Vec<u8> = (0..40_000_u32)
        .flat_map(|n| (n * n).to_le_bytes())
        .collect();
    for bytes in [gz(&log), zst(&log)] {
        for at in (10..bytes.len()).step_by(bytes.len() / 12) {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0x55;
            let done = run(&[&write(&folder, "any", &bytes)]);
            let said = text(&done.stderr);
            let plain = said.is_empty()
                || said.contains("data is damaged")
                || said.contains("data breaks off");
            assert!(plain, "{said}");
            assert_eq!(
                done.status.code(),
                Some(if said.is_empty() { 0 } else { 4 })
            );
        }
    }
}

#[test]
fn what_is_no_file_is_told() {
    let folder = Folder::new("no-file");
    let missing = folder.0.join("missing.log").display().to_string();
    assert!(fault(&missing).starts_with("No such file or directory"));
    assert_eq!(
        fault(folder.path()),
        "it is a folder; add --recursive to read what is in it"
    );
    let circle = folder.0.join("circle");
    symlink(&circle, &circle).expect("a link can be made");
    assert!(fault(circle.to_str().expect("ASCII")).contains("symbolic links"));
}

#[test]
fn a_file_that_this_user_may_not_read_is_told() {
    // Root reads everything, so the program is run as nobody there.
    let is_root =
        fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let folder = Folder::new("shut");
    fs::set_permissions(&folder.0, Permissions::from_mode(0o755)).expect("it is ours");
    let shut = write(&folder, "shut.log", b"text\n");
    fs::set_permissions(&shut, Permissions::from_mode(0o0)).expect("it is ours");
    let open = write(&folder, "open.log", INVALID_TOKEN.as_bytes());
    let mut program = command(&[&shut, &open]);
    if is_root {
        program.uid(65534).gid(65534);
    }
    let done = ended(&mut program, b"");
    assert_eq!(done.status.code(), Some(4));
    assert!(text(&done.stderr).contains("shut.log: Permission denied"));
    assert_eq!(without_notes(&done.stdout), INVALID_TOKEN);
}

#[test]
fn a_named_pipe_is_read_as_it_comes() {
    let folder = Folder::new("pipe");
    let pipe = folder.0.join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo is there").success());
    let writer = {
        let pipe = pipe.clone();
        thread::spawn(move || fs::write(pipe, [INVALID_TOKEN, "text\n"].concat()))
    };
    let done = run(&[pipe.to_str().expect("ASCII")]);
    assert!(writer.join().expect("it ends").is_ok());
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert_eq!(
        without_notes(&done.stdout),
        [INVALID_TOKEN, "text\n"].concat()
    );
    assert_eq!(notes(&done.stdout), 1);
}

#[test]
fn a_folder_is_read_by_name_and_links_in_it_are_not_followed() {
    let folder = Folder::new("recursive");
    folder.file("logs/b.log", "b\n");
    folder.file("logs/a.log", INVALID_TOKEN);
    folder.file("logs/a/deep/c.log", "c\n");
    folder.file("elsewhere/d.log", "d\n");
    let logs = folder.0.join("logs");
    symlink(&logs, logs.join("a/circle")).expect("a link can be made");
    symlink("circle", logs.join("circle")).expect("a link can be made");
    symlink("../elsewhere/d.log", logs.join("z.log")).expect("a link can be made");
    let made = Command::new("mkfifo").arg(logs.join("pipe")).status();
    assert!(made.expect("mkfifo is there").success());
    let logs = logs.to_str().expect("ASCII");
    for flag in ["--recursive", "-r"] {
        let done = run(&[flag, logs]);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        assert_eq!(
            without_notes(&done.stdout),
            ["c\n", INVALID_TOKEN, "b\n"].concat()
        );
        assert_eq!(text(&done.stderr), "");
    }
    // What is named is read, a link too.
    let link = folder.0.join("logs/z.log").display().to_string();
    assert_eq!(text(&run(&[&link]).stdout), "d\n");
}

#[test]
fn many_inputs_come_in_the_order_of_their_names_on_the_command_line() {
    let folder = Folder::new("order");
    let mut names = Vec::new();
    let mut wanted = String::new();
    for number in 0..60_usize {
        // The first ones take the longest.
        let log = format!("{number}\n").repeat(1 + (60 - number) * 300);
        wanted += &log;
        let bytes = match number % 3 {
            0 => gz(log.as_bytes()),
            1 => zst(log.as_bytes()),
            _ => log.into_bytes(),
        };
        names.push(write(&folder, &format!("{}.log", 99 - number), &bytes));
    }
    names.insert(30, "-".to_owned());
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let done = ended(&mut command(&names), INVALID_TOKEN.as_bytes());
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let at = wanted.find("30\n").expect("it is there");
    wanted.insert_str(at, INVALID_TOKEN);
    assert!(without_notes(&done.stdout) == wanted, "not in order");
    assert_eq!(notes(&done.stdout), 1);
}

/// Runs over these files, and does something while the output is full and so reading stands still; the output and what was
/// said.
fn meanwhile(names: &[&str], act: impl FnOnce()) -> (Option<i32>, Vec<u8>, String) {
    let mut child = command(names).spawn().expect("the binary is built");
    feed(&mut child, b"");
    let (mut stdout, mut stderr) = (
        child.stdout.take().expect("a pipe"),
        child.stderr.take().expect("a pipe"),
    );
    let mut out = vec![0; 10];
    stdout.read_exact(&mut out).expect("it begins");
    // Some files are open now, the first one is not read to its end: it is longer than all queues.
    thread::sleep(Duration::from_millis(200));
    act();
    stdout.read_to_end(&mut out).expect("it ends");
    let mut said = String::new();
    stderr.read_to_string(&mut said).expect("it ends");
    (child.wait().expect("it ends").code(), out, said)
}

/// More than what may wait to be told.
fn long() -> Vec<u8> {
    b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n".repeat(320_000)
}

#[test]
fn files_that_grow_shrink_or_vanish_are_told() {
    let folder = Folder::new("meanwhile");
    let long = long();
    let first = write(&folder, "first.log", &long);
    let mut names = vec![first.clone()];
    for number in 0..20 {
        names.push(write(&folder, &format!("{number}.log"), b"text\n"));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();

    // The last one has gone before its turn, the first one while it was open, which does nothing to it.
    let (status, out, said) = meanwhile(&names, || {
        fs::remove_file(&first).expect("it is there");
        fs::remove_file(names[20]).expect("it is there");
    });
    assert_eq!(status, Some(4));
    assert!(out == [long.as_slice(), &b"text\n".repeat(19)].concat());
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("19.log: No such file or directory"), "{said}");

    write(&folder, "first.log", &long);
    write(&folder, "19.log", b"text\n");
    let (status, out, said) = meanwhile(&names, || {
        let file = OpenOptions::new().append(true).open(&first);
        file.and_then(|mut file| file.write_all(b"more\n"))
            .expect("it is there");
    });
    assert_eq!(status, Some(4));
    assert!(out == [long.as_slice(), &b"text\n".repeat(20)].concat());
    assert!(
        said.contains("first.log: it grew while it was read; what came behind was left out"),
        "{said}"
    );

    write(&folder, "first.log", &long);
    let (status, out, said) = meanwhile(&names, || {
        let file = OpenOptions::new().write(true).open(&first);
        file.and_then(|file| file.set_len(1000))
            .expect("it is there");
    });
    assert_eq!(status, Some(4));
    assert!(out.len() < long.len() && out.ends_with(&b"text\n".repeat(20)));
    assert!(
        said.contains("first.log: it was cut while it was read"),
        "{said}"
    );
}

#[test]
fn a_file_that_is_the_output_is_not_read() {
    let folder = Folder::new("output");
    let name = write(&folder, "a.log", INVALID_TOKEN.as_bytes());
    let out = File::options()
        .append(true)
        .open(&name)
        .expect("it is there");
    let done = ended(command(&[&name]).stdout(out), b"");
    assert_eq!(done.status.code(), Some(4));
    assert!(text(&done.stderr).contains("it is also the output"));
    assert_eq!(
        fs::read_to_string(&name).expect("it is there"),
        INVALID_TOKEN
    );
}
