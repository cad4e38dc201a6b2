//! Processes made up for tests.

use std::collections::BTreeMap;

use super::{Processes, Stream};
use crate::environment::command::name;

/// A process made up for a test.
#[derive(Debug, Clone, Default)]
pub struct FakeProcess {
    parent: u32,
    words: Vec<String>,
    streams: [Option<Stream>; 3],
    variables: Option<Vec<(String, String)>>,
}

impl FakeProcess {
    /// A process that `parent` started with these words, which are split at blanks; nothing else of it can be seen.
    #[must_use]
    pub fn new(parent: u32, line: &str) -> Self {
        Self {
            parent,
            words: line.split_whitespace().map(str::to_owned).collect(),
            ..Self::default()
        }
    }

    /// The same with these streams: what it reads, its output, its errors.
    #[must_use]
    pub fn with_streams(mut self, streams: [Stream; 3]) -> Self {
        self.streams = streams.map(Some);
        self.variables.get_or_insert_default();
        self
    }

    /// The same with a variable of its own.
    #[must_use]
    pub fn with_variable(mut self, name: &str, value: &str) -> Self {
        let variables = self.variables.get_or_insert_default();
        variables.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// All processes of a made-up machine; ours has the number 100, and all are of one group.
#[derive(Debug, Clone, Default)]
pub struct FakeProcesses(pub BTreeMap<u32, FakeProcess>);

/// Programs that macOS brings along.
const OF_MACOS: &[&str] = &[
    "sh", "bash", "zsh", "cat", "tail", "grep", "sed", "tee", "zcat", "ssh", "sudo",
];

impl FakeProcesses {
    /// The same processes as macOS shows them: of somebody else's the name alone, and of programs that it brings along no
    /// variables.
    #[must_use]
    pub fn on_macos(mut self) -> Self {
        for process in self.0.values_mut() {
            let program = process.words.first().map_or("", |word| name(word));
            if OF_MACOS.contains(&program) {
                process.variables = None;
            }
            if process.streams == [None; 3] {
                process.words = vec![program.to_owned()];
            }
        }
        self
    }
}

impl Processes for FakeProcesses {
    fn own(&self) -> u32 {
        100
    }

    fn parent(&self, process: u32) -> Option<u32> {
        let parent = self.0.get(&process)?.parent;
        (parent > 0).then_some(parent)
    }

    fn group(&self, process: u32) -> Option<u32> {
        self.0.get(&process).map(|_| 1)
    }

    fn children(&self, process: u32) -> Vec<u32> {
        let all = self.0.iter();
        all.filter(|(_, one)| one.parent == process)
            .map(|(id, _)| *id)
            .collect()
    }

    fn words(&self, process: u32) -> Vec<String> {
        self.0
            .get(&process)
            .map(|one| one.words.clone())
            .unwrap_or_default()
    }

    fn tells_every_word(&self) -> bool {
        true
    }

    fn stream(&self, process: u32, number: u8) -> Option<Stream> {
        self.0.get(&process)?.streams[usize::from(number)]
    }

    fn variables(&self, process: u32) -> Option<Vec<(String, String)>> {
        self.0.get(&process)?.variables.clone()
    }
}
