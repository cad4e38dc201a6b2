//! How much text the shapes were shown and have searched: counted in unit tests, so that they can hold it to what came in.
//!
//! It is the measure of "linear": a number that is the same in every run and on every machine. What reads the text for a
//! shape (`Block`, `scan`) says so here; outside of unit tests that is nothing.

/// This text is shown or searched; gives it back.
pub fn read(text: &str) -> &str {
    #[cfg(test)]
    counted::add(text.len());
    text
}

/// A block is this long.
#[cfg_attr(not(test), allow(unused_variables))]
pub fn holds(length: usize) {
    #[cfg(test)]
    counted::hold(length);
}

#[cfg(test)]
pub mod counted {
    use std::cell::Cell;

    thread_local! {
        static READ: Cell<u64> = const { Cell::new(0) };
        static LONGEST: Cell<usize> = const { Cell::new(0) };
    }

    pub fn add(length: usize) {
        READ.set(READ.get() + length as u64);
    }

    pub fn hold(length: usize) {
        LONGEST.set(LONGEST.get().max(length));
    }

    /// Runs it without counting: what only a test asks for.
    pub fn beside<T>(run: impl FnOnce() -> T) -> T {
        let before = (READ.get(), LONGEST.get());
        let given = run();
        READ.set(before.0);
        LONGEST.set(before.1);
        given
    }

    /// How many bytes were read while it ran, and how long the longest block was.
    pub fn during(run: impl FnOnce()) -> (u64, usize) {
        READ.set(0);
        LONGEST.set(0);
        run();
        (READ.get(), LONGEST.get())
    }
}
