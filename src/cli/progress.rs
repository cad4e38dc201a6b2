//! A progress bar for work over a second, on standard error where that is a terminal.

use std::{
    io::{self, IsTerminal},
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

use super::{files, screen};
use crate::{error::Error, stream::Progress};

/// Work below this shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that may come.
pub struct Bar<'p> {
    since: Instant,
    progress: &'p Progress,
    names: &'p [String],
    wanted: bool,
    drawn: Option<ProgressBar>,
}

impl<'p> Bar<'p> {
    /// A bar over these files, where it is `wanted` and there is a terminal; nothing is drawn yet.
    pub fn new(names: &'p [String], progress: &'p Progress, wanted: bool) -> Self {
        Self {
            since: Instant::now(),
            progress,
            names,
            wanted: wanted && io::stderr().is_terminal(),
            drawn: None,
        }
    }

    /// Draws how far it is, where it is time.
    pub fn tick(&mut self) {
        if !self.wanted || self.since.elapsed() < PATIENCE {
            return;
        }
        let bar = self.drawn.get_or_insert_with(|| {
            let style =
                ProgressStyle::with_template("{bar:30} {bytes} of {total_bytes}, {eta} left");
            ProgressBar::new(files::size(self.names))
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        bar.set_position(self.progress.load(Ordering::Relaxed));
    }

    /// Tells of a fault where the bar may stand.
    pub fn warn(&self, fault: &Error) {
        match &self.drawn {
            Some(bar) => bar.suspend(|| screen::warn(fault)),
            None => screen::warn(fault),
        }
    }
}

impl Drop for Bar<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.drawn {
            bar.finish_and_clear();
        }
    }
}
