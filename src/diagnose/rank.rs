//! The causes of an entry in the order of what is true here.

use super::{
    CauseTold, Explanation, Extent, Fix, Here, Status, accounts,
    again::{Changes, again, is_alone},
    named,
    remedy::Advice,
    shell,
    slots::Slots,
};
use crate::{
    catalogue,
    environment::{Command, Finding, Level},
    knowledge::{Allow, Answer, Cause, Effect, Match, Step, Subject, matches},
    recognise::AwsError,
    secrets::redact,
};

/// Makes the explanation of an error.
///
/// The answer is the knowledge's for this very error; where the failing command is known, for the error that it makes
/// whole ([`completed`](super::completed)).
#[must_use]
pub fn explain(error: &AwsError, answer: &Answer, here: Here<'_>, extent: Extent) -> Explanation {
    let subject = Subject::of(error);
    let Some(entry) = &answer.entry else {
        return bare(&subject);
    };
    let mut slots = Slots::of(&subject, Some(entry), answer.message.as_deref());
    named::fill(&mut slots, &subject, here.command);
    if let Some(host) = here.host {
        let flag = |of: fn(&Command) -> &Option<String>| {
            here.command.and_then(|command| of(command).clone())
        };
        let set = |name: &str| host.variable(name);
        let profile = flag(|command| &command.profile)
            .or_else(|| set("AWS_PROFILE"))
            .or_else(|| set("AWS_DEFAULT_PROFILE"));
        slots.put("profile", profile.as_deref().unwrap_or("default"));
        let region = flag(|command| &command.region)
            .or_else(|| set("AWS_REGION"))
            .or_else(|| set("AWS_DEFAULT_REGION"));
        slots.put("region", region.as_deref().unwrap_or_default());
    }
    slots.complete_partition(error.message.as_deref().unwrap_or_default());
    let teller = Teller {
        slots: &slots,
        here,
    };
    let mut findings = here.findings.to_vec();
    findings.extend(error.message.as_deref().and_then(accounts::named_in));
    let mut causes: Vec<Judged<'_>> = entry
        .causes
        .iter()
        .filter(|cause| applies(cause, &subject))
        .map(|cause| Judged::of(cause, &findings))
        .collect();
    // Stable: within a status the entry's own order, which is that of frequency, stays.
    causes.sort_by_key(|judged| judged.status);
    let causes = causes.iter().enumerate().map(|(number, judged)| {
        let whole = number == 0 || extent == Extent::Whole;
        teller.cause(judged, whole)
    });
    Explanation {
        by: answer.by,
        entry: answer.id.clone(),
        title: slots.fill(&entry.title).into_owned(),
        summary: slots.fill(&entry.summary).into_owned(),
        causes: causes.collect(),
        links: entry.links.clone(),
        services: subject.services.clone(),
        remark: remark(&subject, answer.by),
    }
}

/// Whether a cause's own condition holds.
fn applies(cause: &Cause, subject: &Subject<'_>) -> bool {
    let Some(when) = &cause.when else { return true };
    let error = subject.error;
    let message = error.message.as_deref().unwrap_or_default();
    (when.operations.is_empty()
        || error
            .operation
            .as_ref()
            .is_some_and(|operation| when.operations.contains(operation)))
        && (when.services.is_empty()
            || subject
                .services
                .iter()
                .any(|service| when.services.iter().any(|wanted| wanted == service)))
        && when
            .message
            .as_deref()
            .is_none_or(|regex| matches(regex, message))
        && !when
            .unless
            .as_deref()
            .is_some_and(|regex| matches(regex, message))
}

