//! `awsexplain explain`: the whole entry for a code, for a code of one service, or for a text with errors in it.

use std::{
    fmt::Write,
    io::{self, IsTerminal},
    rc::Rc,
};

use super::{
    arguments::{Document, ExplainArguments},
    knowledge, screen, stdin,
};
use crate::{
    catalogue,
    diagnose::{Explanation, Extent},
    environment::{Host, RealHost},
    error::{Error, Result},
    filter::{Explainer, Origin, errors},
    knowledge::{Answer, Knowledge},
    recognise::AwsError,
    render::{self, Look},
};

/// The most of standard input that is read: 1 MiB. Larger logs are what the filter is for.
const LONGEST: u64 = 1 << 20;
/// How many services are named before the rest is only counted.
const NAMED: usize = 6;

/// One error, with the entry that answers.
struct Question {
    error: AwsError,
    answer: Answer,
    /// What else there is to say of the code.
    remark: Option<String>,
}

/// Explains what was typed, or standard input. Gives 0; 1 where nothing is known of it.
pub fn explain(arguments: &ExplainArguments) -> Result<u8> {
    let host = RealHost;
    let from_file = arguments.words.is_empty() && stdin::is_file();
    let machine: Option<&dyn Host> = arguments.check.holds(!from_file).then_some(&host);
    let explainer = Explainer::new(machine, screen::shell(&arguments.screen, &host))
        .of(if from_file {
            Origin::Saved
        } else {
            Origin::Ours(None)
        })
        .knowing(knowledge::of(&arguments.knowledge)?, Vec::new());
    let text = text(arguments)?;
    let (questions, known) = questions(text.trim(), explainer.knowledge())?;
    let told = |question: &Question| tell(question, &explainer);
    let output = match arguments.output.document {
        Document::Json => {
            let objects: Vec<_> = questions
                .iter()
                .map(|question| render::asked(&question.error, &told(question)))
                .collect();
            render::document(&serde_json::Value::from(objects)).into_bytes()
        }
        Document::Text => {
            let look = Look {
                whole: true,
                ..screen::look(
                    &arguments.screen,
                    io::stdout().is_terminal(),
                    io::stdout(),
                    &host,
                )
            };
            let notes: Vec<_> = questions
                .iter()
                .map(|question| render::note(&question.error, &told(question), look))
                .collect();
            notes.join(&b"\n"[..])
        }
    };
    screen::print(&output)?;
    Ok(u8::from(!known))
}

fn text(arguments: &ExplainArguments) -> Result<String> {
    if !arguments.words.is_empty() && arguments.words != ["-"] {
        return Ok(arguments.words.join(" "));
    }
    if arguments.words.is_empty() && io::stdin().is_terminal() {
        return Err(Error::Usage(
            "explain: what? Name a code (`awsexplain explain InvalidToken`), quote an error, or pipe one in".to_owned(),
        ));
    }
    stdin::text(LONGEST)
}

/// What is asked, and whether any of it is known.
fn questions(text: &str, knowledge: &Knowledge) -> Result<(Vec<Question>, bool)> {
    if let Some((service, code)) = typed(text)? {
        return Ok(of_code(service, code, knowledge));
    }
    let errors = errors(text, knowledge)?;
    if !errors.is_empty() {
        let of = |error: AwsError| Question {
            answer: knowledge.find(&error),
            error,
            remark: None,
        };
        return Ok((errors.into_iter().map(of).collect(), true));
    }
    // A sentence that names a code is as good as the code.
    let words =
        text.split(|letter: char| !letter.is_ascii_alphanumeric() && !"._-".contains(letter));
    let mut codes: Vec<&str> = words
        .map(|word| word.trim_matches(['.', '-']))
        .filter(|word| word.bytes().filter(u8::is_ascii_uppercase).count() > 1)
        .filter(|word| knowledge.spelt(word) == Some(*word))
        .collect();
    codes.dedup();
    if codes.is_empty() {
        screen::say(
            "awsexplain: no AWS error is recognised in this text. Paste the whole line, or name the code alone",
        );
        return Ok((Vec::new(), false));
    }
    let questions = codes
        .into_iter()
        .take(NAMED)
        .flat_map(|code| of_code(None, code, knowledge).0);
    Ok((questions.collect(), true))
}

/// A code that was typed by itself, perhaps with its service in front.
fn typed(text: &str) -> Result<Option<(Option<&'static str>, &str)>> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-:".contains(&byte);
    if text.is_empty() {
        return Err(Error::Usage(
            "explain: there is nothing to explain. Name a code, or quote an error".to_owned(),
        ));
    }
    if !text.bytes().all(plain) || text.len() > 120 {
        return Ok(None);
    }
    let Some((service, code)) = text.split_once(':') else {
        return Ok(Some((None, text)));
    };
    if let [service, ..] = catalogue::services_named(service)[..] {
        return Ok(Some((Some(service), code)));
    }
    let near = catalogue::services()
        .map(|id| (strsim::osa_distance(id, &service.to_lowercase()), id))
        .filter(|(apart, id)| *apart <= id.len() / 2)
        .min();
    let meant = near.map_or_else(
        || "`awsexplain list` shows the services".to_owned(),
        |(_, id)| format!("did you mean `{id}:{code}`?"),
    );
    Err(Error::Usage(format!(
        "explain: there is no service `{service}`; {meant}"
    )))
}

