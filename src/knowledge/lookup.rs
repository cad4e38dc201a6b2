//! From an error to its entry: the user's own knowledge first, then what is built in.

use std::{
    path::{Path, PathBuf},
    rc::Rc,
    sync::OnceLock,
};

use super::{
    Entry, Subject,
    base::{BUILT_IN, Base, Own, Row},
    form,
    gather::{self, Fault, Gathered},
};
use crate::{
    catalogue,
    error::{Error, Result},
    recognise::AwsError,
};

/// Who answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// An entry of its own.
    Entry,
    /// The family of its code.
    Family,
    /// The bare facts of the catalogue.
    Catalogue,
}

/// The entry for an error.
#[derive(Debug)]
pub struct Answer {
    /// `<area>/<Name>`; `catalogue` where there is none.
    pub id: String,
    /// Who answered.
    pub by: Match,
    /// What is known; `None` from the catalogue.
    pub entry: Option<Rc<Entry>>,
    /// Which rule it was, as its `message` regex, whose groups fill slots.
    pub message: Option<String>,
}

/// A folder of a user's own entries.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// Who asked for it.
    pub asked: Asked,
}

/// Who asked for a folder, and so what it means where something is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The command line: every fault ends the program.
    Typed,
    /// A variable or a file: every fault is told.
    Named,
    /// Nobody, it is the usual place: it need not exist.
    Usual,
}

/// What is built in, with the user's own entries before it. Those are read at the first question.
pub struct Knowledge {
    pub(super) folders: Vec<Folder>,
    own: OnceLock<Own>,
    /// See [`Knowledge::anchors`].
    pub(super) anchors: OnceLock<Vec<String>>,
    warn: fn(&Error),
}

impl std::fmt::Debug for Knowledge {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Knowledge")
            .field("folders", &self.folders)
            .finish_non_exhaustive()
    }
}

impl Default for Knowledge {
    /// What is built in, alone.
    fn default() -> Self {
        Self::with(Vec::new(), |_| {})
    }
}

/// One code's entry, whatever else its rule asks for.
#[derive(Debug)]
pub struct OfCode {
    /// The entry.
    pub answer: Answer,
    /// The services that its rules for the code ask for; empty: any.
    pub services: Vec<String>,
    /// Whether its rules ask for nothing but the code, and perhaps the service.
    pub plain: bool,
}

impl Knowledge {
    /// The folders' entries before what is built in. A file that is not of the form is left out, and `warn` is told of the
    /// first of them, once.
    #[must_use]
    pub fn with(folders: Vec<Folder>, warn: fn(&Error)) -> Self {
        Self {
            folders,
            own: OnceLock::new(),
            anchors: OnceLock::new(),
            warn,
        }
    }

    /// Reads the folders now.
    ///
    /// # Errors
    /// The first file of a typed folder that is not of the form, or such a folder that cannot be read.
    pub fn read_now(&self) -> Result<()> {
        let (gathered, faults) = self.read();
        let typed = |file: &Path| {
            let mut folders = self.folders.iter();
            folders.any(|folder| folder.asked == Asked::Typed && file.starts_with(&folder.path))
        };
        let (typed, others): (Vec<_>, Vec<_>) =
            faults.into_iter().partition(|fault| typed(&fault.file));
        if let Some(fault) = typed.into_iter().next() {
            return Err(invalid(fault));
        }
        self.tell(others);
        let _ = self.own.set(Own::new(gathered));
        Ok(())
    }

    /// One warning, however many faults there are.
    fn tell(&self, faults: Vec<Fault>) {
        let more = faults.len().saturating_sub(1);
        if let Some(mut fault) = faults.into_iter().next() {
            if more > 0 {
                fault.what = format!("{} (and {more} more)", fault.what);
            }
            fault.what = format!("{}; the rest of the knowledge is used", fault.what);
            (self.warn)(&invalid(fault));
        }
    }

    fn read(&self) -> (Gathered, Vec<Fault>) {
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        for folder in &self.folders {
            match gather::files(&folder.path) {
                Ok(found) => files.extend(found),
                Err(fault)
                    if fault.kind() == std::io::ErrorKind::NotFound
                        && folder.asked == Asked::Usual => {}
                Err(fault) => faults.push(Fault {
                    file: folder.path.clone(),
                    line: 0,
                    what: format!("the knowledge cannot be read: {fault}"),
                }),
            }
        }
        let (gathered, refused) = gather::gather(&files);
        faults.extend(refused);
        (gathered, faults)
    }

    /// Both kinds, the user's first.
    fn bases(&self) -> [Base<'_>; 2] {
        let own = self.own.get_or_init(|| {
            if self.folders.is_empty() {
                return Own::new(Gathered::default());
            }
            let (gathered, faults) = self.read();
            self.tell(faults);
            Own::new(gathered)
        });
        [own.base(), BUILT_IN]
    }

    /// The entry that answers for the error.
    #[must_use]
    pub fn find(&self, error: &AwsError) -> Answer {
        let subject = Subject::of(error);
        let code = error.bare_code().unwrap_or_default();
        let bases = self.bases();
        for base in bases {
            if let Some(row) = best(base, &subject, code) {
                return answer(base, row.entry, Match::Entry, row.message());
            }
        }
        for base in bases.into_iter().filter(|_| !code.is_empty()) {
            let is_one = |number: &usize| {
                base.entry(*number).is_some_and(|entry| {
                    let mut rules = entry.rules.iter();
                    rules.any(|rule| is_of(rule, code, error.http_status))
                })
            };
            if let Some(number) = base.families().find(is_one) {
                return answer(base, number, Match::Family, "");
            }
        }
        Answer {
            id: "catalogue".to_owned(),
            by: Match::Catalogue,
            entry: None,
            message: None,
        }
    }

