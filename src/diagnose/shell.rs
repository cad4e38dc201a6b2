//! Commands in the user's shell: how a word is quoted, a variable set and unset.

use std::borrow::Cow;

use crate::environment::{Host, shell_around};

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shell {
    /// bash, zsh, sh and their like.
    #[default]
    Posix,
    /// fish.
    Fish,
    /// PowerShell.
    PowerShell,
    /// cmd.exe.
    Cmd,
}

impl Shell {
    /// The shell of this name; `None` where it is none that we know.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "bash" | "zsh" | "sh" | "dash" | "ash" | "ksh" | "mksh" => Some(Self::Posix),
            "fish" => Some(Self::Fish),
            "powershell" | "pwsh" => Some(Self::PowerShell),
            "cmd" => Some(Self::Cmd),
            _ => None,
        }
    }

    /// The shell that the reader sits at, as far as it can be told; that of bash and its like otherwise.
    #[must_use]
    pub fn around(host: &dyn Host) -> Self {
        shell_around(host)
            .and_then(|name| Self::named(&name))
            .unwrap_or_default()
    }

    /// The command that takes variables out of the shell.
    #[must_use]
    pub fn unset(self, names: &[&str]) -> String {
        match self {
            Self::Posix => format!("unset {}", names.join(" ")),
            Self::Fish => format!("set -e {}", names.join(" ")),
            Self::PowerShell => {
                let items: Vec<String> = names.iter().map(|name| format!("Env:{name}")).collect();
                format!("Remove-Item {} -ErrorAction Ignore", items.join(", "))
            }
            Self::Cmd => names
                .iter()
                .map(|name| format!("set {name}="))
                .collect::<Vec<_>>()
                .join(" & "),
        }
    }

    /// The command that sets a variable.
    #[must_use]
    pub fn set(self, name: &str, value: &str) -> String {
        match self {
            Self::Posix => format!("export {name}={}", self.word(value)),
            Self::Fish => format!("set -gx {name} {}", self.word(value)),
            Self::PowerShell => format!("$Env:{name} = {}", in_powershell(value)),
            Self::Cmd => format!("set \"{name}={}\"", in_cmd(value)),
        }
    }

    /// A command of these words, each quoted where it needs it.
    #[must_use]
    pub fn line(self, words: &[impl AsRef<str>]) -> String {
        let words: Vec<_> = words.iter().map(|word| self.word(word.as_ref())).collect();
        words.join(" ")
    }

    /// A word, quoted where it needs it. A placeholder like `<bucket>` stays as it is: it is for the reader, and a shell
    /// that is given it refuses it.
    #[must_use]
    pub fn word(self, word: &str) -> Cow<'_, str> {
        let plain = |byte: u8| {
            byte.is_ascii_alphanumeric()
                || matches!(
                    byte,
                    b'.' | b'_' | b':' | b'/' | b'@' | b'=' | b'+' | b',' | b'-'
                )
        };
        let placeholder = word.split_once('<').is_some_and(|(before, rest)| {
            rest.split_once('>').is_some_and(|(name, behind)| {
                [before, name, behind]
                    .iter()
                    .all(|part| part.bytes().all(|byte| plain(byte) || byte == b' '))
            })
        });
        // A home folder is found by its `~`, which no shell reads inside quotes.
        let below = word.strip_prefix("~/").unwrap_or(word);
        let parted = self == Self::PowerShell && is_parted_by_powershell(word);
        if !word.is_empty() && !parted && (below.bytes().all(plain) || placeholder) {
            return Cow::Borrowed(word);
        }
        Cow::Owned(match self {
            Self::Posix => format!("'{}'", word.replace('\'', r"'\''")),
            Self::Fish => format!("'{}'", word.replace('\\', r"\\").replace('\'', r"\'")),
            Self::PowerShell => in_powershell(word),
            Self::Cmd => format!("\"{}\"", in_cmd(word)),
        })
    }
}

/// Whether PowerShell makes several words of it, or a variable: a comma makes a list, `@` takes a variable apart, and a word
/// with one hyphen ends at a dot or colon.
fn is_parted_by_powershell(word: &str) -> bool {
    let flag = word.starts_with('-') && !word.starts_with("--");
    word.contains([',', '@']) || flag && word.contains(['.', ':'])
}

