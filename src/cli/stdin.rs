//! Standard input, for commands that take a text of a person's and no log.

use std::io::{self, Read};

use crate::{
    error::{Error, Result},
    stream::Encoding,
};

/// Whether it is a regular file, such as a saved log.
pub fn is_file() -> bool {
    rustix::fs::fstat(io::stdin())
        .is_ok_and(|stat| rustix::fs::FileType::from_raw_mode(stat.st_mode).is_file())
}

/// Its text up to this many bytes, with replacement characters for what is neither UTF-8 nor UTF-16.
pub fn text(longest: u64) -> Result<String> {
    let mut bytes = Vec::new();
    let read = io::stdin().take(longest).read_to_end(&mut bytes);
    read.map_err(|source| Error::Read {
        from: "standard input".to_owned(),
        source,
    })?;
    Ok(Encoding::read(&bytes))
}
