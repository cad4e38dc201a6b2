//! Addresses of servers: what of them may be shown, and whether they are of this machine.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// An address for people: scheme, host and port. A name or password in it, its path, and a host that may be no host are
/// left out.
pub fn shown_url(url: &str) -> String {
    let hidden = "(an address not shown here)".to_owned();
    let Some((scheme @ ("http" | "https"), rest)) = url.split_once("://") else {
        return hidden;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let place = authority.rsplit('@').next().unwrap_or_default();
    let plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-:[]".contains(&byte);
    let is_long = |label: &str| label.len() > 40;
    if place.is_empty() || !place.bytes().all(plain) || place.split('.').any(is_long) {
        return hidden;
    }
    format!("{scheme}://{place}")
}

/// The address that a URL names, where it is of this machine.
pub fn loopback(url: &str) -> Option<SocketAddr> {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let authority = rest.split(['/', '?', '#']).next()?;
    let place = authority.rsplit('@').next()?;
    let usual = if scheme == "https" { 443 } else { 80 };
    if let Ok(address) = place.parse::<SocketAddr>() {
        return address.ip().is_loopback().then_some(address);
    }
    let (name, port) = match place.rsplit_once(':') {
        Some((name, port)) => (name, port.parse().ok()?),
        None => (place, usual),
    };
    let ip = match name {
        "localhost" => IpAddr::V4(Ipv4Addr::LOCALHOST),
        name => name.parse().ok()?,
    };
    ip.is_loopback().then_some(SocketAddr::new(ip, port))
}

/// Whether an address's host is kept from the proxy by a list as in `NO_PROXY`.
pub fn is_excepted(list: &str, host: &str) -> bool {
    let of_host = |name: &str| {
        let name = name.trim_start_matches('.');
        let before = host.strip_suffix(name);
        !name.is_empty() && before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    list.split(',')
        .map(str::trim)
        .any(|name| name == "*" || of_host(name))
}

/// The host of an address as [`shown_url`] gives it, without scheme and port.
pub fn host_of(shown: &str) -> &str {
    let place = shown.split_once("://").map_or(shown, |(_, place)| place);
    let end = place
        .rfind(':')
        .filter(|at| place[*at + 1..].bytes().all(|byte| byte.is_ascii_digit()));
    end.map_or(place, |at| &place[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_scheme_host_and_port_alone() {
        assert_eq!(
            shown_url("http://u:p@localhost:4566/a?b"),
            "http://localhost:4566"
        );
        assert_eq!(
            shown_url("https://sts.eu-west-1.amazonaws.com"),
            "https://sts.eu-west-1.amazonaws.com"
        );
        for odd in [
            "",
            "localhost:1",
            "https://",
            "https://ABC/",
            "ftp://x",
            "https://a b/",
        ] {
            assert_eq!(shown_url(odd), "(an address not shown here)", "{odd}");
        }
    }

    #[test]
    fn tells_hosts_and_exceptions() {
        assert_eq!(host_of("https://a.b:443"), "a.b");
        assert_eq!(host_of("http://[::1]"), "[::1]");
        assert_eq!(host_of("http://[::1]:80"), "[::1]");
        for list in [
            "*",
            "a, amazonaws.com",
            ".amazonaws.com",
            "sts.amazonaws.com",
        ] {
            assert!(is_excepted(list, "sts.amazonaws.com"), "{list}");
        }
        for list in ["", ",", "ws.com", "x.sts.amazonaws.com"] {
            assert!(!is_excepted(list, "sts.amazonaws.com"), "{list}");
        }
    }
}
