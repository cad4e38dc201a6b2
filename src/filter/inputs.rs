//! Many files on all cores, told in their order.
//!
//! Each worker reads, unpacks, recognises and explains one file at a time, and puts what it hears into a queue of that file;
//! one thread takes from the queues in the order of the files and tells. A queue holds [`QUEUE`] pieces of at most 128 KiB,
//! and no more than two files a worker are under way, so memory is bounded by the number of cores, whatever the files are.
//! Where it is full, the worker waits.

use std::{
    collections::VecDeque,
    fs::File,
    io,
    os::fd::OwnedFd,
    sync::{
        Mutex,
        atomic::Ordering,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use super::{Explainer, Filter, Listener, Pieces, Tell, Teller, Wishes};
use crate::{
    error::{Error, Result},
    render::{Place, Told},
    sieve::Sieve,
    stream::{Decoder, Encoding, Progress, Source, pump, unpack},
};

/// How many pieces of one file may wait to be told: 16 MiB at most.
const QUEUE: usize = 128;

/// How often progress is reported while nothing comes: 100 ms.
const TICK: Duration = Duration::from_millis(100);

/// What goes from a worker to the one who tells.
enum Piece {
    Encoded(Encoding),
    Verbatim(Vec<u8>),
    Told(Box<(Told, bool)>),
    Again(u64, Place),
    Ended(Result<()>),
}

/// A file to read, and the queue for what is heard in it.
type Job<'n> = (&'n str, SyncSender<Piece>);

/// The worker's end of a queue.
struct Queue(SyncSender<Piece>);

impl Queue {
    fn put(&self, piece: Piece) -> Result<()> {
        // Nobody takes any more: the output is closed, or failed, which is told elsewhere.
        self.0.send(piece).map_err(|_| Error::Write {
            to: "standard output".to_owned(),
            source: io::ErrorKind::BrokenPipe.into(),
        })
    }
}

impl Tell for Queue {
    fn encoded(&mut self, encoding: Encoding) -> Result<()> {
        self.put(Piece::Encoded(encoding))
    }

    fn verbatim(&mut self, bytes: &[u8]) -> Result<()> {
        self.put(Piece::Verbatim(bytes.to_vec()))
    }

    fn told(&mut self, told: Told, unfinished: bool) -> Result<()> {
        self.put(Piece::Told(Box::new((told, unfinished))))
    }

    fn again(&mut self, key: u64, place: Place) -> Result<()> {
        self.put(Piece::Again(key, place))
    }
}

/// Reads one input and tells of it; `-` is standard input.
pub fn read<T: Tell>(
    name: &str,
    explainer: &Explainer<'_>,
    wishes: Wishes,
    progress: &Progress,
    to: &mut T,
) -> Result<()> {
    let input = Input::open(name)?;
    let file = (name != "-").then_some(name);
    input.read_into(progress, &mut Listener::new(explainer, wishes, file, to))
}

/// An input that can be read: standard input, a file, or a stream of a command.
#[derive(Debug)]
pub struct Input<'n> {
    name: &'n str,
    from: From<'n>,
}

/// Where an input comes from.
#[derive(Debug)]
enum From<'n> {
    Stdin,
    File(File),
    Command { pipe: OwnedFd, ended: &'n OwnedFd },
}

impl<'n> Input<'n> {
    /// Opens the input of that name; `-` is standard input.
    ///
    /// # Errors
    /// A file that cannot be opened, or that standard output goes to.
    pub fn open(name: &'n str) -> Result<Self> {
        if name == "-" {
            return Ok(Self {
                name: "standard input",
                from: From::Stdin,
            });
        }
        let failed = |source| Error::Read {
            from: name.to_owned(),
            source,
        };
        let file = File::open(name).map_err(failed)?;
        if is_output(&file) {
            return Err(failed(io::Error::other("it is also the output")));
        }
        let from = From::File(file);
        Ok(Self { name, from })
    }

    /// The pipe from a command; `ended` can be read when the command has ended.
    #[must_use]
    pub fn of_command(name: &'n str, pipe: OwnedFd, ended: &'n OwnedFd) -> Self {
        let from = From::Command { pipe, ended };
        Self { name, from }
    }

