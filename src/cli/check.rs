//! `awsexplain check`: what the AWS CLI would use on this machine, and what is wrong with it; with `--online` also whose
//! keys AWS STS says they are.

use std::io::{self, IsTerminal};

use super::{
    arguments::{CheckArguments, Document},
    screen,
};
use crate::{
    diagnose::{self, Explanation, Extent, Here, Shell},
    environment::{About, Examination, Host, Overlay, RealHost, Said},
    error::Result,
    knowledge::Knowledge,
    online::{self, Answer, Asked},
    recognise::AwsError,
    render::{Checked, Online, document, machine_object, table},
};

/// Looks at this machine. Gives 0, or 1 where something is wrong.
pub fn check(arguments: &CheckArguments) -> Result<u8> {
    let host = RealHost;
    let about = About {
        profile: arguments.profile.clone(),
        terminal: io::stdin().is_terminal(),
        ..About::default()
    };
    let shell = screen::shell(&arguments.screen, &host);
    let machine = Examination::new(Overlay::none(&host), about);
    let mut chain = machine.chain();
    let mut said = Said::default();
    let mut online = None;
    if arguments.online {
        online::available()?;
        let (to, asked) = match machine.sts_request() {
            Err(why) => (None, nobody(why)),
            Ok(request) => {
                screen::say(&format!(
                    "awsexplain: asking {} whose keys these are",
                    request.to
                ));
                chain.assumptions.extend(request.assumption.clone());
                let asked = online::who(&request, host.now())?;
                (Some(request.to), asked)
            }
        };
        said.date = asked.date;
        online = Some(Online {
            to,
            explained: explained(&asked, &machine, shell),
            answer: asked.answer,
        });
    }
    let checked = Checked {
        online,
        ..Checked::new(chain, machine.findings(&said), host.now(), shell)
    };
    let output = match arguments.output.document {
        Document::Json => document(&machine_object(&checked)).into_bytes(),
        Document::Text => {
            let look = screen::look(
                &arguments.screen,
                io::stdout().is_terminal(),
                io::stdout(),
                &host,
            );
            table(&checked, look)
        }
    };
    screen::print(&output)?;
    Ok(u8::from(checked.is_wrong()))
}

/// Nobody is asked.
fn nobody(why: String) -> Asked {
    Asked {
        answer: Answer::Nothing(why),
        date: None,
    }
}

/// What explains a refusal.
fn explained(
    asked: &Asked,
    machine: &Examination<'_>,
    shell: Shell,
) -> Option<(AwsError, Explanation)> {
    let Answer::Refused {
        status,
        code,
        message,
    } = &asked.answer
    else {
        return None;
    };
    let error = AwsError {
        code: Some(code.clone()),
        message: Some(message.clone()),
        service: Some("sts".to_owned()),
        operation: Some("GetCallerIdentity".to_owned()),
        http_status: Some(*status),
        ..AwsError::default()
    };
    let findings = machine.findings(&Said {
        date: asked.date,
        ..Said::of(message)
    });
    let here = Here::seen(Some(machine), &findings, shell);
    let mut told = diagnose::explain(
        &error,
        &Knowledge::default().find(&error),
        here,
        Extent::Whole,
    );
    for cause in &mut told.causes {
        cause.again = Some("awsexplain check --online".to_owned());
    }
    Some((error, told))
}