/// All entries of a code, those of one service where it is given; otherwise who answers for it.
fn of_code(
    service: Option<&'static str>,
    code: &str,
    knowledge: &Knowledge,
) -> (Vec<Question>, bool) {
    let spelt = knowledge.spelt(code);
    if spelt.is_none() && unknown(code, knowledge) {
        return (Vec::new(), false);
    }
    let code = spelt.unwrap_or(code);
    let error = |service: Option<&str>| AwsError {
        producer: "",
        code: Some(code.to_owned()),
        service: service.map(str::to_owned),
        http_status: catalogue::code(code).and_then(|facts| facts.statuses().next()),
        ..AwsError::default()
    };
    let mut entries = knowledge.of_code(code);
    if let Some(service) = service {
        entries.retain(|one| {
            one.services.is_empty() || one.services.iter().any(|name| name == service)
        });
        entries.sort_by_key(|one| one.services.is_empty());
    }
    // Where the code has an entry of its own, those for certain messages of it are named and not all told.
    let whole = |one: &crate::knowledge::OfCode| one.plain || !one.services.is_empty();
    let (told, others): (Vec<_>, Vec<_>) = if entries.iter().any(whole) {
        entries.into_iter().partition(whole)
    } else {
        (entries, Vec::new())
    };
    let general_told = told.iter().any(|one| one.services.is_empty());
    let mut questions: Vec<Question> = told
        .into_iter()
        .map(|one| {
            let of = service.or(match &one.services[..] {
                [only] => Some(only.as_str()),
                _ => None,
            });
            let several = (of.is_none() && !one.services.is_empty())
                .then(|| format!("This entry is of {}.", listed(&one.services)));
            Question {
                error: error(of),
                answer: every_cause(one.answer),
                remark: several,
            }
        })
        .collect();
    // Who answers for the services that have no entry of their own.
    let general = knowledge.find(&error(service));
    let told = |id: &str| questions.iter().any(|one| one.answer.id == id);
    if questions.is_empty() || service.is_none() && !general_told && !told(&general.id) {
        questions.push(Question {
            answer: every_cause(general),
            error: error(service),
            remark: None,
        });
    }
    if let Some(last) = questions.last_mut() {
        let others: Vec<String> = others
            .iter()
            .filter_map(|one| one.answer.entry.as_ref().map(|entry| entry.title.clone()))
            .collect();
        let others = (!others.is_empty()).then(|| {
            format!(
                "Some messages with this code have entries of their own; explain the whole line for them: {}.",
                others.join("; ")
            )
        });
        let parts = [last.remark.take(), models(code), others];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        last.remark = Some(parts.join(" ")).filter(|text| !text.is_empty());
    }
    (questions, spelt.is_some())
}

/// The same answer with all causes, whatever they ask of an error: of a code nothing else is known.
fn every_cause(mut answer: Answer) -> Answer {
    if let Some(entry) = &mut answer.entry {
        let entry = Rc::make_mut(entry);
        for cause in &mut entry.causes {
            cause.when = None;
        }
    }
    answer
}

/// What AWS's models say of a code.
fn models(code: &str) -> Option<String> {
    let facts = catalogue::code(code)?;
    let services: Vec<&str> = facts.services().collect();
    let mut said = match services.len() {
        0 => "A code that is common to all services".to_owned(),
        _ => format!("A code of {}", listed(&services)),
    };
    if let Some(status) = facts.statuses().next() {
        let _ = write!(said, ", with HTTP status {status}");
    }
    match (facts.retry(), facts.fault()) {
        (Some("throttling"), _) => said.push_str("; it is throttling, and clients try again"),
        (Some(_), _) => said.push_str("; it passes, and clients try again"),
        (None, Some("server")) => said.push_str("; the fault is on the side of the service"),
        _ => {}
    }
    said.push('.');
    Some(said)
}

fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let some: Vec<&str> = names.iter().take(NAMED).map(AsRef::as_ref).collect();
    let more = names.len().saturating_sub(NAMED);
    if more > 0 {
        format!("{} and {more} more services", some.join(", "))
    } else {
        some.join(", ")
    }
}

/// Says what is near to an unknown code. Gives whether it is no code at all but a service.
fn unknown(code: &str, knowledge: &Knowledge) -> bool {
    let near = knowledge.nearest(code);
    let is_service = catalogue::services().any(|id| id == code);
    screen::say(&if is_service {
        format!(
            "awsexplain: `{code}` is a service; `awsexplain list --service {code}` shows what is known of its errors"
        )
    } else if near.is_empty() {
        format!(
            "awsexplain: no code `{code}` is known; `awsexplain list --search TEXT` looks for words"
        )
    } else {
        format!(
            "awsexplain: no code `{code}` is known. Did you mean {}?",
            near.join(", ")
        )
    });
    is_service
}

fn tell(question: &Question, explainer: &Explainer<'_>) -> Explanation {
    let mut told = explainer.explain_by(&question.error, &question.answer, Extent::Whole);
    let parts = [question.remark.clone(), told.remark.take()];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    told.remark = Some(parts.join(" ")).filter(|text| !text.is_empty());
    told
}