    /// Its name, for people.
    #[must_use]
    pub fn name(&self) -> &'n str {
        self.name
    }

    /// Reads it to its end: a file unpacked, standard input as it comes.
    pub fn read_into<P: Pieces>(&self, progress: &Progress, pieces: &mut P) -> Result<()> {
        let sieve = Sieve::default();
        let mut filter = Filter::new(&sieve, pieces);
        let mut decoder = Decoder::new(&mut filter);
        let done = match &self.from {
            From::File(file) => return unpack(file, self.name, progress, &mut decoder),
            From::Stdin => pump(&Source::new(&io::stdin(), self.name), &mut decoder),
            From::Command { pipe, ended } => {
                let ended = Some(*ended);
                let source = Source {
                    ended,
                    ..Source::new(pipe, self.name)
                };
                pump(&source, &mut decoder)
            }
        };
        progress.fetch_add(filter.passed(), Ordering::Relaxed);
        done
    }
}

/// Whether a file is the regular file that standard output goes to: reading it would never end.
fn is_output(file: &File) -> bool {
    let (Ok(input), Ok(output)) = (rustix::fs::fstat(file), rustix::fs::fstat(io::stdout())) else {
        return false;
    };
    rustix::fs::FileType::from_raw_mode(input.st_mode).is_file()
        && (input.st_dev, input.st_ino) == (output.st_dev, output.st_ino)
}

/// Reads all inputs on this many workers and tells of them in order.
///
/// `failed` gets each file that could not be read to its end, when its turn comes; `tick` is called now and then.
pub fn read_all(
    names: &[String],
    workers: usize,
    explainer: &Explainer<'_>,
    teller: &mut Teller,
    progress: &Progress,
    failed: &mut dyn FnMut(&Error),
    tick: &mut dyn FnMut(),
) -> Result<()> {
    let wishes = teller.wishes();
    let (jobs, taken) = sync_channel::<Job<'_>>(2 * workers);
    let taken = &Mutex::new(taken);
    thread::scope(|scope| {
        // Dropped when this returns, however it does: workers then find no job and nobody who takes.
        let jobs = jobs;
        for _ in 0..workers {
            scope.spawn(move || work(taken, explainer, wishes, progress));
        }
        let mut waiting = VecDeque::new();
        let mut rest = names.iter();
        loop {
            while waiting.len() < 2 * workers {
                let Some(name) = rest.next() else { break };
                let (sender, receiver) = sync_channel(QUEUE);
                waiting.push_back((name, receiver));
                // Workers end only when `jobs` is dropped.
                let _ = jobs.send((name, sender));
            }
            let Some((name, pieces)) = waiting.pop_front() else {
                return Ok(());
            };
            teller.enter((name != "-").then_some(name))?;
            match take(&pieces, teller, tick) {
                Err(fault @ Error::Read { .. }) => failed(&fault),
                ended => ended?,
            }
        }
    })
}

/// Takes one file after the other, until there is none.
fn work(
    taken: &Mutex<Receiver<Job<'_>>>,
    explainer: &Explainer<'_>,
    wishes: Wishes,
    progress: &Progress,
) {
    loop {
        let job = taken.lock().map(|jobs| jobs.recv());
        let Ok(Ok((name, sender))) = job else { return };
        let mut queue = Queue(sender);
        let ended = read(name, explainer, wishes, progress, &mut queue);
        let _ = queue.put(Piece::Ended(ended));
    }
}

/// Tells all of one file; gives how reading it ended.
fn take(pieces: &Receiver<Piece>, teller: &mut Teller, tick: &mut dyn FnMut()) -> Result<()> {
    loop {
        match pieces.recv_timeout(TICK) {
            Ok(Piece::Encoded(encoding)) => teller.encoded(encoding)?,
            Ok(Piece::Verbatim(bytes)) => teller.verbatim(&bytes)?,
            Ok(Piece::Told(told)) => teller.told(told.0, told.1)?,
            Ok(Piece::Again(key, place)) => teller.again(key, place)?,
            Ok(Piece::Ended(ended)) => return ended,
            Err(RecvTimeoutError::Timeout) => {}
            // A worker ends its files; it is gone only where it panicked, which the scope passes on.
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        tick();
    }
}
