//! What all checks look at: the host, the command, the two files scanned once, the profile in use.

use super::{
    About, Answer, Host, Overlay,
    client::{self, Client},
    files::{IniFile, Named, Section, Setting},
    words::printable,
};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Mutex, OnceLock},
};

/// One look at a host.
pub(super) struct Scene<'h> {
    /// The machine.
    pub host: Box<dyn Host + Send + 'h>,
    /// The command.
    pub about: About,
    /// Every AWS CLI on PATH, in order.
    pub clients: Vec<PathBuf>,
    /// Which one the first of them is.
    pub client: Client,
    /// `~/.aws/config`, or the file that `AWS_CONFIG_FILE` names.
    pub config: Option<IniFile>,
    /// `~/.aws/credentials`, or the file that `AWS_SHARED_CREDENTIALS_FILE` names.
    pub credentials: Option<IniFile>,
    /// The name of the profile in use.
    pub profile: String,
    /// Who named it: `--profile`, a variable, or nothing (`default`).
    pub profile_from: &'static str,
    /// The sources of credentials that would answer, once they were looked for.
    pub sources: OnceLock<Vec<Answer>>,
    /// The addresses of this machine that were tried, and whether anything listens there.
    ports: Mutex<BTreeMap<SocketAddr, bool>>,
}

/// A setting of a profile, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'s> {
    /// The setting.
    pub setting: &'s Setting,
    /// The file, as shown to people.
    pub file: &'s str,
}

impl Place<'_> {
    /// The value; may be secret.
    pub fn value(&self) -> &str {
        &self.setting.value
    }

    /// `~/.aws/config line 12`.
    pub fn spot(&self) -> String {
        format!("{} line {}", self.file, self.setting.line)
    }
}

impl<'h> Scene<'h> {
    /// Looks at a host.
    pub fn new(host: Overlay<'h>, about: About) -> Self {
        let mut scene = Self {
            host: Box::new(host),
            about,
            clients: Vec::new(),
            client: Client::Unknown,
            config: None,
            credentials: None,
            profile: String::new(),
            profile_from: "",
            sources: OnceLock::new(),
            ports: Mutex::default(),
        };
        scene.clients = client::all(&*scene.host);
        scene.client = scene
            .clients
            .first()
            .map_or(Client::Unknown, |path| client::version(&*scene.host, path));
        let read = |path: Option<PathBuf>| {
            let path = path?;
            Some(IniFile::scan(scene.shown(&path), &scene.host.file(&path)?))
        };
        let (config, credentials) = (read(scene.config_path()), read(scene.credentials_path()));
        (scene.config, scene.credentials) = (config, credentials);
        (scene.profile, scene.profile_from) = scene.profile_in_use();
        scene
    }

    fn profile_in_use(&self) -> (String, &'static str) {
        if let Some(profile) = &self.about.profile {
            return (profile.clone(), "--profile");
        }
        // Version 1 and boto3 ask in the reverse order.
        let mut names = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"];
        if self.client == Client::V1 {
            names.reverse();
        }
        let set = names
            .iter()
            .find_map(|name| Some((self.host.variable(name)?, *name)));
        set.unwrap_or_else(|| ("default".to_owned(), ""))
    }

    /// A variable that is set to something; botocore takes an empty one as not set.
    pub fn variable(&self, name: &str) -> Option<String> {
        self.host.variable(name).filter(|value| !value.is_empty())
    }

    /// Whether something listens at an address of this machine; each is tried once.
    pub fn listens(&self, address: SocketAddr) -> bool {
        let Ok(mut ports) = self.ports.lock() else {
            return true;
        };
        *ports
            .entry(address)
            .or_insert_with(|| self.host.listens(address))
    }

    /// Whether a variable is set to something.
    pub fn is_set(&self, name: &str) -> bool {
        self.variable(name).is_some()
    }

    /// The path of the config file.
    pub fn config_path(&self) -> Option<PathBuf> {
        self.path_of("AWS_CONFIG_FILE", ".aws/config")
    }

    /// The path of the credentials file.
    pub fn credentials_path(&self) -> Option<PathBuf> {
        self.path_of("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials")
    }

    fn path_of(&self, name: &str, usual: &str) -> Option<PathBuf> {
        match self.variable(name) {
            Some(value) => Some(self.path(&value)),
            None => self.host.home().map(|home| home.join(usual)),
        }
    }

