//! Regions, endpoints, proxies and the clock.

use super::*;

pub fn region_cases() -> Vec<Case> {
    let region = |name: &str| host_with(&[("AWS_REGION", name)]);
    let china = "not authorized: arn:aws-cn:iam::111111111111:user/x";
    vec![
        case("no-region", FakeHost::new(), region("eu-west-1")),
        case("region-format", region("us-east-1a"), region("us-east-1")),
        case("region-unknown", region("eu-wset-1"), region("eu-west-1")),
        case(
            "region-variable-ignored",
            region("eu-west-1").with_variable("AWS_DEFAULT_REGION", "us-east-1"),
            region("eu-west-1"),
        ),
        case(
            "region-variable-ignored",
            version("1.0", region("eu-west-1")),
            version("2.0", region("eu-west-1")),
        ),
        case(
            "region-variable-ignored",
            version("1.0", region("frankfurt")),
            version("1.0", region("frankfurt")).with_variable("AWS_DEFAULT_REGION", "frankfurt"),
        ),
        says(
            china,
            case(
                "partition-mismatch",
                region("eu-west-1"),
                region("cn-north-1"),
            ),
        ),
        says(
            china,
            case("partition-match", region("cn-north-1"), region("eu-west-1")),
        ),
        case("opt-in-region", region("af-south-1"), region("eu-west-1")),
        case("default-region", region("eu-west-1"), region("af-south-1")),
    ]
}

pub fn transport_cases() -> Vec<Case> {
    let at = |url: &str| host_with(&[("AWS_ENDPOINT_URL", url)]);
    let bundle = || host_with(&[("AWS_CA_BUNDLE", "/ca")]);
    let proxy = |url: &str| host_with(&[("HTTPS_PROXY", url)]);
    let uri = || {
        host_with(&[(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "http://169.254.170.2/x",
        )])
    };
    vec![
        case(
            "endpoint-override",
            at("https://x.example"),
            at("x.example"),
        ),
        case(
            "endpoint-override",
            config("[default]\nservices = x\n[services x]\ns3 =\n  endpoint_url = https://x\n"),
            config("[default]\n[services x]\ns3 =\n  endpoint_url = https://x\n"),
        ),
        case(
            "endpoint-override-closed",
            at("http://localhost:4566"),
            at("http://localhost:4566").with_port(4566),
        ),
        case(
            "endpoint-malformed",
            at("localhost:4566"),
            at("http://localhost:4566"),
        ),
        case(
            "ca-bundle-missing",
            bundle(),
            bundle().with_file("/ca", "-----BEGIN CERTIFICATE-----\n"),
        ),
        case(
            "proxy-set",
            proxy("http://p:8080"),
            proxy("http://p:8080").with_variable("NO_PROXY", "a, .amazonaws.com"),
        ),
        case(
            "proxy-malformed",
            proxy("http://p:80a"),
            proxy("http://p:8080"),
        ),
        case(
            "proxy-unreachable",
            proxy("http://127.0.0.1:3128"),
            proxy("http://127.0.0.1:3128").with_port(3128),
        ),
        case(
            "metadata-disabled",
            host_with(&[("AWS_EC2_METADATA_DISABLED", "true")]),
            FakeHost::new(),
        ),
        case(
            "container-uri-leftover",
            uri(),
            uri().with_variable("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE"),
        ),
    ]
}

pub fn clock_cases() -> Vec<Case> {
    let skewed = "Signature expired: 20260101T000000Z is now earlier than 20260101T001500Z (20260101T003000Z - 15 min.)";
    vec![
        says(
            skewed,
            case(
                "clock-skew-in-message",
                FakeHost::new(),
                FakeHost::new().at(NOW + 1800),
            ),
        ),
        says(
            "<ServerTime>2026-01-01T01:00:00Z</ServerTime>",
            case(
                "clock-skew-in-message",
                FakeHost::new(),
                FakeHost::new().at(NOW + 3600),
            ),
        ),
        said(
            Said {
                date: Some(NOW + 600),
                ..Said::default()
            },
            case(
                "clock-skew-online",
                FakeHost::new(),
                FakeHost::new().at(NOW + 700),
            ),
        ),
        case(
            "clock-not-synchronised",
            FakeHost::new().with_folder("/run/systemd/timesync"),
            FakeHost::new(),
        ),
        case(
            "clock-not-synchronised",
            FakeHost::new().with_folder("/run/systemd/timesync"),
            FakeHost::new()
                .with_folder("/run/systemd/timesync")
                .with_file("/run/systemd/timesync/synchronized", ""),
        ),
    ]
}
