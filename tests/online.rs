//! `awsexplain check --online` against servers on this machine: one signed request, an end within 3 s whatever the server
//! does, nothing sent where it must not be, and nothing secret said.
//!
//! Whether the signature is right is judged by a server that checks it, in `tests/clients/test_check.py`.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use running::{Folder, command, ended, text};

const ID: &str = "ASIAZW5N6HQJX7VKT3PD";
const SECRET: &str = "Zq7Kx9Wv2Lm4Yt5Rb8Nd3Hs6Jp1Cf0Gu+Ae/Xi8T";
const TOKEN: &str =
    "IQoJb3JpZ2luX2VjZq7Kx9Wv2Lm4Yt5Rb8Nd3Hs6Jp1Cf0GuAeXi8TkPq7Ww3Vv5Ll9Mm2Yy4Tt8Rr6Bb0Nn1Dd/Hh+Ss";

/// The libraries' own files are named in the program, in what it would say if they failed.
#[test]
fn network_code_is_in_the_program_only_where_it_was_built_with_it() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_awsexplain")).expect("it is built");
    for library in ["ureq-", "rustls-"] {
        let found = memchr::memmem::find(&program, library.as_bytes());
        assert_eq!(found.is_some(), cfg!(feature = "online"), "{library}");
    }
}

#[cfg(not(feature = "online"))]
#[test]
fn a_program_without_network_code_says_so() {
    let output = ended(&mut command(&["check", "--online"]), b"");
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("built without network code") && said.contains("cargo install"),
        "{said}"
    );
    let _ = (ID, SECRET, TOKEN, Folder::new("online-none"));
}

#[cfg(feature = "online")]
mod with_network {
    use std::{
        io::{Read, Write},
        net::{TcpListener, TcpStream},
        sync::{Arc, Mutex},
        thread,
        time::{Duration, Instant, SystemTime, UNIX_EPOCH},
    };

    use serde_json::Value;

    use super::*;

    /// The limit of 3 s, and the start of a debug build on a busy machine.
    const END: Duration = Duration::from_secs(6);

    const IDENTITY: &str = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/dev</Arn>\
        <UserId>AIDAX</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

    /// A server on this machine that does the same to every connection, and what it was sent.
    struct Server {
        port: u16,
        requests: Arc<Mutex<Vec<String>>>,
    }

    impl Server {
        fn new(serve: impl Fn(&mut TcpStream) + Send + 'static) -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
            let port = listener.local_addr().expect("it has an address").port();
            let requests = Arc::new(Mutex::new(Vec::new()));
            let seen = Arc::clone(&requests);
            thread::spawn(move || {
                for stream in listener.incoming() {
                    let mut stream = stream.expect("a connection");
                    let mut bytes = vec![0; 16 << 10];
                    let wait = Some(Duration::from_millis(300));
                    stream.set_read_timeout(wait).expect("it can be set");
                    let mut length = 0;
                    while let Ok(read @ 1..) = stream.read(&mut bytes[length..]) {
                        length += read;
                        if bytes[..length].ends_with(b"2011-06-15")
                            || bytes.starts_with(b"CONNECT")
                                && bytes[..length].ends_with(b"\r\n\r\n")
                        {
                            break;
                        }
                    }
                    // A look at whether the port is open brings nothing.
                    if length > 0 {
                        let request = String::from_utf8_lossy(&bytes[..length]).into_owned();
                        seen.lock().expect("nobody failed").push(request);
                        serve(&mut stream);
                    }
                }
            });
            Self { port, requests }
        }

        /// A server that answers with this status, these headers and this body.
        fn answering(status: u16, headers: &str, body: &str) -> Self {
            let answer = format!(
                "HTTP/1.1 {status} X\r\nContent-Length: {}\r\n{headers}Connection: close\r\n\r\n{body}",
                body.len()
            );
            Self::new(move |stream| {
                let _ = stream.write_all(answer.as_bytes());
            })
        }

        fn refusing(code: &str, message: &str) -> Self {
            let body = format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
            );
            Self::answering(403, "", &body)
        }

        fn url(&self) -> String {
            format!("http://127.0.0.1:{}", self.port)
        }

