//! What a header of the config file names: `profile x`, `profile "x y"`, `sso-session x`, `services x`.
//!
//! botocore splits a header as a POSIX shell would, and takes it where it has two words; so a name with blanks wants quotes,
//! and without them the section names nothing at all.

/// What is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// `[profile NAME]`.
    Profile,
    /// `[sso-session NAME]`.
    SsoSession,
    /// `[services NAME]`.
    Services,
}

/// What a header names, and its name; `None` where it names nothing.
pub fn named(header: &str) -> Option<(Named, String)> {
    let kinds = [
        ("profile", Named::Profile),
        ("sso-session", Named::SsoSession),
        ("services", Named::Services),
    ];
    // botocore looks at the beginning alone: `[profiles x]` names a profile, too.
    let (_, kind) = kinds.iter().find(|(word, _)| header.starts_with(word))?;
    let [_, name] = <[String; 2]>::try_from(words(header)?).ok()?;
    Some((*kind, name))
}

/// The words of a text as Python's `shlex.split` gives them; `None` where a quote is not closed.
fn words(text: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (None, ' ' | '\t' | '\r' | '\n') => words.extend(word.take()),
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (Some(open), _) if letter == open => quote = None,
            (None, '\\') => word.get_or_insert_default().push(letters.next()?),
            (Some('"'), '\\') => {
                let next = letters.next()?;
                let word = word.get_or_insert_default();
                // Inside of quotes it is a letter like others, but before a quote and before itself.
                if !matches!(next, '"' | '\\') {
                    word.push('\\');
                }
                word.push(next);
            }
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_two_words_as_a_shell_splits_them() {
        for (header, name) in [
            ("profile a", "a"),
            ("profile   a", "a"),
            ("profile\ta", "a"),
            ("profile \"a b\"", "a b"),
            ("profile 'a b'", "a b"),
            ("profile a\\ b", "a b"),
            ("profile a\"b\"c", "abc"),
            ("profile \"a\\\"b\\c\"", "a\"b\\c"),
            ("profile ''", ""),
            ("profiles a", "a"),
        ] {
            assert_eq!(
                named(header),
                Some((Named::Profile, name.to_owned())),
                "{header}"
            );
        }
        assert_eq!(
            named("sso-session a"),
            Some((Named::SsoSession, "a".to_owned()))
        );
        assert_eq!(named("services a"), Some((Named::Services, "a".to_owned())));
    }

    #[test]
    fn names_nothing_otherwise() {
        for header in [
            "",
            "a",
            "profile",
            "profilea",
            "profile a b",
            "profile \"a",
            "profile a\\",
            "default",
            " profile a",
        ] {
            assert_eq!(named(header), None, "{header}");
        }
    }
}
