//! A line scanner for `~/.aws/config` and `~/.aws/credentials`.
//!
//! Two readings of one file are told apart. botocore (the AWS CLI, boto3) reads it as Python's `configparser` does:
//! strictly, so that a duplicate or a stray line makes the whole file unreadable, and a comment behind a value is part of
//! the value. The SDKs in Rust, Java and others merge duplicates and strip such comments. The scanner reads on past every
//! fault, remembers it with its line, and keeps values raw; [`Setting::value`] is botocore's reading,
//! [`Setting::sdk_value`] the other.

use super::header::{Named, named};
use std::collections::BTreeSet;

/// One file, scanned.
pub struct IniFile {
    /// Its path as shown to people: `~/.aws/config`.
    pub shown: String,
    /// Its sections in order; one whose header stands twice is here twice.
    pub sections: Vec<Section>,
    /// What is wrong with it, in order of lines.
    pub faults: Vec<Fault>,
    /// The line of `[DEFAULT]`, where there is one: to Python that is no section, and its settings count in every other one.
    pub defaults: Option<usize>,
}

/// How many settings of `[DEFAULT]` are shared, so that a file of the largest size cannot grow in memory without bound.
const MOST_SHARED: usize = 64;

/// The header that Python's `configparser` takes for settings of all sections.
const DEFAULTS: &str = "DEFAULT";

/// One `[header]` and what stands under it.
pub struct Section {
    /// Its line, from 1.
    pub line: usize,
    /// What stands between the brackets, blanks included: to botocore `[ default ]` is not `[default]`.
    pub header: String,
    /// What the header names, where this is the config file.
    pub named: Option<(Named, String)>,
    /// Its `key = value` lines.
    pub settings: Vec<Setting>,
}

/// One `key = value` line. It has no `Debug`, since its value may be secret.
#[derive(Clone)]
pub struct Setting {
    /// Its line, from 1.
    pub line: usize,
    /// The key, in lower case as botocore reads it.
    pub key: String,
    /// The value as it stands, trimmed, with the lines that are indented under it; may be secret.
    pub value: String,
    /// Indented `key = value` lines under it, where it has no value itself (`s3 =` and the like).
    pub nested: Vec<(String, String)>,
}

/// Something that botocore refuses a whole file for, or that it reads otherwise than was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Its line, from 1; 0 where it is the file's.
    pub line: usize,
    /// What is wrong.
    pub kind: FaultKind,
}

/// The kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The file begins with a byte order mark, or is UTF-16.
    Encoding,
    /// The file is not UTF-8.
    NotUtf8,
    /// A setting before the first header.
    BeforeHeader,
    /// A line that is neither a header nor `key = value`.
    NoEquals,
    /// A header that stood before.
    SameSection,
    /// A key that stood before in its section.
    SameKey,
    /// A shell's `export NAME=value`.
    Export,
}

impl Setting {
    /// The value as the SDKs read it that strip comments behind values.
    pub fn sdk_value(&self) -> &str {
        let comment = [" #", " ;", "\t#", "\t;"]
            .iter()
            .filter_map(|mark| self.value.find(mark))
            .min();
        comment.map_or(self.value.as_str(), |at| self.value[..at].trim_end())
    }
}

impl Section {
    /// The profile that it is, in the config file.
    pub fn profile(&self) -> Option<&str> {
        match &self.named {
            Some((Named::Profile, name)) => Some(name),
            _ => (self.header == "default").then_some("default"),
        }
    }

    /// The setting of this key, the last one where it stands twice.
    pub fn get(&self, key: &str) -> Option<&Setting> {
        self.settings
            .iter()
            .rev()
            .find(|setting| setting.key == key)
    }
}

