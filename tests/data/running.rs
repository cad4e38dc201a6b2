//! The real binary, run in a bare environment: what tests of the program have in common.

use std::{
    io::Write,
    process::{Child, Command, Output, Stdio},
    thread,
};

/// An error, as the AWS CLI prints it.
pub const INVALID_TOKEN: &str = "An error occurred (InvalidToken) when calling the ListBuckets operation: The provided token is malformed or otherwise invalid.\n";
/// Another.
pub const NO_SUCH_BUCKET: &str = "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist\n";

/// The binary with these arguments and nothing of this machine's settings; the locale has all letters.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_awsexplain"));
    command.args(arguments).env_clear();
    command.env("HOME", "/nowhere").env("LANG", "C.UTF-8");
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    pipes.stderr(Stdio::piped());
    command
}

/// Runs the command to its end, with this input.
pub fn ended(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command.spawn().expect("the binary is built");
    feed(&mut child, input);
    child.wait_with_output().expect("it ends")
}

/// Writes all of the input while the child runs, then closes it. A child that has gone away is no fault here.
pub fn feed(child: &mut Child, input: &[u8]) {
    let (mut stdin, input) = (child.stdin.take().expect("a pipe"), input.to_vec());
    thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
}

/// What comes out for this input.
pub fn out(arguments: &[&str], input: &str) -> String {
    text(&ended(&mut command(arguments), input.as_bytes()).stdout)
}

/// Bytes that have to be text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it is UTF-8")
}

/// The lines of a note, from the bar on.
pub fn note_lines<'o>(output: &'o str, bar: &str) -> Vec<&'o str> {
    output
        .lines()
        .filter(|line| line.starts_with(bar))
        .collect()
}