/// What the catalogue alone can say.
fn bare(subject: &Subject<'_>) -> Explanation {
    let code = subject
        .error
        .bare_code()
        .unwrap_or("an error without a code");
    let facts = catalogue::code(code);
    let services = facts
        .map(|facts| facts.services().take(5).collect::<Vec<_>>().join(", "))
        .filter(|services| !services.is_empty());
    let summary = match (services, facts.and_then(|facts| facts.fault())) {
        (Some(services), Some("server")) => format!(
            "An error of {services}; the fault is on the side of the service, so trying again later may do."
        ),
        (Some(services), _) => format!("An error of {services}; the request itself has to change."),
        _ => "An AWS client reports this; nothing more is known of it here.".to_owned(),
    };
    Explanation {
        by: Match::Catalogue,
        entry: "catalogue".to_owned(),
        title: redact(code),
        summary,
        causes: Vec::new(),
        links: Vec::new(),
        services: subject.services.clone(),
        remark: None,
    }
}

/// Where several services remain, that is said rather than guessed.
fn remark(subject: &Subject<'_>, by: Match) -> Option<String> {
    let many = subject.services.len();
    (by != Match::Entry && (2..=6).contains(&many)).then(|| {
        format!(
            "The text does not say which service this is; it may be {}.",
            subject.services.join(", ")
        )
    })
}

/// A cause, and what is true here that speaks for or against it.
struct Judged<'a> {
    cause: &'a Cause,
    status: Status,
    confirming: Vec<&'a Finding>,
    supporting: Vec<&'a Finding>,
    excluding: Vec<&'a Finding>,
}

impl<'a> Judged<'a> {
    fn of(cause: &'a Cause, findings: &'a [Finding]) -> Self {
        let of = |slugs: &[String]| -> Vec<&Finding> {
            findings
                .iter()
                .filter(|finding| slugs.iter().any(|slug| slug == finding.id))
                .collect()
        };
        let confirming = of(&cause.evidence.confirmed_by);
        let supporting = of(&cause.evidence.likely_if);
        let excluding = of(&cause.evidence.ruled_out_by);
        let mut levels = confirming.iter().map(|finding| finding.level);
        let status = if levels.any(|level| level == Level::Proven) {
            Status::Confirmed
        } else if !(confirming.is_empty() && supporting.is_empty()) {
            Status::Likely
        } else if !excluding.is_empty() {
            Status::RuledOut
        } else {
            Status::Possible
        };
        Self {
            cause,
            status,
            confirming,
            supporting,
            excluding,
        }
    }

    /// What speaks for it.
    fn for_it(&self) -> impl Iterator<Item = &'a Finding> {
        self.confirming.iter().chain(&self.supporting).copied()
    }

    /// What was seen that makes it as sure as it is.
    fn seen(&self) -> Vec<String> {
        let seen: Vec<&Finding> = match self.status {
            Status::RuledOut => self.excluding.clone(),
            _ => self.for_it().collect(),
        };
        seen.iter().map(|finding| redact(&finding.seen)).collect()
    }
}

struct Teller<'a> {
    slots: &'a Slots,
    here: Here<'a>,
}