impl IniFile {
    /// Scans the bytes of a file; takes any bytes, in one pass.
    pub fn scan(shown: String, bytes: &[u8]) -> Self {
        let mut file = Self {
            shown,
            sections: Vec::new(),
            faults: Vec::new(),
            defaults: None,
        };
        let text = file.text_of(bytes);
        let mut headers = BTreeSet::new();
        // With the line of its header; all that stands under `[DEFAULT]` is one, wherever it stands.
        let (mut keys, mut header_line) = (BTreeSet::new(), 0);
        // How far the last setting is indented; what is indented further belongs to it.
        let mut indent = 0;
        for (line, raw) in (1..).zip(lines(&text)) {
            let trimmed = raw.trim();
            if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
                continue;
            }
            let own_indent = raw.len() - raw.trim_start().len();
            if own_indent > indent && file.continues(line, trimmed) {
                continue;
            }
            indent = own_indent;
            if let Some(header) = header_of(trimmed) {
                let header = header.to_owned();
                let is_default = header == DEFAULTS;
                header_line = if is_default { 0 } else { line };
                if !headers.insert(header.clone()) && !is_default {
                    file.fault(line, FaultKind::SameSection);
                }
                file.sections.push(Section {
                    line,
                    named: named(&header),
                    header,
                    settings: Vec::new(),
                });
                continue;
            }
            if trimmed.starts_with("export ") {
                file.fault(line, FaultKind::Export);
            }
            let setting = trimmed.split_once(['=', ':']);
            let Some((key, value)) = setting.filter(|(key, _)| !key.is_empty()) else {
                file.fault(line, FaultKind::NoEquals);
                continue;
            };
            let key = key.trim().to_lowercase();
            let Some(section) = file.sections.last_mut() else {
                file.fault(line, FaultKind::BeforeHeader);
                continue;
            };
            section.settings.push(Setting {
                line,
                key: key.clone(),
                value: value.trim().to_owned(),
                nested: Vec::new(),
            });
            if !keys.insert((header_line, key)) {
                file.fault(line, FaultKind::SameKey);
            }
        }
        file.share_defaults();
        file
    }

    /// Puts the settings of `[DEFAULT]` into every section that has none of that key, and takes it out of the sections.
    fn share_defaults(&mut self) {
        let all = std::mem::take(&mut self.sections);
        let (defaults, mut sections): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|section| section.header == DEFAULTS);
        self.defaults = defaults.first().map(|section| section.line);
        let shared: Vec<Setting> = defaults
            .into_iter()
            .flat_map(|section| section.settings)
            .take(MOST_SHARED)
            .collect();
        for section in &mut sections {
            let added = shared
                .iter()
                .filter(|setting| section.get(&setting.key).is_none());
            let added: Vec<Setting> = added.cloned().collect();
            section.settings.extend(added);
        }
        self.sections = sections;
    }

    /// The last section of this header.
    pub fn section(&self, header: &str) -> Option<&Section> {
        self.sections
            .iter()
            .rev()
            .find(|section| section.header == header)
    }

    /// The last section that names this, in the config file.
    pub fn named(&self, kind: Named, name: &str) -> Option<&Section> {
        let is = |section: &&Section| {
            let named = section.named.as_ref();
            named.is_some_and(|(its, own)| *its == kind && own == name)
        };
        self.sections.iter().rev().find(is)
    }

    fn text_of(&mut self, bytes: &[u8]) -> String {
        let wide = |little: bool| -> String {
            let pairs = bytes[2..].chunks_exact(2);
            let read = if little {
                u16::from_le_bytes
            } else {
                u16::from_be_bytes
            };
            let units = pairs.map(|pair| read([pair[0], pair[1]]));
            char::decode_utf16(units)
                .map(|next| next.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        };
        let (text, marked) = match bytes {
            [0xff, 0xfe, ..] => (wide(true), true),
            [0xfe, 0xff, ..] => (wide(false), true),
            [0xef, 0xbb, 0xbf, rest @ ..] => (String::from_utf8_lossy(rest).into_owned(), true),
            _ => {
                let text = String::from_utf8_lossy(bytes);
                if std::str::from_utf8(bytes).is_err() {
                    self.fault(0, FaultKind::NotUtf8);
                }
                (text.into_owned(), false)
            }
        };
        if marked {
            self.fault(0, FaultKind::Encoding);
        }
        text
    }

    fn fault(&mut self, line: usize, kind: FaultKind) {
        self.faults.push(Fault { line, kind });
    }

    /// Takes an indented line as the continuation of the setting above it; `false` where there is none.
    fn continues(&mut self, number: usize, line: &str) -> bool {
        let Some(setting) = self
            .sections
            .last_mut()
            .and_then(|section| section.settings.last_mut())
        else {
            return false;
        };
        if !setting.value.is_empty() {
            setting.value.push('\n');
            setting.value.push_str(line);
        } else if let Some((key, value)) = line.split_once('=') {
            setting
                .nested
                .push((key.trim().to_lowercase(), value.trim().to_owned()));
        } else {
            self.fault(number, FaultKind::NoEquals);
        }
        true
    }
}

/// The lines of a text as Python reads them: they end at `\n`, at `\r`, and at both together.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let all = rest?;
        let Some(end) = all.find(['\n', '\r']) else {
            rest = None;
            return Some(all);
        };
        let behind = &all[end..];
        rest = Some(behind.strip_prefix("\r\n").unwrap_or(&behind[1..]));
        Some(&all[..end])
    })
}

