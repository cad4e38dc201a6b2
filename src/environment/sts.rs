//! Where AWS STS would be asked whose keys these are, and with which keys: what `awsexplain check --online` needs.
//!
//! Nothing is sent here. Keys are handed out only where they lie ready: in variables, in a file, in a cache that has not
//! ended. Where a program would have to be run, a role assumed or an address asked first, there is a sentence instead.
//! The request goes to https, or to this very machine.

use super::{
    address::{host_of, is_excepted, loopback, shown_url},
    chain::{Source, sources},
    lifetime::{cached_session, console_login, time_in},
    regions::{dual_stack_suffix_of, is_well_formed, partition_of, suffix_of},
    scene::{Place, Scene},
};
use serde_json::Value;

/// A key pair and its token. It has no `Debug`, since all of it is secret.
pub struct Keys {
    /// The key's id.
    pub id: String,
    /// Its secret.
    pub secret: String,
    /// The session's token, where it is of a session.
    pub token: Option<String>,
}

/// A request to AWS STS, all but its signature.
pub struct StsRequest {
    /// What it is signed with.
    pub keys: Keys,
    /// Where it goes: scheme, host and port; safe to print.
    pub to: String,
    /// The path there, `/` as a rule.
    pub path: String,
    /// The Region that it is signed for.
    pub region: String,
    /// The proxy on the way; may hold a password.
    pub proxy: Option<String>,
    /// The certificates to trust instead of the public ones, in PEM.
    pub ca_bundle: Option<Vec<u8>>,
    /// What was taken for granted, in a sentence.
    pub assumption: Option<String>,
}

/// The request that tells whose keys the AWS CLI would use; or why it cannot be made, in a sentence that is safe to print.
pub(super) fn sts_request(scene: &Scene) -> Result<StsRequest, String> {
    let keys = keys(scene)?;
    let (region, assumption) = match scene.region() {
        Some((region, _)) if is_well_formed(&region) => (region, None),
        Some((_, from)) => return Err(format!("The Region from {from} is no Region's name.")),
        None => {
            let assumed = "No Region is set; AWS STS is asked in us-east-1.";
            ("us-east-1".to_owned(), Some(assumed.to_owned()))
        }
    };
    let (to, path) = address(scene, &region)?;
    Ok(StsRequest {
        keys,
        proxy: proxy(scene, &to),
        ca_bundle: ca_bundle(scene)?,
        to,
        path,
        region,
        assumption,
    })
}

fn keys(scene: &Scene) -> Result<Keys, String> {
    let first = sources(scene)
        .into_iter()
        .next()
        .map(|answer| answer.source);
    let Some(source) = first else {
        return Err("There are no credentials to ask with.".to_owned());
    };
    let found = match source {
        Source::Variables => Some(Keys {
            id: scene.variable("AWS_ACCESS_KEY_ID").unwrap_or_default(),
            secret: scene.variable("AWS_SECRET_ACCESS_KEY").unwrap_or_default(),
            token: scene.token_variable().map(|(_, token)| token),
        }),
        Source::CredentialsFile => in_file(&|key| scene.in_credentials(&scene.profile, key)),
        Source::ConfigFile => in_file(&|key| scene.in_config(&scene.profile, key)),
        Source::AssumeRole | Source::WebIdentity | Source::Sso => cached_session(scene, source)
            .filter(|kept| lasts(scene, kept, "Expiration"))
            .and_then(|kept| in_json(&kept, ["AccessKeyId", "SecretAccessKey", "SessionToken"])),
        Source::Login => scene
            .used("login_session")
            .and_then(|session| console_login(scene, session.value()))
            .and_then(|mut login| login.get_mut("accessToken").map(Value::take))
            .filter(|kept| lasts(scene, kept, "expiresAt"))
            .and_then(|kept| in_json(&kept, ["accessKeyId", "secretAccessKey", "sessionToken"])),
        Source::Process | Source::Container | Source::Metadata => None,
    };
    let Some(keys) = found else {
        let what = match source {
            Source::AssumeRole => "The role would have to be assumed first",
            Source::WebIdentity => {
                "The role would have to be assumed by the web identity token first"
            }
            Source::Sso => {
                "IAM Identity Center would have to be asked for the role's credentials first"
            }
            Source::Process => "credential_process would have to be run first",
            Source::Login => "The session of aws login would have to be renewed first",
            _ => "Another address would have to be asked for credentials first",
        };
        let so = "`aws sts get-caller-identity` does that, and tells whose they are.";
        return Err(format!("{what}. {so}"));
    };
    // In a header nothing else may stand; a check of its own tells of it.
    let fits = |text: &String| text.bytes().all(|byte| byte.is_ascii_graphic());
    if !(fits(&keys.id) && fits(&keys.secret) && keys.token.iter().all(fits)) {
        return Err("A key or token holds a character that cannot be sent.".to_owned());
    }
    Ok(keys)
}

