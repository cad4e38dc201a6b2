//! What a run has found, for its end: how many of which errors, where, and whether that counts as a failure.

use std::collections::HashMap;

use crate::{
    diagnose::{CauseTold, Status},
    render::{Counted, Place, Summary, Told},
};

/// How many kinds of errors are told apart; what is beyond is counted together.
const KINDS: usize = 1024;

/// Which errors make the run fail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum FailOn {
    /// None.
    #[default]
    Never,
    /// Each.
    Any,
    /// Those with one of these codes, or explained by one of these entries.
    These(Vec<String>),
}

impl FailOn {
    fn meets(&self, told: &Told) -> bool {
        match self {
            Self::Never => false,
            Self::Any => true,
            Self::These(codes) => codes.iter().any(|wanted| {
                let code = told.error.bare_code().or(told.error.code.as_deref());
                wanted == &told.explanation.entry || code.is_some_and(|code| code == wanted)
            }),
        }
    }
}

/// Counts.
#[derive(Debug)]
pub struct Tally {
    fail_on: FailOn,
    /// Whether anybody wants to know how many there were.
    counts: bool,
    met: bool,
    kinds: HashMap<u64, usize>,
    summary: Summary,
}

impl Tally {
    /// Nothing was found yet. `counts`: there will be a summary; otherwise only what makes the run fail is minded.
    #[must_use]
    pub fn new(fail_on: FailOn, counts: bool) -> Self {
        Self {
            fail_on,
            counts,
            met: false,
            kinds: HashMap::new(),
            summary: Summary::default(),
        }
    }

    /// Counts an error that is told.
    pub fn told(&mut self, told: &Told) {
        self.met = self.met || self.fail_on.meets(told);
        if !self.counts {
            return;
        }
        if !self.kinds.contains_key(&told.key) && self.kinds.len() < KINDS {
            // What differs in its message alone looks the same here.
            let new = Counted::first(told);
            let kinds = &mut self.summary.kinds;
            let same = kinds.iter().position(|kind| kind.title == new.title);
            let place = same.unwrap_or(kinds.len());
            if same.is_none() {
                kinds.push(new);
            }
            self.kinds.insert(told.key, place);
        }
        self.again(told.key, &told.place);
        if let (Some(kind), Some(cause)) = (self.kinds.get(&told.key), first(told)) {
            // The check looks once, so what is known of a cause does not change in a run.
            self.summary.kinds[*kind].sure = cause.status;
        }
    }

    /// Counts an error that was told before.
    pub fn again(&mut self, key: u64, place: &Place) {
        if !self.counts {
            return;
        }
        self.summary.errors += 1;
        match self.kinds.get(&key) {
            Some(kind) => {
                let kind = &mut self.summary.kinds[*kind];
                kind.count += 1;
                kind.last = place.clone();
            }
            None => self.summary.others += 1,
        }
    }

    /// An input begins.
    pub fn enter(&mut self) {
        self.summary.inputs += 1;
    }

    /// All that was counted.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Whether an error came that makes the run fail.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        self.met
    }
}

fn first(told: &Told) -> Option<&CauseTold> {
    let causes = &told.explanation.causes;
    causes.iter().find(|cause| cause.status != Status::RuledOut)
}
