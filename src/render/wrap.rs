//! Breaking prose at a width.

/// The text in lines of at most `width` letters, broken at blanks; a word that is longer stands alone.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(12);
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("there is always one");
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + 1 + word.chars().count() <= width {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
