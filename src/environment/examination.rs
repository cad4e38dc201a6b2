//! One look at the machine for a whole run, and what it says of one error.
//!
//! The files, the variables and the profile in use are the same for every error of a run, so they are read once. What an
//! error's own words decide (a server's time, an ARN, a profile that was not found, whether a connection failed) is asked
//! for each error by itself: a finding that was made for one of them says nothing of another.

use super::{
    About, Chain, Finding, Host, Overlay, StsRequest, chain::chain, checks, scene::Scene,
    sts::sts_request,
};

/// What an error says of the machine that it came from.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Said {
    /// The error's message; empty where there is no error (`awsexplain check`).
    pub message: String,
    /// The account that the error names (in an ARN), twelve digits.
    pub account: Option<String>,
    /// The time in a server's Date header, in seconds since 1970, where a server was just asked.
    pub date: Option<u64>,
}

impl Said {
    /// What an error of this message says.
    #[must_use]
    pub fn of(message: &str) -> Self {
        Self {
            message: message.to_owned(),
            ..Self::default()
        }
    }
}

/// The machine as one command sees it, looked at once.
pub struct Examination<'h> {
    scene: Scene<'h>,
    /// What is so whatever the error says.
    standing: Vec<Finding>,
}

impl<'h> Examination<'h> {
    /// Looks at a machine: reads the files that the command would read, and makes all checks that need no error.
    #[must_use]
    pub fn new(host: Overlay<'h>, about: About) -> Self {
        let scene = Scene::new(host, about);
        let standing = checks::standing(&scene);
        Self { scene, standing }
    }

    /// All that is found for an error that says this. No file is read for it, and no program started; where its message
    /// speaks of a connection, or is empty, a port of this very machine that an endpoint or a proxy names is tried, once.
    #[must_use]
    pub fn findings(&self, said: &Said) -> Vec<Finding> {
        let mut found = self.standing.clone();
        checks::of_error(&self.scene, said, &mut found);
        found
    }

    /// What the AWS CLI would use for this command.
    #[must_use]
    pub fn chain(&self) -> Chain {
        chain(&self.scene)
    }

    /// The request that tells whose keys the AWS CLI would use.
    ///
    /// # Errors
    /// Why it cannot be made, in a sentence that is safe to print.
    pub fn sts_request(&self) -> Result<StsRequest, String> {
        sts_request(&self.scene)
    }

    /// The machine as the command sees it.
    #[must_use]
    pub fn host(&self) -> &dyn Host {
        &*self.scene.host
    }

    /// What is known of the command.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.scene.about
    }
}

impl std::fmt::Debug for Examination<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Examination")
    }
}
