//! The form of an entry, exactly as `knowledge/README.md` describes it.
//!
//! Shared with `build.rs`, which refuses to build with an entry that is not of this form: it imports nothing of this crate.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One entry: one file.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What is the matter, in under 70 characters.
    pub title: String,
    /// Any of these rules finds the entry.
    #[serde(rename = "match")]
    pub rules: Vec<Rule>,
    /// A user's own entries only: texts by which a line is found that nothing else finds; such a line is an error where a
    /// `message` rule without a code fits it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<String>,
    /// What AWS is saying, in one or two plain sentences.
    pub summary: String,
    /// What a slot is where the message is silent: slot → operation → value(s).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub slots: BTreeMap<String, BTreeMap<String, OneOrMany>>,
    /// The causes, the most frequent first.
    pub causes: Vec<Cause>,
    /// Where to read on.
    #[serde(default)]
    pub links: Vec<Link>,
    /// Real output that finds this entry.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// Similar output that does not.
    #[serde(default)]
    pub near_misses: Vec<String>,
    /// Why the entry is kept though nothing should find it any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<String>,
    /// Families only: lower is asked first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u16>,
}

/// One rule: all that is given must hold. A family's rule asks for the code's form, an entry's for the error itself.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Rule {
    /// The code, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Service ids of the catalogue.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// Operations, as printed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<String>,
    /// A regex on the message, or on the error's text where it has no code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Names of shapes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub producers: Vec<String>,
    /// Families: the code is one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub code_is: Vec<String>,
    /// Families: the code begins with one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub code_starts: Vec<String>,
    /// Families: the code ends with one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub code_ends: Vec<String>,
    /// Families: one of these stands in the code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub code_has: Vec<String>,
    /// Families: the HTTP status is one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<u16>,
    /// Families: `client` or `server`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Families: `throttling` or `transient`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry: Option<String>,
}

/// Why the error may have come about, and what mends it.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// Lower-case words and hyphens; stable.
    pub id: String,
    /// What is the case, in one line.
    pub title: String,
    /// How that leads to this error, and how to tell it from the others.
    pub why: String,
    /// The cause is shown only where this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Which facts of the environment speak for or against it.
    #[serde(default)]
    pub evidence: Evidence,
    /// What to do, step by step.
    #[serde(default)]
    pub fix: Vec<Step>,
}

/// The condition of a cause.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct When {
    /// One of these operations.
    pub operations: Vec<String>,
    /// One of these services.
    pub services: Vec<String>,
    /// A regex on the message.
    pub message: Option<String>,
    /// A regex that the message must not match.
    pub unless: Option<String>,
}

/// Slugs of checks.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Evidence {
    /// With this error, any of these facts proves the cause.
    pub confirmed_by: Vec<String>,
    /// Any of these facts supports it.
    pub likely_if: Vec<String>,
    /// Any of these facts excludes it.
    pub ruled_out_by: Vec<String>,
}

/// A step of a fix: exactly one of `run`, `unset`, `set`, `allow`, `do`.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Step {
    /// A command: words and slots, quoted as in a shell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
    /// Variables to take out of the shell.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unset: Vec<String>,
    /// Variables to set.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<String, String>,
    /// The smallest policy statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow: Option<Allow>,
    /// A sentence, where no command does it.
    #[serde(rename = "do", skip_serializing_if = "Option::is_none")]
    pub instruct: Option<String>,
    /// Why this step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
    /// What it does to the account; where absent, `writes` for `allow` and `reads` for the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
}

/// What a step does to the account or the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Nothing is changed.
    Reads,
    /// Something is made or changed.
    Writes,
    /// Something is lost.
    Deletes,
}

/// A policy statement to allow.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allow {
    /// One or several actions.
    pub action: OneOrMany,
    /// One or several resources.
    pub resource: OneOrMany,
}

/// A string or a list of them.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMany {
    /// A single one.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl OneOrMany {
    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
        .iter()
        .map(String::as_str)
    }
}

/// A page to read.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
}

/// Output as a client prints it.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// A cause that must be among those shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Slots that must be filled so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fills: BTreeMap<String, String>,
}
