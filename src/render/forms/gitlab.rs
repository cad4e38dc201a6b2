//! GitLab CI: the note in a section that is collapsed, under its head.
//!
//! A section begins with `\e[0Ksection_start:SECONDS:NAME[collapsed=true]\r\e[0K` and the line that stays visible, and ends
//! with `\e[0Ksection_end:SECONDS:NAME\r\e[0K`; names are of letters, digits, `_`, `.` and `-`.

use std::time::{SystemTime, UNIX_EPOCH};

use super::Making;
use crate::render::{Form, Told, digest::Digest};

/// Notes in sections.
pub(super) struct Gitlab {
    making: Making,
    sections: u64,
}

impl Gitlab {
    pub(super) fn new(making: &Making) -> Self {
        let making = making.clone();
        Self {
            making,
            sections: 0,
        }
    }
}

impl Form for Gitlab {
    fn tell(&mut self, told: &Told) -> Vec<u8> {
        let note = self.making.note(told);
        if told.brief {
            return note;
        }
        self.sections += 1;
        let title = Digest::of(told).title;
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let (now, name) = (now.map_or(0, |time| time.as_secs()), self.sections);
        let mut out = format!(
            "\x1b[0Ksection_start:{now}:awsexplain_{name}[collapsed=true]\r\x1b[0K{title}\n"
        )
        .into_bytes();
        out.extend(note);
        out.extend(format!("\x1b[0Ksection_end:{now}:awsexplain_{name}\r\x1b[0K\n").into_bytes());
        out
    }
}
