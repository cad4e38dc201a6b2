//! The colours, by what they mean. What they say is always said in words as well.
//!
//! Nobody knows whether a terminal is dark or light, so each colour has to be read on both. Green and yellow letters cannot:
//! on white they have a contrast of 1.1 to 3.4 in common palettes. So what matters most, the command to type, is bold in
//! the terminal's own colour; red and magenta are the bright ones, which have 3 and more on either ground (see the test).

use termcolor::{Color, ColorSpec};

/// What is to be seen first: a head, a command.
pub fn strong() -> ColorSpec {
    ColorSpec::new().set_bold(true).clone()
}

/// What is surely wrong.
pub fn wrong() -> ColorSpec {
    bright(Color::Red)
}

/// What may well be wrong.
pub fn doubtful() -> ColorSpec {
    bright(Color::Magenta)
}

/// What stands beside: the column of words, a link, a cause that nothing speaks for.
pub fn aside() -> ColorSpec {
    ColorSpec::new().set_dimmed(true).clone()
}

/// The bar that a note is known by; no letters are in this colour.
pub fn frame() -> ColorSpec {
    ColorSpec::new().set_fg(Some(Color::Cyan)).clone()
}

fn bright(color: Color) -> ColorSpec {
    let mut strong = strong();
    strong.set_fg(Some(color)).set_intense(true);
    strong
}

#[cfg(test)]
#[allow(clippy::unreadable_literal, reason = "colours are written so")]
mod tests {
    /// A terminal's palette: a ground, and its bright red and bright magenta.
    const PALETTES: &[(&str, u32, [u32; 2])] = &[
        ("xterm, light", 0xffffff, [0xff0000, 0xff00ff]),
        ("xterm, dark", 0x000000, [0xff0000, 0xff00ff]),
        ("GNOME, light", 0xffffff, [0xf66151, 0xc061cb]),
        ("GNOME, dark", 0x1d1d20, [0xf66151, 0xc061cb]),
        ("macOS, light", 0xffffff, [0xe50000, 0xe500e5]),
        ("macOS, dark", 0x000000, [0xe50000, 0xe500e5]),
        ("VS Code, light", 0xffffff, [0xcd3131, 0xbc05bc]),
        ("VS Code, dark", 0x1e1e1e, [0xf14c4c, 0xd670d6]),
        ("Windows, dark", 0x0c0c0c, [0xe74856, 0xb4009e]),
        ("Windows, light", 0xffffff, [0xe74856, 0xb4009e]),
        ("Solarized, light", 0xfdf6e3, [0xcb4b16, 0x6c71c4]),
        ("Solarized, dark", 0x002b36, [0xcb4b16, 0x6c71c4]),
        ("Linux console", 0x000000, [0xff5555, 0xff55ff]),
    ];

    /// How bright a colour is, as the Web Content Accessibility Guidelines reckon it.
    fn luminance(color: u32) -> f64 {
        let part = |shift: u32, weight: f64| {
            let value = f64::from(color >> shift & 0xff) / 255.0;
            let linear = if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            };
            weight * linear
        };
        part(16, 0.2126) + part(8, 0.7152) + part(0, 0.0722)
    }

    fn contrast(one: u32, other: u32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn letters_can_be_read_on_dark_and_on_light() {
        assert!(contrast(0xff_ffff, 0) > 20.9);
        for (name, ground, colors) in PALETTES {
            for color in colors {
                let contrast = contrast(*color, *ground);
                assert!(contrast >= 3.0, "{name}: {color:06x} has {contrast:.1}");
            }
        }
    }
}
