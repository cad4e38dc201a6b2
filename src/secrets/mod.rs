//! Secrets in text: where they stand, and how they are masked, in what is written by us and in what passes through.
//!
//! A text is read as runs of the letters that keys, tokens and signatures consist of. [`judge()`] looks at one run and at
//! what stands right before it, and says which part of it is a secret: by its own form (an access key id, a token of STS,
//! a JWT, a long mixture of letters) or by its name (`SecretAccessKey`, `X-Amz-Signature`, `Authorization: Bearer`). Both
//! ways of masking stand on it: [`redact()`] shortens a secret in a text of ours, and [`Mask`] covers it in a stream, letter
//! for letter, whatever the chunks are.
//!
//! ```
//! use awsexplain::secrets::redact;
//!
//! assert_eq!(redact("the key AKIAY34FZKBOKMUTVV7A is"), "the key AKIA… is");
//! ```

mod judge;
mod mask;
mod redact;

pub use judge::{Also, judge};
pub use mask::Mask;
pub use redact::redact;

/// Whether keys, tokens, signatures and what names them consist of this byte.
pub(crate) fn is_run(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=_-.%~".contains(&byte)
}
