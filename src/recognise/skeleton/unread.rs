//! Parts of a line below the marked one that no shape reads: where a program's own code ran, and what it calls a resource.
//! No mark of another cloud stands in them.
//!
//! ```text
//!     at com.example.Orders.place(Orders.java:408)
//! │   with aws_s3_bucket.orders,
//! │   on main.tf line 7, in resource "aws_s3_bucket" "orders":
//! ```

use std::ops::Range;

use super::super::{clean, shapes::foreign};

/// How far the line is indented, where it is a frame of a Java stack that runs through no SDK and makes no error of a model.
pub fn frame(line: &[u8]) -> Option<usize> {
    let [b' ' | b'\t', ..] = line else {
        return None;
    };
    let inner = line.trim_ascii_start();
    let call = inner.strip_prefix(b"at ")?.strip_suffix(b")")?;
    let open = memchr::memchr(b'(', call)?;
    let (path, place) = (&call[..open], &call[open + 1..]);
    let is_of_sdk = |at| path[..at].ends_with(b"a") && path[at..].starts_with(b"ws");
    let is_read =
        path.ends_with(b"$BuilderImpl.build") || memchr::memchr_iter(b'w', path).any(is_of_sdk);
    let file = memchr::memchr(b':', place).map_or(place, |end| &place[..end]);
    let is_line = |byte: &u8| matches!(byte, b':' | b'0'..=b'9');
    let is_place = matches!(place, b"Native Method" | b"Unknown Source")
        || file.contains(&b'.')
            && file.iter().copied().all(is_named)
            && place[file.len()..].iter().all(is_line);
    let is_unread =
        !is_read && is_place && path.iter().copied().all(is_named) && !foreign::speaks(call);
    is_unread.then(|| line.len() - inner.len())
}

/// Whether a byte may be of a name of Java.
fn is_named(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'$' | b'.' | b'<' | b'>' | b'/' | b'@' | b'-')
}

/// The name of the resource that a line of Terraform's box is about, in small letters, as no code is; its type is read.
pub fn resource(line: &[u8]) -> Option<Range<usize>> {
    let (head, mark, behind): (&[u8], u8, usize) = match line {
        [.., b'"', b':'] => (b"on ", b'"', 2),
        [.., b','] => (b"with ", b'.', 1),
        _ => return None,
    };
    let end = line.len() - behind;
    let edge = memchr::memchr(EDGE[0], line)?;
    let mut inner = line[edge..end].strip_prefix(EDGE)?;
    // Blanks, and perhaps colours.
    while let skipped @ 1.. = clean::sequence(inner).max(usize::from(inner.starts_with(b" "))) {
        inner = inner.get(skipped..)?;
    }
    let place = inner.strip_prefix(head)?;
    let name = memchr::memrchr(mark, place)? + 1;
    let name = end - place.len() + name..end;
    let letters = &line[name.clone()];
    let is_plain = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
    let is_unread =
        !letters.is_empty() && letters.iter().all(is_plain) && !foreign::speaks(letters);
    is_unread.then_some(name)
}

/// Where a box begins.
const EDGE: &[u8; 3] = b"\xe2\x94\x82";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_a_program_are_not_read_and_those_of_an_sdk_are() {
        for (line, indent) in [
            ("\tat com.example.Orders.place(Orders.java:408)", Some(1)),
            ("    at com.example.Orders$Line.<init>(Orders.kt)", Some(4)),
            (
                "\tat java.base/java.lang.Thread.run(Thread.java:840)",
                Some(1),
            ),
            ("\tat jdk.internal.Call.invoke0(Native Method)", Some(1)),
            ("\tat com.sun.proxy.$Proxy42.get(Unknown Source)", Some(1)),
            ("at com.example.Orders.place(Orders.java:408)", None),
            (
                "\tat com.amazonaws.http.Client.execute(Client.java:1)",
                None,
            ),
            ("\tat software.amazon.awssdk.core.X.get(X.java:1)", None),
            (
                "\tat com.example.model.NoSuchKey$BuilderImpl.build(X.java)",
                None,
            ),
            ("\tat com.example.Orders.place(Orders.java:408) {", None),
            ("\tat com.example.Orders: AccessDenied(x)", None),
            ("\tat x.Y.z(NoSuchKey: gone)", None),
            ("\tat x.Y.z(Y.java:1) (Service: S3)", None),
            ("\tat x\nat y.z(Y.java)", None),
            ("\tat com.azure.storage.Blob.get(Blob.java:7)", None),
            ("\tat x(", None),
            ("\tat x)(", None),
            ("", None),
        ] {
            assert_eq!(frame(line.as_bytes()), indent, "{line}");
        }
    }

    #[test]
    fn resources_have_names_that_are_not_read() {
        for (line, name) in [
            (
                "\x1b[31m│\x1b[0m \x1b[0m\x1b[0m  with aws_s3_bucket.orders,",
                "orders",
            ),
            ("│   with module.shop.aws_s3_bucket.orders,", "orders"),
            (
                "│   on main.tf line 7, in resource \"aws_s3_bucket\" \"orders\":",
                "orders",
            ),
            ("│   on main.tf line 7, in provider \"aws\":", "aws"),
            ("│   with aws_s3_bucket.orders[0],", ""),
            ("  with aws_s3_bucket.orders,", ""),
            ("│   with aws_s3_bucket.NoSuchKey,", ""),
            ("│   with aws_s3_bucket.from_azure,", ""),
            ("│ Error: api error NoSuchKey: one.two,", ""),
            ("│ Error: \"NoSuchKey\":", ""),
            ("│ Error: failed  on \"NoSuchKey\":", ""),
            ("│", ""),
            (",", ""),
        ] {
            let found = resource(line.as_bytes()).unwrap_or_default();
            assert_eq!(&line[found], name, "{line}");
        }
    }
}
