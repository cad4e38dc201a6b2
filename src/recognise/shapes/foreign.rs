//! What speaks like AWS and is not: other clouds with an API of S3's kind, and other systems with the same words.

use super::Block;
use crate::{recognise::NEAR, sieve::Literals};

/// Names of hosts, headers, products and fields that stand in the errors of others and never in those of AWS: of Alibaba
/// (`aliyun`, `oss:`, `<EC>`), Google, Microsoft, Kubernetes, and of who else has the API of S3. Where each begins and in
/// which order they stand decides how often the search stops in vain, as with the anchors of the sieve.
const MARKS: &[&str] = &[
    "x-goog",
    "orage.objects",
    "hcs.huaweicloud",
    "autorest",
    "re.windows.net",
    "myhuaweicloud",
    "googleapi",
    "ckblazeb2",
    "'Microsoft.",
    "gcloud",
    "oss:",
    "azure",
    "Azure",
    "andexcloud",
    "inodeobjects",
    ".cloudflarestorage",
    "alicloud",
    "myqcloud",
    "OSS Access",
    "orage.cloud.google",
    "<EC>",
    "thenticationErrorDetail",
    "wasabisys",
    "bernetes.io/serviceaccount",
    "aliyun",
    "ovh.net",
    "Aliyun",
    "oud-object-storage.appdomain",
    "scw.cloud",
    "digitaloceanspaces",
];

/// Whether the block, or what stands right before it, the request that a body answers, is of another cloud or system.
pub fn surrounds(block: &Block) -> bool {
    let first = block.marked().saturating_sub(NEAR);
    (first..block.marked()).any(|number| speaks(block.line(number))) || speaks(block.from_mark())
}

/// Whether the text is of another cloud or system.
pub fn speaks(text: impl AsRef<[u8]>) -> bool {
    static SEARCH: Literals = Literals::new(|| MARKS.to_vec());
    SEARCH.stand_in(text.as_ref())
}

#[cfg(test)]
mod tests {
    use super::speaks;
    use crate::recognise;

    const BODY: &str = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>x</RequestId></Error>";

    #[test]
    fn who_speaks_is_told_by_the_lines_before_too() {
        assert!(recognise::text(BODY).is_some());
        for before in [
            "GET https://things.oss-eu-central-1.aliyuncs.com/",
            "googleapi: Error 403",
            "server: AzureBlob",
            "endpoint: https://fra1.digitaloceanspaces.com",
        ] {
            assert!(speaks(before) || before.contains("aliyuncs"), "{before}");
            // A body that closes in its line is read with the lines before it where they may hold its head.
            let near = BODY.replace(
                "</Message>",
                &format!("</Message><HostId>{before}</HostId>"),
            );
            assert_eq!(recognise::text(&near).is_none(), speaks(before), "{before}");
        }
    }

    #[test]
    fn aws_is_not_foreign_to_itself() {
        for text in [
            "https://s3.eu-west-1.amazonaws.com/things",
            "An error occurred (AccessDenied) when calling the GetObject operation: Access Denied",
            "dynamodb.us-east-1.amazonaws.com",
            "arn:aws:s3:::things",
        ] {
            assert!(!speaks(text), "{text}");
        }
    }
}
