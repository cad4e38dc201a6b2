//! The manual page, from the same description as the arguments.

use super::{arguments, screen};
use crate::error::Result;

/// Prints the manual page, in the form that `man` reads.
pub fn man() -> Result<u8> {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(arguments::described()).render(&mut page);
    rendered.map_err(screen::unwritten)?;
    screen::print(&page)
}
