//! Values for the slots of an entry: from the error's text, its ARNs and the rule that matched.
//!
//! A value is taken only where every letter of it is allowed; everything else prints as `<name>`.

use std::{borrow::Cow, collections::BTreeMap};

use super::{arn, iam};
use crate::{
    environment::{other_partition_in, partition_of},
    knowledge::{Entry, Subject},
    secrets::redact,
};

/// The letters that a value may have.
const ALLOWED: &[u8] = b"._:/@=+,*-";

/// What an id begins with → the slot that it fills.
const IDS: &[(&str, &str)] = &[
    ("ami", "image"),
    ("eipalloc", "allocation_id"),
    ("eni", "network_interface"),
    ("fs", "file_system"),
    ("i", "instance"),
    ("lt", "launch_template_id"),
    ("mi", "instance"),
    ("sg", "security_group"),
    ("snap", "snapshot"),
    ("subnet", "subnet"),
    ("vol", "volume"),
    ("vpc", "vpc"),
];

/// Slot → value.
#[derive(Debug, Default, Clone)]
pub struct Slots {
    values: BTreeMap<String, String>,
}

impl Slots {
    /// Everything that the error tells. `message` is the regex of the rule that matched.
    #[must_use]
    pub fn of(subject: &Subject<'_>, entry: Option<&Entry>, message: Option<&str>) -> Self {
        let mut slots = Self::default();
        let error = subject.error;
        let text = error.message.as_deref().unwrap_or_default();
        let rules = entry
            .into_iter()
            .flat_map(|entry| entry.rules.iter())
            .filter_map(|rule| rule.message.as_deref());
        let conditions = entry
            .into_iter()
            .flat_map(|entry| entry.causes.iter())
            .filter_map(|cause| cause.when.as_ref()?.message.as_deref());
        for regex in message.into_iter().chain(rules).chain(conditions) {
            crate::knowledge::groups(regex, text, |name, value| {
                slots.put(name, value.trim_matches(['"', '\'', '.']));
            });
        }
        slots.put("service", subject.service().unwrap_or_default());
        slots.put("operation", error.operation.as_deref().unwrap_or_default());
        slots.put("code", error.bare_code().unwrap_or_default());
        slots.put(
            "request_id",
            error.request_id.as_deref().unwrap_or_default(),
        );
        slots.permission(text);
        for arn in text
            .split(|letter: char| letter.is_whitespace() || "\"'`(),;[]{}".contains(letter))
            .filter(|word| word.starts_with("arn:"))
        {
            for (slot, value) in arn::slots(arn.trim_end_matches(['.', ':'])) {
                slots.put(slot, &value);
            }
        }
        slots.ids(text);
        slots.urls(text);
        slots.registry(text);
        let is_arn = |resource: &&str| resource.starts_with("arn:") || *resource == "*";
        if let Some(arn) = slots.get("resource").filter(is_arn).map(str::to_owned) {
            slots.put("resource_arn", &arn);
        }
        if let (Some(entry), Some(operation)) = (entry, error.operation.as_deref()) {
            for (slot, by_operation) in &entry.slots {
                if let Some(value) = by_operation
                    .get(operation)
                    .and_then(|values| values.iter().next())
                {
                    slots.put(slot, value);
                }
            }
        }
        if let (Some(service), Some(operation)) = (subject.service(), error.operation.as_deref()) {
            slots.put(
                "action",
                &iam::action(service, operation).unwrap_or_default(),
            );
        }
        slots
    }

