//! Readers of what credentials say in the clear: when a session token was issued, which account a key id belongs to,
//! when a web identity token ends. Each gives a number or nothing, and never passes on what it read.

mod digest;
mod key_id;
mod session_token;
mod text;
mod time;
mod web_token;

pub(super) use digest::{sha1_hex, sha256_hex};
pub use key_id::is_account;
pub(super) use key_id::{KeyKind, account_of, kind_of};
pub(super) use session_token::stamp_of;
pub use time::age;
pub(super) use time::seconds_of;
pub(super) use web_token::web_token;