        fn requests(&self) -> Vec<String> {
            self.requests.lock().expect("nobody failed").clone()
        }
    }

    /// How a run ended.
    struct Run {
        status: i32,
        out: String,
        aside: String,
        took: Duration,
    }

    impl Run {
        fn json(&self) -> Value {
            serde_json::from_str(&self.out).expect("JSON")
        }
    }

    fn check(home: &Folder, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
        let mut program = command(&[&["check", "--online"], arguments].concat());
        program.env("HOME", home.path()).current_dir(home.path());
        program
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_EC2_METADATA_DISABLED", "true");
        program.envs(variables.iter().copied());
        let started = Instant::now();
        let output = ended(&mut program, b"");
        Run {
            took: started.elapsed(),
            status: output.status.code().expect("it ends by itself"),
            out: text(&output.stdout),
            aside: text(&output.stderr),
        }
    }

    /// Asks a server with keys from variables.
    fn ask(name: &str, url: &str, arguments: &[&str]) -> Run {
        let home = Folder::new(name);
        let variables = [
            ("AWS_ACCESS_KEY_ID", ID),
            ("AWS_SECRET_ACCESS_KEY", SECRET),
            ("AWS_SESSION_TOKEN", TOKEN),
            ("AWS_ENDPOINT_URL_STS", url),
        ];
        check(&home, &variables, arguments)
    }

    fn now() -> jiff::Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("after 1970");
        jiff::Timestamp::from_second(since.as_secs().cast_signed()).expect("a time")
    }

    fn date_header(offset: i64) -> String {
        let then = jiff::Timestamp::from_second(now().as_second() + offset).expect("a time");
        format!("Date: {}\r\n", then.strftime("%a, %d %b %Y %H:%M:%S GMT"))
    }

    #[test]
    fn good_keys_are_told_whose_they_are_by_one_signed_request() {
        let server = Server::answering(200, &date_header(0), IDENTITY);
        let run = ask("online-good", &server.url(), &[]);
        assert_eq!(run.status, 0, "{}{}", run.out, run.aside);
        let asking = format!("awsexplain: asking {} whose keys these are\n", server.url());
        assert_eq!(run.aside, asking, "the host comes first");
        assert!(
            run.out
                .contains("identity     arn:aws:iam::123456789012:user/dev"),
            "{}",
            run.out
        );
        let requests = server.requests();
        let [request] = &requests[..] else {
            panic!("{} requests", requests.len())
        };
        let lower = request.to_lowercase();
        assert!(request.starts_with("POST / HTTP/1.1\r\n"), "{request}");
        assert!(
            request.ends_with("\r\n\r\nAction=GetCallerIdentity&Version=2011-06-15"),
            "{request}"
        );
        assert!(
            lower.contains(&format!(
                "authorization: aws4-hmac-sha256 credential={}/",
                ID.to_lowercase()
            )),
            "{request}"
        );
        assert!(request.contains("/eu-west-1/sts/aws4_request"), "{request}");
        assert!(
            request.contains(TOKEN) && !request.contains(SECRET),
            "{request}"
        );
        assert!(lower.contains("user-agent: awsexplain/"), "{request}");
    }

    #[test]
    fn the_object_holds_the_identity() {
        let server = Server::answering(200, &date_header(0), IDENTITY);
        let object = ask("online-json", &server.url(), &["--format", "json"]).json();
        assert_eq!(object["online"]["answer"], "identity");
        assert_eq!(
            object["online"]["arn"],
            "arn:aws:iam::123456789012:user/dev"
        );
        assert_eq!(object["online"]["account"], "123456789012");
        assert_eq!(object["online"]["host"], server.url().as_str());
    }

    #[test]
    fn a_refusal_is_told_with_the_entry_that_explains_it() {
        for (code, message, entry) in [
            (
                "InvalidClientTokenId",
                "The security token included in the request is invalid.",
                "credentials/InvalidClientTokenId",
            ),
            (
                "ExpiredToken",
                "The security token included in the request is expired",
                "credentials/ExpiredToken",
            ),
        ] {
            let server = Server::refusing(code, message);
            let run = ask("online-refused", &server.url(), &["--format", "json"]);
            assert_eq!(run.status, 1, "{}", run.out);
            let refusal = &run.json()["online"]["refusal"];
            assert_eq!(refusal["code"], code);
            assert_eq!(refusal["message"], message);
            assert_eq!(refusal["entry"], entry);
            let page = ask("online-refused-text", &server.url(), &[]).out;
            assert!(
                page.contains(&format!("refused, {code} (HTTP status 403)")),
                "{page}"
            );
            assert!(
                page.contains(&format!("  ┃ {code} · sts GetCallerIdentity")),
                "{page}"
            );
        }
    }

    #[test]
    fn the_clock_is_held_against_the_date_of_the_answer() {
        for (offset, status) in [(0, 0), (200, 0), (-7200, 1), (7200, 1)] {
            let server = Server::answering(200, &date_header(offset), IDENTITY);
            let run = ask("online-clock", &server.url(), &["--format", "json"]);
            let object = run.json();
            let findings = object["findings"].as_array().expect("an array");
            let skewed = findings.iter().find(|one| one["id"] == "clock-skew-online");
            assert_eq!(
                (skewed.is_some(), run.status),
                (status == 1, status),
                "{offset}"
            );
            if let Some(skewed) = skewed {
                let side = if offset > 0 { "behind" } else { "ahead of" };
                let seen = skewed["seen"].as_str().expect("a text");
                assert!(
                    seen.contains(side)
                        && (seen.contains("120 min")
                            || seen.contains("2 h")
                            || seen.contains("119 min")),
                    "{seen}"
                );
            }
        }
    }

    #[test]
    fn a_server_that_never_ends_is_left_within_3_s() {
        let silent = Server::new(|_| thread::sleep(Duration::from_secs(20)));
        let drips_head = Server::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX-");
            while stream.write_all(b"a").is_ok() {
                thread::sleep(Duration::from_millis(50));
            }
        });
        let drips_body = Server::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n");
            while stream.write_all(b"a").is_ok() {
                thread::sleep(Duration::from_millis(50));
            }
        });
        for (name, server) in [
            ("silent", silent),
            ("head", drips_head),
            ("body", drips_body),
        ] {
            let run = ask(
                &format!("online-{name}"),
                &server.url(),
                &["--format", "json"],
            );
            assert!(run.took < END, "{name}: {:?}", run.took);
            assert!(
                run.took > Duration::from_millis(2500),
                "{name} gave up early: {:?}",
                run.took
            );
            assert_eq!(run.status, 1);
            let object = run.json();
            assert_eq!(object["online"]["answer"], "none", "{name}");
            assert_eq!(object["online"]["why"], "No answer within 3 s.", "{name}");
        }
    }

    #[test]
    fn an_endless_or_foreign_answer_is_none() {
        let endless = Server::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while stream.write_all(&[b'a'; 8192]).is_ok() {}
        });
        let garbage = Server::new(|stream| {
            let _ = stream.write_all(b"\0\xff\x1b[2J SSH-2.0\r\n\r\n");
        });
        let closing = Server::new(|_| {});
        let elsewhere = Server::answering(302, "Location: http://127.0.0.1:1/\r\n", "");
        let portal = Server::answering(
            200,
            &date_header(-7200),
            "<html>##[error] please log in</html>",
        );
        for (name, server) in [
            ("endless", endless),
            ("garbage", garbage),
            ("closing", closing),
            ("elsewhere", elsewhere),
            ("portal", portal),
        ] {
            let run = ask(
                &format!("online-{name}"),
                &server.url(),
                &["--format", "json"],
            );
            let object = run.json();
            assert_eq!(
                (run.status, &object["online"]["answer"]),
                (1, &Value::from("none")),
                "{name}"
            );
            assert!(
                object["online"]["why"]
                    .as_str()
                    .is_some_and(|why| why.ends_with('.')),
                "{name}"
            );
            assert!(
                !run.out.contains("clock-skew-online"),
                "{name}: its clock is not that of AWS"
            );
            assert!(run.took < END, "{name}: {:?}", run.took);
        }
    }

    #[test]
    fn a_closed_port_is_told_at_once() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("it has one"));
        drop(listener);
        let run = ask("online-closed", &url, &["--format", "json"]);
        assert_eq!(run.json()["online"]["why"], "Nothing listens there.");
    }

    #[test]
    fn without_https_nothing_is_sent_to_another_machine() {
        for url in [
            "http://192.0.2.1",
            "http://sts.eu-west-1.amazonaws.com",
            "ftp://127.0.0.1",
            "127.0.0.1:80",
            "https://u:p@127.0.0.1/",
            "http://127.0.0.1.example/",
        ] {
            let run = ask("online-plain", url, &["--format", "json"]);
            let object = run.json();
            assert_eq!(
                (&object["online"]["host"], &object["online"]["answer"]),
                (&Value::Null, &Value::from("none")),
                "{url}"
            );
            assert_eq!((run.status, run.aside.as_str()), (1, ""), "{url}");
            assert!(run.took < END, "{url}: {:?}", run.took);
        }
    }

    #[test]
    fn no_program_is_run_and_no_role_is_assumed() {
        let server = Server::answering(200, "", IDENTITY);
        let url = server.url();
        let home = Folder::new("online-process");
        let mark = home.0.join("was-run");
        let script = home.file("program", &format!("#!/bin/sh\ntouch {}\n", mark.display()));
        let config = format!(
            "[default]\ncredential_process = /bin/sh {script}\n[profile role]\nrole_arn = arn:aws:iam::123456789012:role/x\n\
             source_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/dev\n[profile base]\naws_access_key_id = {ID}\n\
             aws_secret_access_key = {SECRET}\n"
        );
        home.file(".aws/config", &config);
        for (profile, word) in [("default", "credential_process"), ("role", "role")] {
            let variables = [("AWS_ENDPOINT_URL_STS", url.as_str())];
            let run = check(
                &home,
                &variables,
                &["--profile", profile, "--format", "json"],
            );
            let why = run.json()["online"]["why"]
                .as_str()
                .expect("a text")
                .to_owned();
            assert!(
                why.contains(word) && why.contains("aws sts get-caller-identity"),
                "{why}"
            );
            assert_eq!(run.status, 1);
        }
        assert!(!mark.exists(), "the program was run");
        assert_eq!(server.requests(), [""; 0]);
    }

    #[test]
    fn a_cached_session_is_asked_with_until_it_ends() {
        let home = Folder::new("online-cached");
        home.file(".aws/config", "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base\n[profile base]\naws_access_key_id = x\n");
        // The digest of `{"RoleArn": "arn:aws:iam::123456789012:role/x"}`.
        let path = ".aws/cli/cache/f84d75ff2dd3e8682912dae5e7be77540d9d68d0.json";
        let server = Server::answering(200, "", IDENTITY);
        let url = server.url();
        for (ends, asked) in [("2099-01-01T00:00:00Z", 1), ("2020-01-01T00:00:00Z", 1)] {
            let session = format!(
                "{{\"Credentials\": {{\"AccessKeyId\": \"{ID}\", \"SecretAccessKey\": \"{SECRET}\", \"SessionToken\": \"{TOKEN}\", \"Expiration\": \"{ends}\"}}}}"
            );
            home.file(path, &session);
            check(
                &home,
                &[("AWS_ENDPOINT_URL_STS", &url)],
                &["--profile", "role"],
            );
            let requests = server.requests();
            assert_eq!(requests.len(), asked, "{ends}");
            assert!(requests[0].contains(ID), "{}", requests[0]);
        }
    }

    #[test]
    fn the_proxy_is_used_and_its_exceptions_are_kept() {
        let proxy = Server::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        });
        let secret = format!("http://user:Vx4Pw8Qz1Rk7Jh3N@127.0.0.1:{}", proxy.port);
        let home = Folder::new("online-proxy");
        let keys = [
            ("AWS_ACCESS_KEY_ID", ID),
            ("AWS_SECRET_ACCESS_KEY", SECRET),
            ("AWS_SESSION_TOKEN", TOKEN),
        ];
        let set = [&keys[..], &[("HTTPS_PROXY", secret.as_str())]].concat();
        let run = check(&home, &set, &["--format", "json"]);
        assert_eq!(
            run.json()["online"]["host"],
            "https://sts.eu-west-1.amazonaws.com"
        );
        assert_eq!(
            run.json()["online"]["why"],
            "The proxy refuses the connection."
        );
        let asked = proxy.requests();
        assert!(
            asked.len() == 1 && asked[0].starts_with("CONNECT sts.eu-west-1.amazonaws.com:443 "),
            "{asked:?}"
        );
        // Past the proxy, the connection comes to the server itself; it speaks no TLS and closes.
        let server = Server::new(|_| {});
        let https = format!("https://127.0.0.1:{}", server.port);
        let excepted = [
            &set[..],
            &[
                ("NO_PROXY", "localhost, 127.0.0.1"),
                ("AWS_ENDPOINT_URL_STS", &https),
            ],
        ]
        .concat();
        let run = check(&home, &excepted, &["--format", "json"]);
        assert_eq!(run.json()["online"]["answer"], "none");
        assert_eq!((server.requests().len(), proxy.requests().len()), (1, 1));
    }

    #[test]
    fn what_a_server_says_is_masked_and_harmless() {
        let message = format!("##[error] \x1b[2J key {ID} secret {SECRET} token {TOKEN} ::error::");
        let server = Server::refusing("SignatureDoesNotMatch", &message);
        for arguments in [&[][..], &["--format", "json"], &["--color", "always"]] {
            let run = ask("online-canary", &server.url(), arguments);
            let said = format!("{}{}", run.out, run.aside);
            for secret in [ID, SECRET, TOKEN] {
                let bytes: Vec<char> = secret.chars().collect();
                for part in bytes.windows(8) {
                    let part: String = part.iter().collect();
                    assert!(!said.contains(&part), "{part} is said: {said}");
                }
            }
            assert!(!said.contains("\x1b[2J") && !said.contains("##["), "{said}");
        }
    }
}