    /// The user's own entries with a rule without a code that holds for the error.
    pub(super) fn own_without_code(&self, error: &AwsError) -> impl Iterator<Item = Rc<Entry>> {
        let subject = Subject::of(error);
        let [own, _] = self.bases();
        let rows = own.uncoded(error.message.as_deref().unwrap_or_default());
        rows.filter(move |row| row.holds(&subject).is_some())
            .filter_map(move |row| own.entry(row.entry))
    }

    /// All entries with a rule for the code, those that ask for nothing else first, then by id.
    #[must_use]
    pub fn of_code(&self, code: &str) -> Vec<OfCode> {
        let mut found: Vec<OfCode> = Vec::new();
        for base in self.bases() {
            for row in base.rows_of(code).filter(|_| !code.is_empty()) {
                let services = row.services.split(',').filter(|name| !name.is_empty());
                let services: Vec<String> = services.map(str::to_owned).collect();
                let answer = answer(base, row.entry, Match::Entry, row.message());
                let same = found.iter_mut().find(|one| one.answer.id == answer.id);
                match same {
                    None => found.push(OfCode {
                        answer,
                        services,
                        plain: row.is_plain(),
                    }),
                    Some(known) if known.services.is_empty() || services.is_empty() => {
                        known.services.clear();
                        known.plain |= row.is_plain();
                    }
                    Some(known) => {
                        known.services.extend(services);
                        known.plain |= row.is_plain();
                    }
                }
            }
        }
        for one in &mut found {
            one.services.sort();
            one.services.dedup();
        }
        found.sort_by(|one, other| {
            let order =
                |this: &OfCode| (!this.plain, this.services.clone(), this.answer.id.clone());
            order(one).cmp(&order(other))
        });
        found
    }

    /// All codes that an entry names.
    #[must_use]
    pub fn codes(&self) -> Vec<&str> {
        let bases = self.bases();
        let mut codes: Vec<&str> = bases.iter().flat_map(|base| base.codes()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// All entries, the user's first.
    pub fn all(&self) -> impl Iterator<Item = (&str, Entry)> {
        self.bases().into_iter().flat_map(Base::all)
    }
}

fn invalid(fault: Fault) -> Error {
    Error::Invalid {
        file: fault.file,
        line: fault.line,
        what: fault.what,
    }
}

/// The rule that asks for most, among those that hold.
fn best<'t>(base: Base<'t>, subject: &Subject<'_>, code: &str) -> Option<Row<'t>> {
    let best = base
        .rows_of(code)
        .filter(|row| !row.code.is_empty())
        .chain(base.uncoded(subject.error.message.as_deref().unwrap_or_default()))
        .filter_map(|row| row.holds(subject).map(|asked| (asked, row)))
        // Of two that ask for as much, the first by id.
        .max_by(|(one, first), (other, second)| {
            one.cmp(other).then(second.entry.cmp(&first.entry))
        });
    best.map(|(_, row)| row)
}

fn answer(base: Base<'_>, number: usize, by: Match, message: &str) -> Answer {
    Answer {
        id: base.id(number).to_owned(),
        by,
        entry: base.entry(number),
        message: Some(message.to_owned()).filter(|message| !message.is_empty()),
    }
}

/// The entry of the knowledge that is built in that answers for the error.
#[must_use]
pub fn find(error: &AwsError) -> Answer {
    thread_local! {
        static ALONE: Knowledge = Knowledge::default();
    }
    ALONE.with(|knowledge| knowledge.find(error))
}

/// All entries that are built in, by id, parsed one at a time.
pub fn all() -> impl Iterator<Item = (&'static str, Entry)> {
    BUILT_IN.all()
}

/// Whether a code is of a family's form.
fn is_of(rule: &form::Rule, code: &str, status: Option<u16>) -> bool {
    let facts = catalogue::code(code);
    let status = status.or_else(|| facts.and_then(|facts| facts.statuses().next()));
    let form =
        |list: &[String], test: fn(&str, &str) -> bool| list.iter().any(|part| test(code, part));
    let asks_form = [
        &rule.code_is,
        &rule.code_starts,
        &rule.code_ends,
        &rule.code_has,
    ]
    .iter()
    .any(|list| !list.is_empty());
    let of_form = form(&rule.code_is, |code, part| code == part)
        || form(&rule.code_starts, |code, part| code.starts_with(part))
        || form(&rule.code_ends, |code, part| code.ends_with(part))
        || form(&rule.code_has, |code, part| code.contains(part));
    (!asks_form || of_form)
        && (rule.status.is_empty() || status.is_some_and(|status| rule.status.contains(&status)))
        && rule
            .fault
            .as_deref()
            .is_none_or(|fault| facts.and_then(|facts| facts.fault()) == Some(fault))
        && rule
            .retry
            .as_deref()
            .is_none_or(|retry| facts.and_then(|facts| facts.retry()) == Some(retry))
}