    /// Sets a slot that is not yet set, where the value is allowed.
    pub fn put(&mut self, name: &str, value: &str) {
        if self.values.contains_key(name) {
            return;
        }
        let value = value.trim();
        // `::` begins a command of some CI systems; in an ARN it stands only before the resource.
        let resource = if value.starts_with("arn:") {
            value.splitn(6, ':').nth(5).unwrap_or_default()
        } else {
            value
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || ALLOWED.contains(&byte);
        let allowed = (1..=2000).contains(&value.len())
            && !value.starts_with(['-', ':'])
            && !resource.contains("::")
            && value.bytes().all(plain)
            && (name == "encoded_message" || !holds_secret(value));
        if allowed {
            self.values.insert(name.to_owned(), value.to_owned());
        }
    }

    /// The partition where no ARN told it: that of the Region, or of a Region that the text names; else the one that most are in.
    pub fn complete_partition(&mut self, text: &str) {
        if self.get("partition").is_some() {
            return;
        }
        let partition = match self.get("region").map(partition_of) {
            None | Some("aws") => other_partition_in(text).unwrap_or("aws"),
            Some(other) => other,
        };
        self.put("partition", partition);
    }

    /// The value of a slot.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// The text with its slots filled; an unknown one as `<name>`, `{{` and `}}` as braces.
    #[must_use]
    pub fn fill<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let brace = |text: &str| memchr::memchr2(b'{', b'}', text.as_bytes());
        if brace(text).is_none() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = brace(rest) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(behind) = rest.strip_prefix("{{").or_else(|| rest.strip_prefix("}}")) {
                out.push_str(&rest[..1]);
                rest = behind;
                continue;
            }
            let name = rest[1..].split('}').next().unwrap_or_default();
            let is_slot = rest.starts_with('{')
                && !name.is_empty()
                && rest.len() > name.len() + 1
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit());
            if is_slot {
                if let Some(value) = self.get(name) {
                    out.push_str(value);
                } else {
                    out.push('<');
                    out.push_str(&name.replace('_', "-"));
                    out.push('>');
                }
                rest = &rest[name.len() + 2..];
            } else {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    /// `User: PRINCIPAL is not authorized to perform: ACTION on resource: RESOURCE`.
    fn permission(&mut self, text: &str) {
        let word = |rest: &str| {
            rest.trim_start_matches(['"', ' ', '\''])
                .split([' ', '"', '\'', '\n', '\\'])
                .next()
                .unwrap_or_default()
                .trim_end_matches(['.', ','])
                .to_owned()
        };
        let mut told = None;
        if let Some((before, behind)) = text.split_once(" is not authorized to perform: ") {
            let principal = before.rsplit(' ').next().unwrap_or_default();
            told = Some(principal.to_owned());
            self.put("principal", principal);
            self.put("action", &word(behind));
            if let Some((_, resource)) = behind.split_once("on resource: ") {
                self.put("resource", &word(resource));
            }
        }
        // The name of a session may look like a secret, and the role in front of it does not.
        if let Some(principal) = self.get("principal").map(str::to_owned).or(told) {
            let parts: Vec<&str> = principal.split(':').collect();
            if let [_, partition, _, _, account, session] = parts[..] {
                self.put("caller_account", account);
                let role = session
                    .strip_prefix("assumed-role/")
                    .and_then(|rest| rest.split('/').next());
                self.put("caller_role", role.unwrap_or_default());
                let arn = role.map_or_else(
                    || principal.clone(),
                    |role| format!("arn:{partition}:iam::{account}:role/{role}"),
                );
                self.put("role_arn", &arn);
                if iam::can_be_simulated(&arn) {
                    self.put("user_or_role_arn", &arn);
                }
            }
        }
    }

    /// Ids of EC2 and its neighbours: a short word, a hyphen, and 8 or 17 hexadecimal digits.
    fn ids(&mut self, text: &str) {
        for word in text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-') {
            let Some((kind, digits)) = word.rsplit_once('-') else {
                continue;
            };
            if matches!(digits.len(), 8 | 17) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
            {
                // A role's session on an instance bears the instance's id.
                let of_caller = self.get("principal").is_some_and(|arn| arn.ends_with(word));
                if let (false, Some((_, slot))) =
                    (of_caller, IDS.iter().find(|(known, _)| *known == kind))
                {
                    self.put(slot, word);
                }
            }
        }
    }