/// What stands between the brackets of a header line, up to the last of them.
fn header_of(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('[')?;
    let header = &rest[..rest.rfind(']')?];
    (!header.is_empty()).then_some(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(usize, FaultKind)> {
        let file = IniFile::scan("x".into(), text.as_bytes());
        file.faults
            .iter()
            .map(|fault| (fault.line, fault.kind))
            .collect()
    }

    #[test]
    fn keeps_lines_and_raw_values() {
        let file = IniFile::scan(
            "x".into(),
            b"# c\n\n[profile a]\r\nRegion = eu-west-1 # here\r\ns3 =\n  max = 3\n[b]\n",
        );
        let section = file.section("profile a").expect("is there");
        let region = section.get("region").expect("is there");
        assert_eq!((section.line, region.line), (3, 4));
        assert_eq!(
            (region.value.as_str(), region.sdk_value()),
            ("eu-west-1 # here", "eu-west-1")
        );
        assert_eq!(
            section.get("s3").expect("is there").nested,
            [("max".to_owned(), "3".to_owned())]
        );
        assert!(file.section("b").is_some() && file.faults.is_empty());
    }

    #[test]
    fn tells_faults_with_their_lines() {
        assert_eq!(faults("a = b\n[x]\n"), [(1, FaultKind::BeforeHeader)]);
        assert_eq!(faults("[x]\nnonsense\n"), [(2, FaultKind::NoEquals)]);
        assert_eq!(
            faults("[x]\na=1\n[x]\nb=1\n"),
            [(3, FaultKind::SameSection)]
        );
        assert_eq!(
            faults("[x]\na=1\nA=2\n[y]\na=1\n"),
            [(3, FaultKind::SameKey)]
        );
        assert_eq!(faults("[x]\nexport AWS_A=1\n"), [(2, FaultKind::Export)]);
        assert_eq!(faults("\u{feff}[x]\n"), [(0, FaultKind::Encoding)]);
    }

    #[test]
    fn shares_the_settings_of_defaults_with_every_section() {
        let text =
            b"[DEFAULT]\nregion = a\n[x]\noutput = b\n[DEFAULT]\noutput = c\n[y]\nregion = d\n";
        let file = IniFile::scan("x".into(), text);
        let of = |header: &str, key: &str| {
            let setting = file.section(header)?.get(key)?;
            Some((setting.line, setting.value.clone()))
        };
        assert_eq!(of("x", "region"), Some((2, "a".to_owned())));
        assert_eq!(of("x", "output"), Some((4, "b".to_owned())));
        assert_eq!(of("y", "output"), Some((6, "c".to_owned())));
        assert_eq!(of("y", "region"), Some((8, "d".to_owned())));
        assert!(file.section("DEFAULT").is_none() && file.faults.is_empty());
        assert_eq!(file.defaults, Some(1));
        let twice = faults("[DEFAULT]\na=1\n[x]\n[DEFAULT]\na=2\n");
        assert_eq!(twice, [(5, FaultKind::SameKey)]);
    }

    #[test]
    fn takes_an_indented_section_for_settings() {
        let file = IniFile::scan("x".into(), b"[x]\n  a = 1\n  b =\n    c = 2\n  d = 3\n");
        let keys: Vec<&str> = file.sections[0]
            .settings
            .iter()
            .map(|setting| setting.key.as_str())
            .collect();
        assert_eq!(keys, ["a", "b", "d"]);
    }

    #[test]
    fn keeps_indented_lines_with_their_value() {
        let file = IniFile::scan("x".into(), b"[x]\na = 1\n  2\nb =\n  c\rd = 3\r\r\ne = 4");
        let settings = &file.sections[0].settings;
        let values: Vec<(usize, &str)> = settings
            .iter()
            .map(|setting| (setting.line, setting.value.as_str()))
            .collect();
        assert_eq!(values, [(2, "1\n2"), (4, ""), (6, "3"), (8, "4")]);
        let fault = Fault {
            line: 5,
            kind: FaultKind::NoEquals,
        };
        assert_eq!(file.faults, [fault]);
        assert_eq!(IniFile::scan("x".into(), b"[x]\n# \xe9\n").faults.len(), 1);
    }

    #[test]
    fn reads_utf_16_and_takes_any_bytes() {
        let wide: Vec<u8> = "\u{feff}[x]\na=1\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(IniFile::scan("x".into(), &wide).section("x").is_some());
        for bytes in [
            &b"\xff\xfe\x00"[..],
            b"\xff",
            b"[",
            b"]",
            b"[]\n=\n",
            b"\x00\x80\xfe=",
        ] {
            let _ = IniFile::scan("x".into(), bytes);
        }
    }
}