/// A text in PowerShell's quotes, which typographic ones open and close as well; two of them stand for one.
fn in_powershell(text: &str) -> String {
    let mut quoted = String::from("'");
    for letter in text.chars() {
        if matches!(letter, '\'' | '\u{2018}'..='\u{201b}') {
            quoted.push(letter);
        }
        quoted.push(letter);
    }
    quoted.push('\'');
    quoted
}

/// A text as it may stand inside the double quotes of cmd: what ends them or names a variable cannot be written there, and
/// is left out.
fn in_cmd(text: &str) -> String {
    text.replace(['"', '%', '!'], "")
}

/// The words of a command as an entry writes it: quotes group, nothing else is special.
#[must_use]
pub fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quote, mut begun) = (String::new(), None, false);
    let mut rest = command;
    while !rest.is_empty() {
        let is_special = |letter: char| match quote {
            None => matches!(letter, '\'' | '"' | ' ' | '\n'),
            Some(open) => letter == open,
        };
        let plain = rest.find(is_special).unwrap_or(rest.len());
        word.push_str(&rest[..plain]);
        begun |= plain > 0;
        let special = rest[plain..].chars().next();
        match special {
            Some(letter @ ('\'' | '"')) => {
                quote = quote.is_none().then_some(letter);
                begun = true;
            }
            _ if begun => {
                words.push(std::mem::take(&mut word));
                begun = false;
            }
            _ => {}
        }
        rest = rest.get(plain + 1..).unwrap_or_default();
    }
    if begun {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_being_split_and_quoted() {
        let command = "aws s3api list-buckets --query 'Buckets[].Name' --x \"a 'b'\"";
        let words = words(command);
        assert_eq!(words[4], "Buckets[].Name");
        assert_eq!(words[6], "a 'b'");
        assert_eq!(Shell::Posix.word("a 'b'"), r"'a '\''b'\'''");
        assert_eq!(Shell::Posix.word("s3://<bucket>/x"), "s3://<bucket>/x");
        assert_eq!(Shell::Posix.word("$(id)"), "'$(id)'");
        assert_eq!(Shell::Posix.word("~/.aws"), "~/.aws");
        assert_eq!(Shell::Posix.word("a~b"), "'a~b'");
    }

    #[test]
    fn powershell_gets_words_that_stay_one() {
        for word in [
            "Name=a,Values=b",
            "@list",
            "-lock=1.5",
            "Name=vpc-id,Values=<vpc>",
        ] {
            assert_eq!(Shell::PowerShell.word(word), format!("'{word}'"));
            assert_eq!(Shell::Posix.word(word), word);
        }
        for word in ["--query", "s3://b/k.csv", "-r", "--a=1.5", "arn:aws:s3:::b"] {
            assert_eq!(Shell::PowerShell.word(word), word);
        }
    }

    /// What a shell makes of a word that it reads inside its quotes: the word again, and nothing that it would run.
    #[test]
    fn no_value_becomes_code_in_any_shell() {
        let hostile = [
            "$(id)",
            "`id`",
            "a;id",
            "a|id",
            "a&id",
            "a>b",
            "'id'",
            "\"id\"",
            "%PATH%",
            "$env:X",
            "a\\'b",
            "!x",
            "(id)",
            "*",
            "\u{2019}id",
            "a^b",
        ];
        for word in hostile {
            for (shell, quote, doubled) in [
                (Shell::Posix, '\'', r"'\''"),
                (Shell::Fish, '\'', r"\'"),
                (Shell::PowerShell, '\'', "''"),
            ] {
                let written = shell.word(word);
                let inside = written
                    .strip_prefix(quote)
                    .and_then(|rest| rest.strip_suffix(quote));
                let inside = inside.unwrap_or_else(|| panic!("{shell:?}: {written}"));
                let open = inside.replace(doubled, "");
                assert!(!open.contains(quote), "{shell:?}: {written}");
                let typographic = inside.matches('\u{2019}').count();
                assert!(
                    shell != Shell::PowerShell || typographic % 2 == 0,
                    "{written}"
                );
                let set = shell.set("A", word);
                assert!(set.ends_with(written.as_ref()), "{shell:?}: {set}");
            }
            let written = Shell::Cmd.word(word);
            assert!(
                !written[1..written.len() - 1].contains(['"', '%', '!']),
                "{written}"
            );
            let set = Shell::Cmd.set("A", word);
            assert!(
                set.starts_with("set \"A=") && !set[7..set.len() - 1].contains(['"', '%', '!']),
                "{set}"
            );
        }
    }
}
