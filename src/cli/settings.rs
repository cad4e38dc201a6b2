//! Settings: what was typed, then variables, then the repository's file, then the user's.

use std::path::PathBuf;

use crate::environment::Host;

/// The folder of the user's configuration: `$XDG_CONFIG_HOME/awsexplain`, otherwise `~/.config/awsexplain`.
pub fn folder(host: &dyn Host) -> Option<PathBuf> {
    let set = |name: &str| {
        host.variable(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let base = if cfg!(windows) {
        set("APPDATA")
    } else {
        set("XDG_CONFIG_HOME")
    };
    let base = base.or_else(|| host.home().map(|home| home.join(".config")));
    base.map(|base| base.join("awsexplain"))
}
