//! One JSON object about a machine: `awsexplain check --format json`.

use serde_json::{Value, json};

use super::{Checked, Online, moment};
use crate::{
    diagnose::Fix,
    environment::{Client, Finding, Level, Severity},
    online::Answer,
    render::json::{asked, fix},
};

/// The object, in the order of fields that `docs/checks.md` gives.
#[must_use]
pub fn machine_object(checked: &Checked) -> Value {
    let chain = &checked.chain;
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let time = |seconds: u64| moment(seconds).map(|time| time.to_string());
    let endings: Vec<Value> = chain
        .endings
        .iter()
        .map(|ending| json!({ "what": ending.what, "ends": time(ending.ends), "where": ending.at }))
        .collect();
    let shadows: Vec<Value> = chain
        .shadows
        .iter()
        .map(|answer| json!({ "source": answer.source.name(), "where": answer.at }))
        .collect();
    let differences: Vec<Value> = chain
        .differences
        .iter()
        .map(|other| json!({ "clients": other.clients, "use": other.what }))
        .collect();
    let mut object = json!({
        "client": match chain.client {
            Client::V1 => "aws-cli-v1",
            Client::V2 => "aws-cli-v2",
            Client::Unknown => "unknown",
        },
        "profile": chain.profile,
        "profile_from": said(&chain.profile_from),
        "region": chain.region,
        "region_from": said(&chain.region_from),
        "credentials": {
            "source": chain.source.map(crate::environment::Source::name),
            "where": said(&chain.where_),
            "shadows": shadows,
            "key_kind": chain.key_kind,
            "account": chain.account,
            "expires": chain.endings.first().and_then(|ending| time(ending.ends)),
            "endings": endings,
        },
        "endpoint": chain.endpoint,
        "endpoint_from": said(&chain.endpoint_from),
        "differences": differences,
        "assumptions": chain.assumptions,
        "findings": checked.findings.iter().map(finding).collect::<Vec<_>>(),
    });
    if let Some(said) = &checked.online {
        object["online"] = online(said);
    }
    object
}

/// What AWS STS said: there only where it was asked.
fn online(said: &Online) -> Value {
    let mut object = json!({
        "host": said.to,
        "answer": Value::Null,
        "arn": Value::Null,
        "account": Value::Null,
        "why": Value::Null,
        "refusal": Value::Null,
    });
    match &said.answer {
        Answer::Identity { arn, account } => {
            object["answer"] = "identity".into();
            object["arn"] = arn.as_str().into();
            object["account"] = account.as_str().into();
        }
        Answer::Refused { .. } => object["answer"] = "refused".into(),
        Answer::Nothing(why) => {
            object["answer"] = "none".into();
            object["why"] = why.as_str().into();
        }
    }
    if let Some((error, told)) = &said.explained {
        object["refusal"] = asked(error, told);
    }
    object
}

fn finding((finding, steps): &(Finding, Vec<Fix>)) -> Value {
    json!({
        "id": finding.id,
        "level": match finding.level {
            Level::Proven => "proven",
            Level::Likely => "likely",
            Level::Hint => "hint",
        },
        "severity": match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        "seen": finding.seen,
        "conclusion": finding.conclusion,
        "fix": steps.iter().map(fix).collect::<Vec<_>>(),
    })
}
