//! The request: signed by AWS's own crate, sent by ureq over rustls.

use std::{
    io::ErrorKind,
    time::{Duration, UNIX_EPOCH},
};

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningSettings, sign},
    sign::v4,
};
use ureq::{
    Agent, Error, Proxy,
    tls::{PemItem, RootCerts, TlsConfig, parse_pem},
};

use super::{Answer, Asked, LIMIT, read};
use crate::environment::StsRequest;

const BODY: &str = "Action=GetCallerIdentity&Version=2011-06-15";
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";
/// The most that is read of an answer, in bytes; a real one has a few hundred.
const LONGEST: u64 = 64 << 10;

pub fn ask(request: &StsRequest, now: u64) -> Asked {
    match sent(request, now) {
        Ok(asked) => asked,
        Err(why) => Asked {
            answer: Answer::Nothing(why),
            date: None,
        },
    }
}

fn sent(request: &StsRequest, now: u64) -> Result<Asked, String> {
    let url = format!("{}{}", request.to, request.path);
    let mut post = agent(request)?.post(&url).header("content-type", FORM);
    for (name, value) in signature(request, &url, now)? {
        post = post.header(name, value);
    }
    let mut response = post.send(BODY).map_err(|fault| told(&fault))?;
    let status = response.status().as_u16();
    let header = |name: &str| {
        let value = response.headers().get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    let date = header("date");
    let body = response
        .body_mut()
        .with_config()
        .limit(LONGEST)
        .read_to_vec();
    let body = body.map_err(|fault| told(&fault))?;
    Ok(read::answer(
        status,
        date.as_deref(),
        &String::from_utf8_lossy(&body),
    ))
}

fn agent(request: &StsRequest) -> Result<Agent, String> {
    let proxy = match &request.proxy {
        Some(url) => Some(Proxy::new(url).map_err(|fault| told(&fault))?),
        None => None,
    };
    let roots = match &request.ca_bundle {
        None => RootCerts::WebPki,
        Some(pem) => {
            let certificates: Vec<_> = parse_pem(pem)
                .filter_map(|item| match item {
                    Ok(PemItem::Certificate(certificate)) => Some(certificate),
                    _ => None,
                })
                .collect();
            RootCerts::new_with_certs(&certificates)
        }
    };
    let config = Agent::config_builder()
        .timeout_global(Some(LIMIT))
        .proxy(proxy)
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent(concat!("awsexplain/", env!("CARGO_PKG_VERSION")))
        .tls_config(TlsConfig::builder().root_certs(roots).build());
    Ok(config.build().new_agent())
}

/// The headers that sign the request.
fn signature(request: &StsRequest, url: &str, now: u64) -> Result<Vec<(String, String)>, String> {
    let unsigned = |_| "The request cannot be signed with these keys.".to_owned();
    let keys = &request.keys;
    let identity = Credentials::new(
        keys.id.as_str(),
        keys.secret.as_str(),
        keys.token.clone(),
        None,
        "awsexplain",
    )
    .into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(&request.region)
        .name("sts")
        .time(UNIX_EPOCH + Duration::from_secs(now))
        .settings(SigningSettings::default())
        .build()
        .map_err(|_| "The request cannot be signed with these keys.".to_owned())?
        .into();
    let headers = [("content-type", FORM)].into_iter();
    let signable = SignableRequest::new("POST", url, headers, SignableBody::Bytes(BODY.as_bytes()));
    let signed = sign(signable.map_err(unsigned)?, &params).map_err(unsigned)?;
    let headers = signed.output().headers();
    Ok(headers
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect())
}

/// Why there is no answer. What the other side said in its own words is not repeated.
fn told(fault: &Error) -> String {
    match fault {
        Error::Timeout(_) => format!("No answer within {} s.", LIMIT.as_secs()),
        Error::HostNotFound => "No address is known for that name.".to_owned(),
        Error::InvalidProxyUrl => {
            "The proxy's address is malformed, or of a kind that is not supported.".to_owned()
        }
        Error::ConnectProxyFailed(_) => "The proxy refuses the connection.".to_owned(),
        Error::BodyExceedsLimit(_) | Error::LargeResponseHeader(..) => {
            "The answer is too long to be one of AWS STS.".to_owned()
        }
        Error::Rustls(_) | Error::Tls(_) | Error::Pem(_) => {
            "The server's certificate is not trusted, or the connection cannot be encrypted."
                .to_owned()
        }
        Error::ConnectionFailed => "No connection can be made.".to_owned(),
        Error::Io(fault) => match fault.kind() {
            ErrorKind::ConnectionRefused => "Nothing listens there.".to_owned(),
            ErrorKind::TimedOut | ErrorKind::WouldBlock => {
                format!("No answer within {} s.", LIMIT.as_secs())
            }
            ErrorKind::InvalidData => {
                "The server's certificate is not trusted, or the connection cannot be encrypted."
                    .to_owned()
            }
            _ => "The connection broke off.".to_owned(),
        },
        _ => "What came back is no answer of AWS STS.".to_owned(),
    }
}
