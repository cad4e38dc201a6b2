//! The chain of sources: what wins, what it shadows.

use super::*;
use crate::environment::{Client, Source};

#[test]
fn variables_win_over_a_profile_unless_it_is_named_by_a_flag() {
    let text =
        format!("[default]\naws_access_key_id = {LONG_TERM}\naws_secret_access_key = {SECRET}\n");
    let host = keys(TEMPORARY).with_file("/home/dev/.aws/credentials", text);
    let found = chain(&host, &About::default());
    assert_eq!(
        (found.source, found.key_kind),
        (Some(Source::Variables), Some("temporary"))
    );
    assert_eq!(found.account.as_deref(), Some("609629065308"));
    assert_eq!(found.shadows.len(), 1);
    assert_eq!(found.shadows[0].at, "~/.aws/credentials line 2");
    let named = About {
        profile: Some("default".into()),
        ..About::default()
    };
    let found = chain(&host, &named);
    assert_eq!(
        (found.source, found.profile_from.as_str()),
        (Some(Source::CredentialsFile), "--profile")
    );
    assert_eq!(found.shadows, []);
}

#[test]
fn versions_read_the_variables_in_their_own_order() {
    let both = host_with(&[
        ("AWS_PROFILE", "new"),
        ("AWS_DEFAULT_PROFILE", "old"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
    ]);
    for (version, client, profile, region) in [
        ("1.40", Client::V1, "old", "us-east-1"),
        ("2.30", Client::V2, "new", "eu-west-1"),
    ] {
        let host = cases::version(version, both.clone());
        let found = chain(&host, &About::default());
        assert_eq!((found.client, found.profile.as_str()), (client, profile));
        assert_eq!(found.region.as_deref(), Some(region));
    }
}

#[test]
fn version_1_is_told_by_the_package_beside_it() {
    let host = host_with(&[("PATH", "/venv/bin")])
        .with_file_of("/venv/bin/aws", "#!/venv/bin/python\n", 0o755, 1000)
        .with_file(
            "/venv/lib/python3.12/site-packages/awscli-1.45.11.dist-info/METADATA",
            "",
        );
    assert_eq!(chain(&host, &About::default()).client, Client::V1);
}

#[test]
fn a_profile_inherits_no_region() {
    let host = config("[default]\nregion = eu-west-1\n[profile a]\noutput = json\n");
    let named = About {
        profile: Some("a".into()),
        ..About::default()
    };
    assert_eq!(chain(&host, &named).region, None);
    assert_eq!(
        chain(&host, &About::default()).region_from,
        "~/.aws/config line 2"
    );
}

#[test]
fn a_healthy_job_has_no_finding_that_is_an_error() {
    let host = keys(TEMPORARY)
        .with_variable("AWS_SESSION_TOKEN", &token_issued_at(33, 1_767_225_000))
        .with_variable("AWS_REGION", "eu-west-1")
        .with_variable("GITHUB_ACTIONS", "true");
    let found = examined(&host, &About::default(), &Said::default());
    assert!(
        found
            .iter()
            .all(|finding| finding.severity == crate::environment::Severity::Info),
        "{found:#?}"
    );
}