impl Teller<'_> {
    fn cause(&self, judged: &Judged<'_>, whole: bool) -> CauseTold {
        let cause = judged.cause;
        let mut told = CauseTold {
            id: cause.id.clone(),
            title: self.slots.fill(&cause.title).into_owned(),
            why: String::new(),
            status: judged.status,
            because: judged.seen(),
            fix: Vec::new(),
            again: None,
        };
        if whole {
            let bearing: Vec<&Finding> = judged.for_it().collect();
            let unset = cause.fix.iter().flat_map(|step| &step.unset);
            told.why = self.slots.fill(&cause.why).into_owned();
            told.again = again(self.here, &Changes::of(&bearing, unset.map(String::as_str)));
            let advice = Advice::of(&judged.confirming, &judged.supporting, self.here);
            told.fix = self.fix(cause, advice);
        }
        told
    }

    /// The steps: those of this machine's facts first, then the entry's, where they are still needed.
    fn fix(&self, cause: &Cause, advice: Advice) -> Vec<Fix> {
        let (taking_out, looking): (Vec<&Step>, Vec<&Step>) =
            cause.fix.iter().partition(|step| !step.unset.is_empty());
        let mut own: Vec<Fix> = looking.iter().filter_map(|step| self.step(step)).collect();
        let mut steps = Vec::new();
        // The entry names all that may be set, a finding what is in the way; the entry still says what for.
        match (taking_out.first(), advice.unset.is_empty()) {
            (_, true) if advice.steps.is_empty() => {
                return cause
                    .fix
                    .iter()
                    .filter_map(|step| self.step(step))
                    .collect();
            }
            (_, true) if advice.is_whole => {}
            (_, true) => steps.extend(taking_out.iter().filter_map(|step| self.step(step))),
            (first, false) => {
                let say = first.and_then(|step| step.say.clone());
                steps.extend(self.step(&Step {
                    unset: advice.unset,
                    say,
                    ..Step::default()
                }));
            }
        }
        for step in advice.steps {
            let same = own
                .iter()
                .position(|own| own.command.is_some() && own.command == step.command);
            steps.push(same.map_or(step, |same| own.remove(same)));
        }
        if !advice.is_whole {
            steps.append(&mut own);
        }
        steps
    }

    /// One step; `None` where it would do nothing here.
    fn step(&self, step: &Step) -> Option<Fix> {
        let fill = |text| self.slots.fill(text).into_owned();
        let mut say = step.say.as_deref().map(fill);
        let effect = step.effect.unwrap_or(if step.allow.is_some() {
            Effect::Writes
        } else {
            Effect::Reads
        });
        let command = if let Some(run) = &step.run {
            let words = shell::words(run);
            let mut words: Vec<_> = words.iter().map(|word| self.slots.fill(word)).collect();
            // It is the default; and `aws configure` given its name writes a section that hides the one there is.
            if let Some(at) = words
                .windows(2)
                .position(|pair| pair == ["--profile", "default"])
            {
                words.drain(at..at + 2);
            }
            Some(self.here.shell.line(&words))
        } else if !step.unset.is_empty() {
            let names: Vec<&str> = step
                .unset
                .iter()
                .map(String::as_str)
                .filter(|name| {
                    self.here
                        .host
                        .is_none_or(|host| host.variable(name).is_some())
                })
                .collect();
            let (alone, names): (Vec<&str>, Vec<&str>) = names
                .into_iter()
                .partition(|name| is_alone(self.here, name));
            if !alone.is_empty() {
                say = Some(left_out(&alone));
            } else if names.is_empty() {
                return None;
            }
            (!names.is_empty()).then(|| self.here.shell.unset(&names))
        } else if !step.set.is_empty() {
            let lines = step
                .set
                .iter()
                .map(|(name, value)| self.here.shell.set(name, &self.slots.fill(value)));
            Some(lines.collect::<Vec<_>>().join("; "))
        } else {
            step.allow.as_ref().map(|allow| self.statement(allow))
        };
        let say = say.or_else(|| step.instruct.as_deref().map(fill));
        Some(Fix {
            say,
            command,
            effect,
        })
    }

    fn statement(&self, allow: &Allow) -> String {
        let list = |values: &crate::knowledge::OneOrMany| {
            let values: Vec<_> = values
                .iter()
                .map(|value| serde_json::Value::from(self.slots.fill(value)))
                .collect();
            if let [one] = &values[..] {
                one.clone()
            } else {
                serde_json::Value::from(values)
            }
        };
        serde_json::json!({ "Effect": "Allow", "Action": list(&allow.action), "Resource": list(&allow.resource) }).to_string()
    }
}

/// What to do about variables that no command of the shell takes out.
fn left_out(names: &[&str]) -> String {
    let (are, them) = match names {
        [_] => ("is", "it"),
        _ => ("are", "them"),
    };
    let names = names.join(", ");
    format!("{names} {are} set for this command alone, not in the shell; leave {them} out there")
}
