//! The real binary, run in a bare environment: what tests of the program have in common.

use std::{
    io::Write,
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
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
    // Where the lines that tests reach are counted, those of this process count as well.
    command.envs(std::env::var_os("LLVM_PROFILE_FILE").map(|file| ("LLVM_PROFILE_FILE", file)));
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

/// The most memory that a child which runs has had so far, in KiB.
pub fn peak(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("it runs");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse().ok());
    peak.expect("its memory, in KiB")
}

/// What comes out for this input.
pub fn out(arguments: &[&str], input: &str) -> String {
    text(&ended(&mut command(arguments), input.as_bytes()).stdout)
}

/// What starts after this heeds these signals. Who starts the tests may ignore some, a job in the background or a CI
/// system, and hands that down; a signal that is caught here has its usual effect in a child.
pub fn let_children_heed_signals() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2};
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2] {
            signal_hook::flag::register(signal, std::sync::Arc::default())
                .expect("it can be caught");
        }
    });
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

/// Holds an output to the file that a person can read: `tests/expected/<name>`. With `UPDATE_EXPECTED=1` the file is written.
pub fn expected(name: &str, output: &str) {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/expected")
        .join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, output).expect("the file can be written");
    }
    let wanted = std::fs::read_to_string(&file).expect("the file is there");
    assert_eq!(output, wanted, "{name}; UPDATE_EXPECTED=1 writes it anew");
}

/// A folder of this test's own, gone with it.
pub struct Folder(pub std::path::PathBuf);

impl Folder {
    /// An empty folder; two of one name are two, since tests run side by side.
    pub fn new(name: &str) -> Self {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let own = format!("awsexplain-{}-{number}-{name}", std::process::id());
        let path = std::env::temp_dir().join(own);
        std::fs::create_dir_all(&path).expect("the folder can be made");
        Self(path)
    }

    /// Writes a file in it; gives its path.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        let folder = path.parent().expect("it has one");
        std::fs::create_dir_all(folder).expect("the folder can be made");
        std::fs::write(&path, text).expect("the file can be written");
        path.to_str().expect("it is ASCII").to_owned()
    }

    /// Its path.
    pub fn path(&self) -> &str {
        self.0.to_str().expect("it is ASCII")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
