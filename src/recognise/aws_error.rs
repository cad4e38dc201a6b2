//! One error, as far as the text tells it.

use super::scan;
use crate::catalogue;

/// What was read. A field is `None` where the text is silent: nothing is guessed here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AwsError {
    /// The shape that recognised it: `aws-cli`, `go-sdk-v2`, `xml`, …
    pub producer: &'static str,
    /// The code, as printed.
    pub code: Option<String>,
    /// What AWS or the client said; for errors without a code the text that was recognised.
    pub message: Option<String>,
    /// The service, as printed (`S3`, `Amazon S3`, `sts`).
    pub service: Option<String>,
    /// The operation, as printed.
    pub operation: Option<String>,
    /// The HTTP status.
    pub http_status: Option<u16>,
    /// The request's id.
    pub request_id: Option<String>,
    /// How often the client tried again.
    pub retries: Option<u32>,
    /// What `aws s3` could not do, as it names it: `upload failed: ./a to s3://bucket/a`.
    pub transfer: Option<String>,
}

impl AwsError {
    /// The same error with the operation that a refusal names (`not authorized to perform: s3:GetObject`), where nothing
    /// else told it and the catalogue knows it, and with the service that has the operation by this name.
    #[must_use]
    pub(super) fn completed(mut self) -> Self {
        // Names are letters and digits; anything else is not what it looks like.
        let is_name = |name: &String| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
            name.bytes().all(plain)
        };
        self.operation = self.operation.filter(is_name);
        let action = self
            .message
            .as_deref()
            .and_then(|message| scan::after(message, "is not authorized to perform: "));
        if let Some((service, name)) = action.and_then(|action| action.split_once(':')) {
            let named = name.chars().take_while(char::is_ascii_alphanumeric);
            let operation: String = named.collect();
            let mut having = catalogue::services_with(&operation).peekable();
            if self.operation.is_none() && having.peek().is_some() {
                self.operation = Some(operation.clone());
            }
            let named = catalogue::services_named(service);
            let is_called = self.operation.as_ref() == Some(&operation);
            if self.service.is_none() && is_called && having.any(|one| named == [one]) {
                self.service = Some(service.to_owned());
            }
        }
        self
    }

    /// The code without what services put before it: `Client.`, `Server.`, a namespace and `#`, a URL behind `:`.
    #[must_use]
    pub fn bare_code(&self) -> Option<&str> {
        let code = self.code.as_deref()?;
        let code = code.rsplit('#').next().unwrap_or(code);
        Some(
            code.strip_prefix("Client.")
                .or_else(|| code.strip_prefix("Server."))
                .unwrap_or(code),
        )
    }

    /// Equal for errors that count as one: a hash (FNV-1a) over the code, the operation and the message's words that hold no
    /// digit.
    #[must_use]
    pub fn key(&self) -> u64 {
        let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        // A retry loop's class name and its plain code are one self.
        let code = self.bare_code().unwrap_or_default();
        let mut hash = code.bytes().fold(0xcbf2_9ce4_8422_2325, add);
        hash = add(hash, b'|');
        if self.bare_code().is_none() || self.operation.is_some() {
            let operation = self.operation.as_deref().unwrap_or_default();
            hash = operation.bytes().fold(hash, add);
        }
        let message = self.message.as_deref().unwrap_or_default();
        let is_between = |byte: u8| match byte {
            b'"' | b'\'' | b'`' | b',' | b';' | b'(' | b')' | b'[' | b']' => true,
            _ => byte.is_ascii_whitespace(),
        };
        // What a word with a digit has added is taken back where it ends.
        let (mut before, mut has_digit) = (hash, false);
        for byte in message.bytes() {
            if is_between(byte) {
                hash = if has_digit { before } else { hash };
                (before, has_digit) = (hash, false);
            } else {
                has_digit |= byte.is_ascii_digit();
                hash = add(hash, byte);
            }
        }
        if has_digit { before } else { hash }
    }
}
