//! What a program beside us means for the facts of this machine: whether it is an AWS client that runs here, hands on what
//! others say, shows what was written before, or runs its command somewhere else.

/// What a program is, by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// The AWS CLI.
    Aws,
    /// It hands on its standard input: `tee`, `grep`, `sed`.
    PassesOn,
    /// It shows what was written before, or on another machine: `tail`, `gh run view`, `kubectl logs`.
    Shows,
    /// It runs its command elsewhere, or as somebody else: `ssh`, `docker run`, `sudo`.
    Elsewhere,
    /// Any other program, whose environment is its own: a script, `make`, `terraform`.
    Other,
}

/// What hands its standard input on, where it has no file of its own to read.
const PASS_ON: &str = "tee cat grep egrep fgrep rg ugrep ag sed gsed awk gawk mawk nawk ts cut tr sort uniq head tail nl fold \
    fmt column jq yq pv buffer mbuffer ansifilter col iconv dos2unix tac rev paste sponge bat ccze lolcat less \
    more awsexplain";

/// What shows saved or foreign logs, whatever its words.
const SHOW: &str = "zcat gzcat gunzip gzip xzcat bzcat zstdcat zstd zgrep xzgrep unzip tar journalctl gh glab hub curl wget \
    stern heroku fly flyctl circleci bk printf echo pbpaste xclip xsel wl-paste";

/// What runs its command elsewhere or as another user, whatever its words.
const AWAY: &str = "ssh autossh mosh rsh slogin sshpass sudo doas su runuser chroot nsenter wsl wsl.exe multipass limactl lima \
    flatpak-spawn toolbox distrobox systemd-nspawn pkexec parallel-ssh pssh";

/// What runs containers: the first of [`VERBS`] among its words tells whether a command is run there or a log is shown. Other
/// words are its own work, which it does here (`docker push`, `kubectl get`).
const CONTAINERS: &str = "docker docker-compose podman podman-compose nerdctl kubectl oc k3s microk8s minikube crictl ctr finch lxc \
    incus";

/// Shells, which run commands in the middle of their own work.
const SHELLS: &str = "sh bash zsh dash ksh mksh ash fish pwsh powershell cmd tcsh csh nu busybox";

/// What a program for containers does, and what that is.
const VERBS: &[(&str, Program)] = &[
    ("logs", Program::Shows),
    ("log", Program::Shows),
    ("run", Program::Elsewhere),
    ("exec", Program::Elsewhere),
    ("attach", Program::Elsewhere),
    ("start", Program::Elsewhere),
    ("up", Program::Elsewhere),
    ("debug", Program::Elsewhere),
    ("rsh", Program::Elsewhere),
    ("shell", Program::Elsewhere),
    ("build", Program::Elsewhere),
    ("buildx", Program::Elsewhere),
];

/// What runs another program in the same environment, and is replaced by it or waits for it.
const LAUNCH: &str = "env time gtime nice ionice chrt taskset timeout gtimeout stdbuf gstdbuf nohup setsid unbuffer chronic \
    command exec caffeinate strace faketime";

impl Program {
    /// What the words of a process name.
    pub fn of<S: AsRef<str>>(words: &[S]) -> Self {
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        let Some(first) = words.first() else {
            return Self::Other;
        };
        let name = name(first);
        if aws_among(&words).is_some() {
            Self::Aws
        } else if among(AWAY, name) {
            Self::Elsewhere
        } else if among(CONTAINERS, name) {
            let mut rest = words[1..].iter();
            let verb = rest.find_map(|word| VERBS.iter().find(|(verb, _)| verb == word));
            verb.map_or(Self::Other, |(_, program)| *program)
        } else if among(SHOW, name) {
            Self::Shows
        } else if among(PASS_ON, name) {
            Self::PassesOn
        } else {
            Self::Other
        }
    }
}

/// Whether a program of that name is a shell.
pub fn is_shell(name: &str) -> bool {
    among(SHELLS, name)
}

/// Whether a name stands in a list of them with blanks between.
pub(super) fn among(list: &str, name: &str) -> bool {
    list.split(' ').any(|one| one == name)
}

/// The name of a program without its folder; a login shell's `-` is left out.
pub fn name(word: &str) -> &str {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    name.strip_prefix('-').unwrap_or(name)
}

/// Where `aws` stands among the words of a process: first, as the script of Python or a shell, or behind what only starts
/// it.
pub(super) fn aws_among(words: &[&str]) -> Option<usize> {
    let is_aws = |word: &str| matches!(name(word), "aws" | "aws.exe" | "aws2" | "awslocal");
    let first = words.first()?;
    if is_aws(first) {
        return Some(0);
    }
    let starter = name(first);
    if starter.starts_with("python")
        || starter.starts_with("pypy")
        || matches!(starter, "sh" | "bash" | "dash")
    {
        // The script is the first word that is no option; `-m awscli` runs the same. Behind `-c` stands a script's text,
        // which has no name.
        let at = (1..words.len()).find(|at| !words[*at].starts_with('-'))?;
        let is_module = words[at - 1] == "-m" && words[at] == "awscli";
        let is_text = words[at - 1] == "-c";
        return (is_module || is_aws(words[at]) && !is_text).then_some(at);
    }
    if !among(LAUNCH, starter) {
        return None;
    }
    // Behind its options and their values; a variable that `env` sets is not seen by us, so that it is another environment.
    let at = (1..words.len()).find(|at| is_aws(words[*at]))?;
    let before = &words[1..at];
    let harmless = |word: &&str| {
        among(LAUNCH, name(word))
            || word.starts_with('-')
            || word.bytes().any(|byte| byte.is_ascii_digit())
    };
    (before.len() < 8
        && before.iter().all(harmless)
        && !before
            .iter()
            .any(|word| !word.starts_with('-') && word.contains('=')))
    .then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_what_a_program_does() {
        for (line, wanted) in [
            ("aws s3 ls", Program::Aws),
            ("/usr/bin/python3.11 -I /usr/bin/aws s3 ls", Program::Aws),
            ("stdbuf -oL aws s3 ls", Program::Aws),
            ("/bin/sh /usr/local/bin/aws s3 ls", Program::Aws),
            ("sh -c aws", Program::Other),
            ("env AWS_PROFILE=x aws s3 ls", Program::Other),
            ("tee aws.log", Program::PassesOn),
            ("grep -v aws", Program::PassesOn),
            ("zcat log.gz", Program::Shows),
            ("gh run view --log", Program::Shows),
            ("kubectl logs pod", Program::Shows),
            ("docker compose logs -f", Program::Shows),
            ("docker run --rm amazon/aws-cli s3 ls", Program::Elsewhere),
            ("kubectl exec pod -- aws s3 ls", Program::Elsewhere),
            ("docker run x aws logs tail", Program::Elsewhere),
            ("docker push x", Program::Other),
            ("kubectl get pods", Program::Other),
            ("git push", Program::Other),
            ("ssh host aws s3 ls", Program::Elsewhere),
            ("sudo aws s3 ls", Program::Elsewhere),
            ("terraform apply", Program::Other),
            ("python3 deploy.py", Program::Other),
            ("-bash", Program::Other),
        ] {
            let words: Vec<&str> = line.split(' ').collect();
            assert_eq!(Program::of(&words), wanted, "{line}");
        }
    }
}
