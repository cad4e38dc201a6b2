//! Many inputs on all cores, taken in their order.
//!
//! Each worker reads one input at a time and puts what it finds into a queue of that input; one thread takes from the queues
//! in the order of the inputs. A queue holds [`QUEUE`] pieces, and no more than two inputs a worker are under way, so memory
//! is bounded by the number of cores, whatever the inputs are. Where a queue is full, its worker waits.
//!
//! ```
//! use awsexplain::filter::{Event, in_order};
//! let (names, mut taken) = (["b".to_owned(), "a".to_owned()], String::new());
//! in_order(&names, 2, |name, queue| queue.put(name.to_uppercase()), |event| {
//!     if let Event::Piece(piece) = event {
//!         taken += &piece;
//!     }
//!     Ok(())
//! })?;
//! assert_eq!(taken, "BA");
//! # Ok::<(), awsexplain::error::Error>(())
//! ```

use std::{
    collections::VecDeque,
    io,
    sync::{
        Mutex,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use crate::error::{Error, Result};

/// How many pieces of one input may wait to be taken: of a log's bytes, in pieces of 128 KiB, 16 MiB at most.
const QUEUE: usize = 128;

/// How often it is time while nothing comes: 100 ms.
const TICK: Duration = Duration::from_millis(100);

/// What the one who takes is told.
#[derive(Debug)]
pub enum Event<'n, P> {
    /// What follows is of this input.
    Begins(&'n str),
    /// What a worker found in it.
    Piece(P),
    /// It could not be read to its end.
    Unread(Error),
    /// Time has passed, or a piece was taken: whoever shows progress does so now.
    Tick,
}

/// The worker's end of a queue.
#[derive(Debug)]
pub struct Queue<P>(SyncSender<Piece<P>>);

#[derive(Debug)]
enum Piece<P> {
    Found(P),
    Ended(Result<()>),
}

impl<P> Queue<P> {
    /// Puts a piece behind the others; waits where the queue is full.
    ///
    /// # Errors
    /// Nobody takes any more.
    pub fn put(&self, piece: P) -> Result<()> {
        self.send(Piece::Found(piece))
    }

    fn send(&self, piece: Piece<P>) -> Result<()> {
        // The output is closed, or failed, which is told elsewhere.
        self.0.send(piece).map_err(|_| Error::Write {
            to: "standard output".to_owned(),
            source: io::ErrorKind::BrokenPipe.into(),
        })
    }
}

/// An input to read, and the queue for what is found in it.
type Job<'n, P> = (&'n str, Queue<P>);

/// Reads all inputs on this many workers, and gives what they find to `take`, in order.
///
/// # Errors
/// The first that `take` gives, or that a worker gives and is none of reading.
pub fn in_order<'n, P: Send>(
    names: &'n [String],
    workers: usize,
    read: impl Fn(&str, &mut Queue<P>) -> Result<()> + Sync,
    mut take: impl FnMut(Event<'n, P>) -> Result<()>,
) -> Result<()> {
    let (jobs, taken) = sync_channel::<Job<'_, P>>(2 * workers);
    let (read, taken) = (&read, &Mutex::new(taken));
    thread::scope(|scope| {
        // Dropped when this returns, however it does: workers then find no job and nobody who takes.
        let jobs = jobs;
        for _ in 0..workers {
            scope.spawn(move || work(taken, read));
        }
        let mut waiting = VecDeque::new();
        let mut rest = names.iter();
        loop {
            while waiting.len() < 2 * workers {
                let Some(name) = rest.next() else { break };
                let (sender, receiver) = sync_channel(QUEUE);
                waiting.push_back((name, receiver));
                // Workers end only when `jobs` is dropped.
                let _ = jobs.send((name, Queue(sender)));
            }
            let Some((name, pieces)) = waiting.pop_front() else {
                return Ok(());
            };
            take(Event::Begins(name))?;
            match take_all(&pieces, &mut take) {
                Err(fault @ Error::Read { .. }) => take(Event::Unread(fault))?,
                ended => ended?,
            }
        }
    })
}

/// Reads one input after the other, until there is none.
fn work<P>(
    taken: &Mutex<Receiver<Job<'_, P>>>,
    read: &(impl Fn(&str, &mut Queue<P>) -> Result<()> + Sync),
) {
    loop {
        let job = taken.lock().map(|jobs| jobs.recv());
        let Ok(Ok((name, mut queue))) = job else {
            return;
        };
        let ended = read(name, &mut queue);
        let _ = queue.send(Piece::Ended(ended));
    }
}

/// Takes all of one input; gives how reading it ended.
fn take_all<'n, P>(
    pieces: &Receiver<Piece<P>>,
    take: &mut impl FnMut(Event<'n, P>) -> Result<()>,
) -> Result<()> {
    loop {
        match pieces.recv_timeout(TICK) {
            Ok(Piece::Found(piece)) => take(Event::Piece(piece))?,
            Ok(Piece::Ended(ended)) => return ended,
            Err(RecvTimeoutError::Timeout) => {}
            // A worker ends its inputs; it is gone only where it panicked, which the scope passes on.
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        take(Event::Tick)?;
    }
}
