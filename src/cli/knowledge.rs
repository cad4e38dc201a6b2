//! Which knowledge a command asks: what is built in, and the folders of a user's own entries before it.

use super::{arguments::KnowledgeArguments, screen};
use crate::{
    error::Result,
    knowledge::{Folder, Knowledge},
};

/// The knowledge for these arguments. Folders that were named by a flag are read now, so that a fault in them ends the
/// program before anything is done; others at the first error.
pub fn of(arguments: &KnowledgeArguments) -> Result<Knowledge> {
    let folders = arguments.knowledge.iter().map(|path| Folder {
        path: path.clone(),
        asked: true,
    });
    let knowledge = Knowledge::with(folders.collect(), screen::warn);
    Ok(knowledge)
}
