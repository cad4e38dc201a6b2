//! awsexplain explains AWS errors where they are printed.
//!
//! Bytes go through unchanged; under an error stands a note. The modules are the layers, and data flows one way through
//! them: [`stream`] → [`sieve`] → [`recognise`] → [`knowledge`] → [`diagnose`] (with what [`environment`] found) →
//! [`render`]; [`filter`] alone knows the order, [`cli`] the command line. [`run`] runs a command; [`lint`] judges entries.

pub mod catalogue;
pub mod cli;
pub mod diagnose;
pub mod environment;
pub mod error;
pub mod filter;
pub mod knowledge;
pub mod lint;
pub mod online;
pub mod recognise;
pub mod render;
pub mod report;
pub mod run;
pub mod secrets;
pub mod sieve;
pub mod stream;
