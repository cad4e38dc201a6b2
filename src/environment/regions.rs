//! The Regions: which partition each is in, and whether an account has to enable it before it takes requests.
//!
//! New Regions appear; a name that is not here is never called wrong, only unknown.

/// One Region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    /// Its name: `eu-west-1`.
    pub name: &'static str,
    /// Its partition: `aws`, `aws-cn`, `aws-us-gov`, ….
    pub partition: &'static str,
    /// Whether it has to be enabled for an account.
    pub opt_in: bool,
}

/// The Regions that every account has, by partition.
const ENABLED: &[(&str, &str)] = &[
    (
        "aws",
        "us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-west-1 eu-west-2 eu-west-3 eu-central-1 \
         eu-north-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2",
    ),
    ("aws-cn", "cn-north-1 cn-northwest-1"),
    ("aws-us-gov", "us-gov-east-1 us-gov-west-1"),
    ("aws-eusc", "eusc-de-east-1"),
    ("aws-iso", "us-iso-east-1 us-iso-west-1"),
    ("aws-iso-b", "us-isob-east-1 us-isob-west-1"),
    ("aws-iso-e", "eu-isoe-west-1"),
    ("aws-iso-f", "us-isof-east-1 us-isof-south-1"),
];

/// The Regions that an account has to enable; all of the partition `aws`.
const OPT_IN: &str = "af-south-1 ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 \
     ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 \
     mx-central-1";

/// All Regions that are known.
pub(super) fn all() -> impl Iterator<Item = Region> {
    let enabled = ENABLED.iter().flat_map(|(partition, names)| {
        names.split_whitespace().map(|name| Region {
            name,
            partition,
            opt_in: false,
        })
    });
    enabled.chain(OPT_IN.split_whitespace().map(|name| Region {
        name,
        partition: "aws",
        opt_in: true,
    }))
}

/// The Region of this name.
pub(super) fn find(name: &str) -> Option<Region> {
    // Most of what is asked for has not even the form of a name.
    let is_named = name.len() >= 9 && name.ends_with(|last: char| last.is_ascii_digit());
    is_named.then(|| all().find(|region| region.name == name))?
}

/// The partition that a Region's name belongs to, by its beginning where the Region itself is not known.
#[must_use]
pub fn partition_of(name: &str) -> &'static str {
    let beginnings = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("eusc-", "aws-eusc"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("eu-isoe-", "aws-iso-e"),
        ("us-isof-", "aws-iso-f"),
    ];
    beginnings
        .iter()
        .find(|(beginning, _)| name.starts_with(beginning))
        .map_or("aws", |(_, partition)| partition)
}

/// The partition, other than `aws`, of a Region that a text names.
#[must_use]
pub fn other_partition_in(text: &str) -> Option<&'static str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
        .filter_map(find)
        .map(|region| region.partition)
        .find(|partition| *partition != "aws")
}

/// What the names of a partition's public endpoints end in.
pub(super) fn suffix_of(partition: &str) -> &'static str {
    match partition {
        "aws-cn" => "amazonaws.com.cn",
        "aws-eusc" => "amazonaws.eu",
        "aws-iso" => "c2s.ic.gov",
        "aws-iso-b" => "sc2s.sgov.gov",
        "aws-iso-e" => "cloud.adc-e.uk",
        "aws-iso-f" => "csp.hci.ic.gov",
        _ => "amazonaws.com",
    }
}

/// The same for endpoints that are reached over IPv4 and IPv6 both.
pub(super) fn dual_stack_suffix_of(partition: &str) -> &'static str {
    match partition {
        "aws-cn" => "api.amazonwebservices.com.cn",
        "aws-eusc" => "api.amazonwebservices.eu",
        "aws-iso" => "api.aws.ic.gov",
        "aws-iso-b" => "api.aws.scloud",
        "aws-iso-e" => "api.cloud-aws.adc-e.uk",
        "aws-iso-f" => "api.aws.hci.ic.gov",
        _ => "api.aws",
    }
}

/// Whether a name has a Region's form: `eu-west-1`, `us-gov-east-1`.
pub(super) fn is_well_formed(name: &str) -> bool {
    let parts: Vec<&str> = name.split('-').collect();
    let [words @ .., number] = parts.as_slice() else {
        return false;
    };
    (2..=3).contains(&words.len())
        && words
            .iter()
            .all(|word| word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
        && (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The Region whose name is nearest, at most two letters away.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    // A Region's name is short; measuring a long text against all of them takes time.
    if name.len() > 40 {
        return None;
    }
    let plain = name.trim().to_lowercase().replace([' ', '_'], "-");
    let distances = all().map(|region| {
        (
            strsim::damerau_levenshtein(region.name, &plain),
            region.name,
        )
    });
    distances
        .filter(|(distance, _)| *distance <= 2)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_every_region_once_in_its_partition() {
        let names: std::collections::BTreeSet<&str> = all().map(|region| region.name).collect();
        assert_eq!((names.len(), all().count()), (46, 46));
        assert!(
            all().all(|region| is_well_formed(region.name)
                && partition_of(region.name) == region.partition)
        );
        assert!(find("me-south-1").is_some_and(|region| region.opt_in));
    }

    #[test]
    fn tells_forms_and_neighbours() {
        for name in [
            "eu_west_1",
            "us-east-1a",
            "frankfurt",
            "",
            "-",
            "EU-WEST-1",
            "eu-west-",
        ] {
            assert!(!is_well_formed(name), "{name}");
        }
        assert_eq!(nearest("eu-wset-1"), Some("eu-west-1"));
        assert_eq!(nearest("eu_west_1"), Some("eu-west-1"));
        assert_eq!(nearest("frankfurt"), None);
    }
}