    /// A path as the clients read it: `~` is the home folder.
    pub fn path(&self, text: &str) -> PathBuf {
        match (text.strip_prefix("~/"), self.host.home()) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(text),
        }
    }

    /// A path for people: `~/…` for what is below the home folder, without control characters.
    pub fn shown(&self, path: &Path) -> String {
        let below = self
            .host
            .home()
            .and_then(|home| path.strip_prefix(home).ok().map(Path::to_path_buf));
        let text = below.map_or_else(
            || path.display().to_string(),
            |rest| format!("~/{}", rest.display()),
        );
        printable(&text)
    }

    /// A setting of a profile. The credentials file is asked first, as botocore does.
    pub fn setting(&self, profile: &str, key: &str) -> Option<Place<'_>> {
        self.in_credentials(profile, key)
            .or_else(|| self.in_config(profile, key))
    }

    /// A setting of a profile in the credentials file.
    pub fn in_credentials(&self, profile: &str, key: &str) -> Option<Place<'_>> {
        let file = self.credentials.as_ref()?;
        Some(Place {
            setting: file.section(profile)?.get(key)?,
            file: &file.shown,
        })
    }

    /// A setting of a profile in the config file.
    pub fn in_config(&self, profile: &str, key: &str) -> Option<Place<'_>> {
        let file = self.config.as_ref()?;
        let mut named = file
            .sections
            .iter()
            .rev()
            .filter(|section| section.profile() == Some(profile));
        // Of `[default]` and `[profile default]` the last one is read, and not both together.
        let setting = named.next()?.get(key)?;
        Some(Place {
            setting,
            file: &file.shown,
        })
    }

    /// A setting of the profile in use.
    pub fn used(&self, key: &str) -> Option<Place<'_>> {
        self.setting(&self.profile, key)
    }

    /// A setting of an `[sso-session NAME]`.
    pub fn in_session(&self, session: &str, key: &str) -> Option<Place<'_>> {
        let file = self.config.as_ref()?;
        let section = file.named(Named::SsoSession, session)?;
        Some(Place {
            setting: section.get(key)?,
            file: &file.shown,
        })
    }

    /// The names of all profiles in both files, as botocore sees them.
    pub fn profiles(&self) -> Vec<&str> {
        let config = self.config.iter().flat_map(|file| &file.sections);
        let credentials = self.credentials.iter().flat_map(|file| &file.sections);
        let mut names: Vec<&str> = config.filter_map(Section::profile).collect();
        names.extend(credentials.map(|section| section.header.as_str()));
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Whether the key variables take part: an explicit `--profile` shuts them out, `AWS_PROFILE` does not.
    pub fn keys_in_variables(&self) -> bool {
        self.about.profile.is_none()
            && self.is_set("AWS_ACCESS_KEY_ID")
            && self.is_set("AWS_SECRET_ACCESS_KEY")
    }

    /// The variable that holds the session token which botocore takes, and its value; the old name wins.
    pub fn token_variable(&self) -> Option<(&'static str, String)> {
        let names = ["AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN"];
        names
            .iter()
            .find_map(|name| Some((*name, self.variable(name)?)))
    }

    /// The Region in use, and who named it.
    pub fn region(&self) -> Option<(String, String)> {
        if let Some(region) = &self.about.region {
            return Some((region.clone(), "--region".to_owned()));
        }
        let names: &[&str] = match self.client {
            Client::V1 => &["AWS_DEFAULT_REGION"],
            _ => &["AWS_REGION", "AWS_DEFAULT_REGION"],
        };
        let variable = names
            .iter()
            .find_map(|name| Some((self.variable(name)?, (*name).to_owned())));
        // An empty one is none, and that of the other file does not take its place.
        variable.or_else(|| {
            let place = self.used("region")?;
            (!place.value().is_empty()).then(|| (place.value().to_owned(), place.spot()))
        })
    }

    /// Whether a switch is on: the variable decides, and where it is not set the profile in use.
    pub fn is_on(&self, variable: &str, key: &str) -> bool {
        let value = self
            .variable(variable)
            .or_else(|| self.used(key).map(|place| place.value().to_owned()));
        value.is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The endpoint that was set by hand, and who set it: for one service before for all, a variable before a file.
    pub fn endpoint(&self) -> Option<(String, String)> {
        if let Some(endpoint) = &self.about.endpoint {
            return Some((endpoint.clone(), "--endpoint-url".to_owned()));
        }
        let names = self.host.variable_names().into_iter();
        let of_service = names.filter(|name| name.starts_with("AWS_ENDPOINT_URL_"));
        self.configured_endpoint(of_service.collect(), None)
    }

    /// The endpoint that was set by hand for AWS STS, and who set it.
    pub fn sts_endpoint(&self) -> Option<(String, String)> {
        self.configured_endpoint(vec!["AWS_ENDPOINT_URL_STS".to_owned()], Some("sts"))
    }

    /// An endpoint of these variables or of this service (`None`: of any); otherwise that of all services.
    fn configured_endpoint(
        &self,
        of_service: Vec<String>,
        service: Option<&str>,
    ) -> Option<(String, String)> {
        let ignored = self.variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
        if ignored.is_some_and(|value| value.eq_ignore_ascii_case("true")) {
            return None;
        }
        let names = of_service
            .into_iter()
            .chain(["AWS_ENDPOINT_URL".to_owned()]);
        let mut variables = names.filter_map(|name| Some((self.variable(&name)?, name)));
        let of_profile = || {
            self.used("endpoint_url")
                .map(|place| (place.value().to_owned(), place.spot()))
        };
        variables
            .next()
            .or_else(|| self.endpoint_in_services(service))
            .or_else(of_profile)
    }

    /// The first `endpoint_url` under a service of the `[services NAME]` that the profile names.
    fn endpoint_in_services(&self, wanted: Option<&str>) -> Option<(String, String)> {
        let (name, file) = (self.used("services")?, self.config.as_ref()?);
        let services = file.named(Named::Services, name.value())?;
        let is_wanted = |key: &str| wanted.is_none_or(|wanted| wanted == key);
        let mut settings = services
            .settings
            .iter()
            .filter(|service| is_wanted(&service.key));
        settings.find_map(|service| {
            let (_, url) = service
                .nested
                .iter()
                .find(|(key, _)| key == "endpoint_url")?;
            Some((url.clone(), format!("{} line {}", file.shown, service.line)))
        })
    }

    /// The file of CA certificates, and who names it. What is meant for AWS alone comes before what is meant for every
    /// program.
    pub fn ca_bundle(&self) -> Option<(String, String)> {
        let variable = |name: &str| Some((self.variable(name)?, name.to_owned()));
        let of_profile = || {
            self.used("ca_bundle")
                .map(|place| (place.value().to_owned(), place.spot()))
        };
        variable("AWS_CA_BUNDLE")
            .or_else(of_profile)
            .or_else(|| variable("REQUESTS_CA_BUNDLE"))
    }
}
