//! Where AWS STS would be asked, and what its certificate is judged by.

use super::*;

fn request(host: &FakeHost) -> Result<crate::environment::StsRequest, String> {
    Examination::new(Overlay::none(host), About::default()).sts_request()
}

fn address(variables: &[(&str, &str)], region: &str) -> Result<String, String> {
    let mut host = keys(LONG_TERM).with_variable("AWS_REGION", region);
    for (name, value) in variables {
        host = host.with_variable(name, value);
    }
    request(&host).map(|request| request.to)
}

/// What botocore's rules for the endpoints of AWS STS give, which `tests/clients/test_check.py` asks.
#[test]
fn the_address_is_that_of_the_region_and_of_the_switches() {
    let fips = ("AWS_USE_FIPS_ENDPOINT", "true");
    let dual = ("AWS_USE_DUALSTACK_ENDPOINT", "True");
    for (switches, region, wanted) in [
        (&[][..], "eu-west-1", "https://sts.eu-west-1.amazonaws.com"),
        (&[], "cn-north-1", "https://sts.cn-north-1.amazonaws.com.cn"),
        (
            &[fips],
            "us-east-2",
            "https://sts-fips.us-east-2.amazonaws.com",
        ),
        (
            &[fips],
            "us-gov-west-1",
            "https://sts.us-gov-west-1.amazonaws.com",
        ),
        (&[dual], "eu-west-1", "https://sts.eu-west-1.api.aws"),
        (
            &[fips, dual],
            "us-gov-east-1",
            "https://sts-fips.us-gov-east-1.api.aws",
        ),
        (
            &[("AWS_USE_FIPS_ENDPOINT", "no")],
            "eu-west-1",
            "https://sts.eu-west-1.amazonaws.com",
        ),
    ] {
        assert_eq!(address(switches, region).as_deref(), Ok(wanted));
    }
}

#[test]
fn the_profile_has_the_switches_too_and_a_variable_decides() {
    let host = config("[default]\nregion = us-west-2\nuse_fips_endpoint = true\n");
    let host = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
        .iter()
        .fold(host, |host, name| host.with_variable(name, LONG_TERM));
    let to = |host: &FakeHost| request(host).map(|request| request.to);
    assert_eq!(
        to(&host).as_deref(),
        Ok("https://sts-fips.us-west-2.amazonaws.com")
    );
    let off = host.with_variable("AWS_USE_FIPS_ENDPOINT", "false");
    assert_eq!(
        to(&off).as_deref(),
        Ok("https://sts.us-west-2.amazonaws.com")
    );
}

#[test]
fn a_switch_and_an_endpoint_set_by_hand_exclude_each_other() {
    let by_hand = ("AWS_ENDPOINT_URL_STS", "https://sts.example.com");
    for name in ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"] {
        let why = address(&[by_hand, (name, "true")], "us-east-1").expect_err("is refused");
        assert!(why.contains("refuses both together"), "{why}");
    }
}

#[test]
fn the_bundle_of_a_variable_comes_before_that_of_the_profile() {
    let host = keys(LONG_TERM)
        .with_file("/home/dev/.aws/config", "[default]\nca_bundle = ~/ca.pem\n")
        .with_file("/home/dev/ca.pem", "profile's")
        .with_file("/etc/ca.pem", "variable's");
    let bundle = |host: &FakeHost| request(host).ok().and_then(|request| request.ca_bundle);
    assert_eq!(bundle(&host).as_deref(), Some(&b"profile's"[..]));
    let named = host.clone().with_variable("AWS_CA_BUNDLE", "/etc/ca.pem");
    assert_eq!(bundle(&named).as_deref(), Some(&b"variable's"[..]));
    let absent = host.with_variable("AWS_CA_BUNDLE", "/etc/none.pem");
    let why = request(&absent).err().unwrap_or_default();
    assert!(why.contains("AWS_CA_BUNDLE"), "{why}");
}