fn in_file<'s>(get: &dyn Fn(&str) -> Option<Place<'s>>) -> Option<Keys> {
    let value = |key: &str| get(key).map(|place| place.value().to_owned());
    Some(Keys {
        id: value("aws_access_key_id")?,
        secret: value("aws_secret_access_key")?,
        // botocore takes the old name first.
        token: value("aws_security_token").or_else(|| value("aws_session_token")),
    })
}

fn in_json(object: &Value, [id, secret, token]: [&str; 3]) -> Option<Keys> {
    let text = |key: &str| Some(object.get(key)?.as_str()?.to_owned());
    Some(Keys {
        id: text(id)?,
        secret: text(secret)?,
        token: Some(text(token)?),
    })
}

fn lasts(scene: &Scene, object: &Value, key: &str) -> bool {
    time_in(object, key).is_some_and(|ends| ends > scene.host.now())
}

/// Scheme, host and port of AWS STS, and the path there.
fn address(scene: &Scene, region: &str) -> Result<(String, String), String> {
    let fips = scene.is_on("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
    let dual = scene.is_on("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
    let Some((url, from)) = scene.sts_endpoint() else {
        return Ok((public_address(region, fips, dual), "/".to_owned()));
    };
    if fips || dual {
        return Err(format!(
            "An endpoint is set by hand ({from}) and {} asked for; the AWS CLI refuses both together.",
            if fips {
                "a FIPS endpoint is"
            } else {
                "dual-stack is"
            }
        ));
    }
    let to = shown_url(&url);
    if !to.starts_with("http") {
        return Err(format!(
            "The endpoint from {from} is no address that can be asked."
        ));
    }
    if to.starts_with("http:") && loopback(&url).is_none() {
        return Err(format!(
            "The endpoint from {from} is another machine without https; keys are not used there."
        ));
    }
    let behind = url.split_once("://").map_or("", |(_, rest)| rest);
    let path = behind.find('/').map_or("/", |at| &behind[at..]);
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    if behind.contains('@') || !path.bytes().all(plain) {
        return Err(format!(
            "The endpoint from {from} has more than a host and a path."
        ));
    }
    Ok((to, path.to_owned()))
}

/// AWS's own address of AWS STS in a Region: the plain one, that of FIPS, that of IPv4 and IPv6 both.
fn public_address(region: &str, fips: bool, dual: bool) -> String {
    let partition = partition_of(region);
    // In GovCloud the plain one is that of FIPS.
    let name = if fips && (dual || partition != "aws-us-gov") {
        "sts-fips"
    } else {
        "sts"
    };
    let suffix = if dual {
        dual_stack_suffix_of(partition)
    } else {
        suffix_of(partition)
    };
    format!("https://{name}.{region}.{suffix}")
}

fn proxy(scene: &Scene, to: &str) -> Option<String> {
    let first = |names: [&str; 2]| names.iter().find_map(|name| scene.variable(name));
    let names = if to.starts_with("https:") {
        ["https_proxy", "HTTPS_PROXY"]
    } else {
        ["http_proxy", "HTTP_PROXY"]
    };
    let url = first(names)?;
    let list = first(["no_proxy", "NO_PROXY"]).unwrap_or_default();
    if is_excepted(&list, host_of(to)) {
        return None;
    }
    Some(if url.contains("://") {
        url
    } else {
        format!("http://{url}")
    })
}

fn ca_bundle(scene: &Scene) -> Result<Option<Vec<u8>>, String> {
    let Some((path, from)) = scene.ca_bundle() else {
        return Ok(None);
    };
    let bytes = scene.host.file(&scene.path(&path));
    let bytes = bytes
        .ok_or_else(|| format!("The CA bundle that {from} names is no file that can be read."))?;
    Ok(Some(bytes))
}
