//! Which services an error may be about: what the text says, narrowed by the catalogue.

use crate::{catalogue, recognise::AwsError};

/// An error together with what the catalogue adds to it.
#[derive(Debug)]
pub struct Subject<'e> {
    /// The error.
    pub error: &'e AwsError,
    /// The ids of the services that it may be of, the likeliest first; empty where nothing tells.
    pub services: Vec<&'static str>,
}

impl<'e> Subject<'e> {
    /// Narrows the services: the one that is named, otherwise those that have the operation, and of these the ones that
    /// know the code.
    #[must_use]
    pub fn of(error: &'e AwsError) -> Self {
        let named = error
            .service
            .as_deref()
            .map(catalogue::services_named)
            .unwrap_or_default();
        if !named.is_empty() {
            return Self {
                error,
                services: named,
            };
        }
        let with_operation: Vec<_> = error
            .operation
            .as_deref()
            .into_iter()
            .flat_map(catalogue::services_with)
            .collect();
        let facts = error.bare_code().and_then(catalogue::code);
        let with_code: Vec<_> = facts
            .into_iter()
            .flat_map(|facts| facts.services())
            .collect();
        let both: Vec<_> = with_operation
            .iter()
            .copied()
            .filter(|service| with_code.contains(service))
            .collect();
        let services = if !both.is_empty() {
            both
        } else if with_operation.is_empty() && with_code.len() < 3 {
            with_code
        } else {
            with_operation
        };
        Self { error, services }
    }

    /// The service, where only one remains.
    #[must_use]
    pub fn service(&self) -> Option<&'static str> {
        match self.services[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}
