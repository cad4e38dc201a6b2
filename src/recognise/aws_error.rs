//! One error, as far as the text tells it.

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
}

impl AwsError {
    /// The code without what services put before it: `Client.`, `Server.`, a namespace and `#`, a URL behind `:`.
    #[must_use]
    pub fn bare_code(&self) -> Option<&str> {
        let code = self.code.as_deref()?;
        let code = code.rsplit('#').next().unwrap_or(code);
        Some(code.strip_prefix("Client.").or_else(|| code.strip_prefix("Server.")).unwrap_or(code))
    }
}