    /// The account, the Region and the repository of an image in ECR.
    fn registry(&mut self, text: &str) {
        let Some((before, behind)) = text.split_once(".dkr.ecr.") else {
            return;
        };
        let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let account = &before[before.len() - digits..];
        let Some((region, image)) = behind.split_once(".amazonaws.com") else {
            return;
        };
        if digits != 12
            || region.contains(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
        {
            return;
        }
        self.put("partition", partition_of(region));
        self.put("account", account);
        self.put("region", region);
        let path = image
            .trim_start_matches(".cn")
            .strip_prefix('/')
            .unwrap_or_default()
            .split(|letter: char| !letter.is_ascii_alphanumeric() && !"._/-".contains(letter))
            .next()
            .unwrap_or_default();
        let repository = path.strip_prefix("v2/").map_or(path, |rest| {
            let end = ["/manifests/", "/blobs/"]
                .iter()
                .find_map(|part| rest.find(part));
            &rest[..end.unwrap_or_default()]
        });
        self.put("repository", repository.trim_end_matches(['.', '/']));
    }

    /// The endpoint that could not be reached.
    fn urls(&mut self, text: &str) {
        if let Some(at) = text.find("https://").or_else(|| text.find("http://")) {
            let url = text[at..]
                .split(['"', ' ', '\'', '\n', '<', '>'])
                .next()
                .unwrap_or_default();
            let host = url
                .split("//")
                .nth(1)
                .unwrap_or_default()
                .split(['/', '?'])
                .next()
                .unwrap_or_default();
            if !host.contains('@') {
                self.put("host", host.split(':').next().unwrap_or_default());
                self.put("endpoint", url.split('?').next().unwrap_or_default());
            }
        }
    }
}

/// Whether a value holds what has the form of a secret. A name that `CloudFormation` made has it too, and is none.
fn holds_secret(value: &str) -> bool {
    if redact(value) == value {
        return false;
    }
    let separators = ['/', ':'];
    let rest: String = value
        .split_inclusive(separators)
        .filter(|part| !is_generated_name(part.trim_end_matches(separators)))
        .collect();
    redact(&rest) != rest
}

/// `web-prod-ApiHandlerRole1A2B3C4D-1XYZ2ABC3DEF4`: words, and about a dozen letters and digits behind a hyphen; the ARN of
/// a secret has six more. No key or token of AWS has a hyphen.
fn is_generated_name(name: &str) -> bool {
    let mut parts = name.rsplit('-').map(str::len);
    let is_ending = |length| (10..=14).contains(&length);
    let ends = match parts.next() {
        Some(6) => parts.next().is_some_and(is_ending),
        Some(length) => is_ending(length),
        None => false,
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    ends && parts.next().is_some() && !name.starts_with("eyJ") && name.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::{Slots, holds_secret};

    #[test]
    fn the_partition_is_that_of_the_region_or_the_usual_one() {
        let of = |region: &str, text: &str| {
            let mut slots = Slots::default();
            slots.put("region", region);
            slots.complete_partition(text);
            slots.fill("{partition}")
        };
        assert_eq!(of("", "Access Denied"), "aws");
        assert_eq!(of("cn-north-1", "Access Denied"), "aws-cn");
        assert_eq!(
            of("", "https://s3.us-gov-west-1.amazonaws.com/shop"),
            "aws-us-gov"
        );
        assert_eq!(of("eu-west-1", "Access Denied"), "aws");
    }

    #[test]
    fn a_name_made_by_cloudformation_is_no_secret() {
        for name in [
            "WebStack-ApiHandlerServiceRoleDA3C3B2F-1XYZ2ABC3DEF4",
            "arn:aws:sts::123456789012:assumed-role/WebStack-ApiHandlerServiceRoleDA3C3B2F-1XYZ2ABC3DEF4/WebStack-ApiHandler-AbCd12EfGh34",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:WebStackDatabaseSecret86DBB7B3-1a2B3c4D5e6F-AbCdEf",
        ] {
            assert!(!holds_secret(name), "{name}");
        }
        for secret in [
            "arn:aws:iam::123456789012:role/Kq3Wx7Zv1Mn5Yb9Rt2Dh6Sf4Jp8Cg0LuTAeEXiQo",
            "Kq3Wx7Zv1Mn5Yb9Rt2Dh6Sf4Jp8Cg0LuTAeEXiQo",
            "eyJ0eXAiOiJqN1Q5cCJ9eyJzdWIiOiJacTdLeDlX-AbCd12EfGh34",
        ] {
            assert!(holds_secret(secret), "{secret}");
        }
    }
}
