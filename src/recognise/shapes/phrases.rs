//! What clients say without a code: one row for each sentence.
//!
//! The words are whole enough that nothing but an AWS client says them; where others say them too, the row names what
//! must stand beside them in the line, or must not. Of several rows that fit a line the first counts.

use std::sync::OnceLock;

use crate::{
    recognise::scan::{after, is_sure_code, word},
    sieve::Literals,
};

/// A row of [`PHRASES`].
#[derive(Debug)]
pub struct Row {
    /// Which client says it.
    pub producer: &'static str,
    /// What it says.
    pub words: &'static str,
    with: &'static [&'static [&'static str]],
    without: &'static [&'static str],
    /// Of these one has to stand in the line, in those right before it, or in the box that it stands in: words that others
    /// say too.
    pub near: &'static [&'static str],
    alone: bool,
    form: fn(&str) -> bool,
    /// Whether the next lines are part of the message.
    pub has_details: bool,
}

const fn says(producer: &'static str, words: &'static str) -> Row {
    Row {
        producer,
        words,
        with: &[],
        without: &[],
        near: &[],
        alone: false,
        form: |_| true,
        has_details: false,
    }
}

impl Row {
    /// Of each list one has to stand in the line.
    const fn with(mut self, with: &'static [&'static [&'static str]]) -> Self {
        self.with = with;
        self
    }

    /// None of these may stand in the line.
    const fn without(mut self, without: &'static [&'static str]) -> Self {
        self.without = without;
        self
    }

    /// One of these has to stand near the line.
    const fn near(mut self, near: &'static [&'static str]) -> Self {
        self.near = near;
        self
    }

    /// Nothing else may stand in the line.
    const fn alone(mut self) -> Self {
        self.alone = true;
        self
    }

    /// What stands behind the words has this form.
    const fn then(mut self, form: fn(&str) -> bool) -> Self {
        self.form = form;
        self
    }

    const fn with_details(mut self) -> Self {
        self.has_details = true;
        self
    }

    /// The code that the words are: `RequestExpiredException: `, `InvalidParameterValueError - `.
    pub fn name(&self) -> Option<&'static str> {
        self.words
            .strip_suffix(": ")
            .or_else(|| self.words.strip_suffix(" - "))
            .filter(|name| is_sure_code(name))
    }

    /// Whether this row is about the line.
    fn fit(&self, line: &str) -> bool {
        line.contains(self.words)
            && self
                .with
                .iter()
                .all(|marks| marks.iter().any(|mark| line.contains(mark)))
            && !self.without.iter().any(|mark| line.contains(mark))
            && (!self.alone || line.trim() == self.words)
            && after(line, self.words).is_some_and(self.form)
    }
}

/// `3.00 seconds`, as Lambda counts them.
fn is_time(text: &str) -> bool {
    let (count, rest) = text.split_once(' ').unwrap_or_default();
    let hundredths = count.split_once('.').map(|(_, digits)| digits.len());
    rest.starts_with("seconds") && hundredths == Some(2)
}

/// Why Python could not write a letter, as the AWS CLI prints it: `… in position 12: ordinal not in range(128)`.
fn is_unencoded(text: &str) -> bool {
    let why = after(text, " in position ").and_then(|rest| after(rest, ": "));
    why.is_some_and(|why| {
        let reasons = [
            "ordinal not in range",
            "character maps to",
            "surrogates not",
        ];
        reasons.iter().any(|reason| why.starts_with(reason))
    })
}

/// The row that is about the line.
pub fn of(line: &str) -> Option<&'static Row> {
    static WORDS: Literals = Literals::new(|| PHRASES.iter().map(|row| row.words).collect());
    WORDS
        .stand_in(line.as_bytes())
        .then(|| PHRASES.iter().find(|row| row.fit(line)))
        .flatten()
}

/// Whether the line ends inside the words of a row, at a blank of theirs, so that the next line may hold the rest.
pub fn cut(line: &str) -> bool {
    /// How many bytes of the words stand in the line at least.
    const LEAST: usize = 12;
    static BEGUN: OnceLock<Vec<(&[u8], &str)>> = OnceLock::new();
    let ending = |text: &'static str| &text.as_bytes()[text.len() - LEAST..];
    let begun = BEGUN.get_or_init(|| {
        let blanks =
            |row: &'static Row| row.words.match_indices(' ').map(|(at, _)| &row.words[..at]);
        let texts = PHRASES.iter().flat_map(blanks);
        let texts = texts.filter(|text| text.len() >= LEAST);
        let mut begun: Vec<_> = texts.map(|text| (ending(text), text)).collect();
        begun.sort_unstable();
        begun
    });
    let line = line.trim_end();
    let Some(end) = line
        .len()
        .checked_sub(LEAST)
        .map(|at| &line.as_bytes()[at..])
    else {
        return false;
    };
    let first = begun.partition_point(|(ending, _)| *ending < end);
    let same = begun[first..]
        .iter()
        .take_while(|(ending, _)| *ending == end);
    same.into_iter().any(|(_, text)| line.ends_with(text))
}

/// Whether S3 refuses what a call of `MinIO`'s library asks for: `PutObject: Access Denied`.
fn is_denied(text: &str) -> bool {
    let call = word(text);
    call.starts_with(|first: char| first.is_ascii_uppercase())
        && text[call.len()..].starts_with(": Access Denied")
}

/// Whether no letter follows.
fn is_over(text: &str) -> bool {
    !text.starts_with(char::is_alphanumeric)
}

/// The name of a service's endpoint.
const AWS_HOST: &[&[&str]] = &[&[".amazonaws.com"]];

/// Hosts of a customer's own below AWS's name: who does not reach them has no trouble with AWS.
const OWN_HOSTS: &[&str] = &[
    ".elb.amazonaws.com",
    ".rds.amazonaws.com",
    ".cache.amazonaws.com",
    ".compute.amazonaws.com",
    ".compute-1.amazonaws.com",
];

/// What shows that Terraform or Packer speaks of something of AWS: the resource's type, an id, a service.
const AWS_RESOURCE: &[&str] = &[
    "aws_",
    "amazon-ebs",
    "arn:aws",
    "(i-",
    "(ami-",
    "(vol-",
    "(snap-",
    "(eni-",
    "(nat-",
    "(igw-",
    "(vpc-",
    "(vpce-",
    "(pcx-",
    "(subnet-",
    "(tgw-",
    "(eipalloc-",
    "EC2 ",
    "EKS ",
    "ECS ",
    "RDS ",
    "DB Instance (",
    "MSK Cluster",
    "DynamoDB",
    "ElastiCache",
    "CloudFront",
    "OpenSearch",
    "Redshift",
    "Kinesis",
    "Lambda Function",
];

/// All of them.
const PHRASES: &[Row] = &[
    says("aws-cli", "Unable to locate credentials"),
    says("aws-cli", "Partial credentials found in"),
    says(
        "aws-cli",
        "Credentials were refreshed, but the refreshed credentials are still expired",
    ),
    says("aws-cli", "The config profile ("),
    says("aws-cli", "You must specify a region"),
    says("aws-cli", "Could not connect to the endpoint URL"),
    says("aws-cli", "timeout on endpoint URL"),
    says("aws-cli", "a valid response from endpoint URL"),
    says("aws-cli", "SSL validation failed for"),
    says("aws-cli", "Error loading SSO Token"),
    says("aws-cli", "when retrieving token from sso"),
    says("aws-cli", "Token has expired and refresh failed"),
    says("aws-cli", "The SSO session associated with this profile"),
    says("aws-cli", "Invalid endpoint: "),
    says("aws-cli", "Unable to parse config file"),
    says("aws-cli", "arameter validation failed").with_details(),
    says("aws-cli", "Unknown options: "),
    says("aws-cli", "aws: error: "),
    says("aws-cli", "aws: [ERROR]: ").without(&["n error occurred ("]),
    says("aws-cli", "Error parsing parameter ").then(|rest| rest.starts_with(['\'', '"'])),
    says("aws-cli", "Unable to redirect output to pager"),
    says("aws-cli", "ailed to connect to proxy URL"),
    says("aws-cli", "Error when retrieving credentials from"),
    says("botocore", "botocore.exceptions.").without(&[
        "raise ",
        "import ",
        "except ",
        "from botocore.",
        ", botocore.",
    ]),
    says("botocore", "An HTTP Client raised an unhandled exception: "),
    says("botocore", "boto3.exceptions.").without(&["raise ", "import ", "except "]),
    says("botocore", "Waiter ").with(&[&[" failed: "]]),
    says("go-sdk", "NoCredentialProviders: "),
    says("go-sdk", "failed to refresh cached credentials"),
    says("go-sdk", "No valid credential sources found"),
    says("go-sdk", "o valid credential sources"),
    says("go-sdk", "could not find region configuration"),
    says("go-sdk", "failed to get shared config profile"),
    says(
        "java-sdk",
        "Unable to load AWS credentials from any provider",
    ),
    says(
        "java-sdk",
        "Unable to load credentials from any of the providers",
    ),
    says(
        "java-sdk",
        "Unable to find a region via the region provider chain",
    ),
    says(
        "java-sdk",
        "Unable to load region from any of the providers",
    ),
    says("java-sdk", "Unable to contact EC2 metadata service"),
    says("java-sdk", "software.amazon.awssdk.core.exception.").with(&[&["Exception: "]]),
    says("java-sdk", "com.amazonaws.SdkClientException: "),
    says("java-sdk", "com.amazonaws.AmazonClientException: "),
    says("java-sdk", "No AWS Credentials provided by"),
    says("js-sdk", "Could not load credentials from any providers"),
    says("js-sdk", "Missing credentials in config"),
    says("js-sdk", "Missing region in config"),
    says("js-sdk", "Region is missing"),
    says("js-sdk", "Inaccessible host: "),
    says("docker", "no basic auth credentials").without(&["://"]),
    says("docker", "no basic auth credentials").with(&[&["amazonaws"]]),
    says("docker", "Your authorization token has expired"),
    says("docker", "is not authorized to perform: ecr:"),
    says("docker", "name unknown: The repository with name"),
    says("ecs", "ResourceInitializationError: "),
    says("ecs", "CannotPullContainerError: "),
    says("lambda", "Task timed out after ")
        .without(&["like ", "filter"])
        .then(is_time),
    says("lambda", "Runtime exited with"),
    says("aws", "is not authorized to perform: ").with(&[&["arn:", "User: ", "AWS"]]),
    says("github-actions", "Credentials could not be loaded"),
    says("eks", "getting credentials: exec: executable aws"),
    says("java-sdk", "Unable to execute HTTP request: "),
    says("java-sdk", "Failed to get a valid set of credentials"),
    says("kotlin-sdk", "could be loaded from the chain: "),
    says("kotlin-sdk", "could be resolved from the chain: "),
    says("dotnet-sdk", "Unable to get IAM security credentials"),
    says(
        "dotnet-sdk",
        "Error occured: The provided token has expired",
    ),
    says(
        "php-sdk",
        "rror retrieving credentials from the instance profile",
    ),
    says("rust-sdk", "find AWS credentials in environment"),
    says("rust-sdk", "the credential provider was not enabled"),
    says("rust-sdk", "no providers in chain provided credentials"),
    says("rust-sdk", "dispatch failure").without(&["event", "fn "]),
    says("go-sdk", "RequestError: send request failed"),
    says("go-sdk", "EmptyStaticCreds: "),
    says("go-sdk", "InvalidEndpointURL: "),
    says("fluent-bit", "Failed to initialized profile provider")
        .with(&[&["redentials", "HOME not set"]]),
    says("fluent-bit", "connection initialization error"),
    says("cdk", "no credentials found. Tried: default credentials"),
    says("cdk", "Unable to resolve AWS account to use"),
    says("cdk", "Has the environment been bootstrapped?"),
    says("cdk", "failed to deploy: ").with(&[&["stack named"]]),
    says("cdk", "The stack named ").with(&[&["failed creation", "failed to "]]),
    says("cdk", "cdk bootstrap").with(&[&["not found", "rror", "fail"]]),
    says(
        "github-actions",
        "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    ),
    says(
        "github-actions",
        "Input required and not supplied: aws-region",
    ),
    says("github-actions", "Could not assume role with "),
    says(
        "github-actions",
        "Did you mean to set the `id-token` permission",
    ),
    says("github-actions", "ACTIONS_ID_TOKEN_REQUEST_URL").with(&[&["nable to get"]]),
    says("aws-cli", "SessionManagerPlugin is not found"),
    says("aws-cli", "Could not find executable named \""),
    says("aws-cli", "Unknown output type: "),
    says("aws-cli", "' codec can't encode character")
        .without(&["Error: ", "\"'", "str("])
        .then(is_unencoded),
    says("aws-cli", "/aws-cli/").with(&[&["GLIBC_"], &["not found"]]),
    says("aws-cli", "aws: /").with(&[&["GLIBC_"], &["not found"]]),
    says("git", "unable to access 'https://git-codecommit."),
    says("api-gateway", "\"Endpoint request timed out\"").with(&[&["\"message\""]]),
    says("cloudfront", "The request could not be satisfied")
        .without(&["docs", "`"])
        .with_details(),
    says("serverless", "AWS credentials missing or invalid"),
    says("js-sdk", "Missing required key '").with(&[&["' in params"]]),
    says("js-sdk", "' found in params").with(&[&["Unexpected key '"]]),
    says("js-sdk", "value provided for input HTTP label: "),
    says("aws", "The requested DurationSeconds exceeds"),
    says("aws", "The security token included in the request is ").without(&["docs", "`"]),
    says("aws", "The provided token has expired").without(&["docs", "`"]),
    says(
        "aws",
        "The request signature we calculated does not match the signature you provided",
    ),
    says("aws", "Signature not yet current: "),
    says("aws", "Signature expired: "),
    says("docker", "our Authorization Token has expired"),
    says("docker", "tag invalid: The image tag"),
    says("docker", ".amazonaws.com/").with(&[
        &[".dkr.ecr."],
        &[
            "unexpected status",
            "401 Unauthorized",
            "403 Forbidden",
            "no basic auth",
            "failed to",
            "rror: ",
            "rror response",
            "rror pulling ",
            "rror pushing ",
        ],
    ]),
    says(
        "cloudformation",
        "The following resource(s) failed to create",
    ),
    says(
        "serverless",
        "The role defined for the function cannot be assumed",
    ),
    says("serverless", "Invalid State Machine Definition: "),
    says("ecs", "was unable to place a task"),
    says("ec2", "than your current instance limit of"),
    says("lambda", "Status: timeout").with(&[&["REPORT RequestId"]]),
    says("powershell", "Options property cannot be empty"),
    says("aws-cli", "Bad value for --").with(&[&["--query", "--endpoint-url"]]),
    says("kinesis", "Rate exceeded for shard"),
    says("aws-cli", "Provided region_name '"),
    says("aws-cli", "The specified sso-session does not exist"),
    says("aws-cli", "Infinite loop in credential configuration"),
    says(
        "aws-cli",
        "-file must be a zip file with the fileb:// prefix",
    ),
    says("aws-cli", "warning: Skipping file "),
    says("aws-cli", "Found invalid choice: '"),
    says("aws-cli", "Invalid choice, valid choices are"),
    says("aws-cli", "Invalid JSON received: "),
    says("aws-cli", "Unable to load paramfile "),
    says("aws-cli", "Invalid base64: \""),
    says("aws-cli", "The source_profile \"").with(&[&["referenced in the profile"]]),
    says(
        "aws-cli",
        "is configured to use SSO but is missing required",
    ),
    says("aws-cli", "the following required SSO configuration values"),
    says("aws-cli", "Please reauthenticate using 'aws login'"),
    says("aws-cli", "create or refresh login credentials"),
    says(
        "aws-cli",
        "contains both source_profile and credential_source",
    ),
    says("aws-cli", "Invalid value provided to \"").with(&[&["must be one of"]]),
    says("aws-cli", "The user-provided path ").with(&[&["does not exist"]]),
    says("aws-cli", "Invalid template path "),
    says("botocore", "retrieving metadata: Received non 200 response"),
    says("botocore", "Unable to retrieve token for use in IMDSv2"),
    says("botocore", "Login required. Use `aws"),
    says(
        "cloudformation",
        "due to a mismatch with existing attributes",
    ),
    says(
        "cloudformation",
        "submitted information didn't contain changes",
    ),
    says("cloudformation", "Stack cannot be updated when status is"),
    says("sam", "Error: No changes to deploy. Stack "),
    says("cloudformation", "state and can not be updated"),
    says("cloudformation", "is in the ROLLBACK_COMPLETE state"),
    says("eksctl", "while waiting for CloudFormation stack").with(&[&["unexpected status"]]),
    says("go-sdk-v1", "ResourceNotReady: ").with(&[&["failed waiting", "exceeded wait"]]),
    says("codebuild", "COMMAND_EXECUTION_ERROR Message: "),
    says("terraform", "Error acquiring the state lock").without(&["occurred:"]),
    says(
        "aws",
        "AWS was not able to validate the provided access credentials",
    ),
    says(
        "cdk",
        "AWS credentials could not be obtained from standard locations",
    ),
    says(
        "lambda",
        "Your access has been denied by S3, please make sure your request credentials",
    ),
    says("cdk", "Need to perform AWS calls for account"),
    says("go-sdk", "failed to load shared config"),
    says("go-sdk", "failed to load shared credentials"),
    says("php-sdk", "retrieving credentials from the ECS metadata"),
    says("go-sdk", "CredentialsEndpointError: "),
    says("go-sdk", "ProcessProvider").with(&[&["rror: "]]),
    says("js-sdk", "CredentialsProviderError: ").with(&[&["rror"]]),
    says("js-sdk", "SsoPortalError"),
    says("js-sdk", "ProviderError: ").with(&[&["Error response", "metadata service"]]),
    says("elixir", "ExAws.InstanceMeta"),
    says("elixir", "ExAws: HTTP ERROR: "),
    says("cloudformation", "ROLLBACK_IN_PROGRESS with reason: ").with(&[&["Embedded stack arn:"]]),
    says("aws", "Missing Authentication Token").with(&[&["\"message\""]]),
    says("aws", "not a valid key=value pair (missing equal-sign)"),
    says(
        "aws",
        "Authorization header requires 'Credential' parameter",
    ),
    says("aws", "Credential should be scoped to "),
    says(
        "aws",
        "retrieve verification key from your identity provider",
    ),
    says("aws", "No OpenIDConnect provider found"),
    says("aws", "MultiFactorAuthentication failed"),
    says("go-sdk", "AssumeRoleTokenProviderNotSetError"),
    says("ruby-sdk", "Aws::Errors::").with(&[&["rror"]]),
    says("restic", "no credentials found. Use '-o s3."),
    says("rust-sdk", "ConstructionFailure(MissingCredentials)"),
    says("aws", "In order to use this AWS Marketplace product"),
    says("aws", "Your account is currently being verified"),
    says("aws", "account is currently blocked and not recognized"),
    says("aws", "No profile named: '"),
    says("java-sdk", "contained no credentials for profile '"),
    says("aws", "RequestExpiredException: "),
    says("aws", "The difference between the request time and the"),
    says("aws", "RequestInTheFuture: "),
    says("go-sdk", "SharedConfigAssumeRoleError"),
    says("aws", "ForbiddenException: No access"),
    says("aws", "Invalid refresh token provided"),
    says("aws", "IAM Identity Center token from secure storage"),
    says("aws", "The AWS Access Key Id needs a subscription"),
    says("aws", "Token expired: current date/time"),
    says("botocore", "eks.amazonaws.com/serviceaccount/token").with(&[&["rror"]]),
    says("karpenter", "with fleet error(s)"),
    says("aws-load-balancer-controller", "auto-discover subnets"),
    says("js-sdk", "NetworkingError: socket hang up"),
    says("js-sdk", "NetworkingError: connect E"),
    says("js-sdk", "[NetworkingError]: "),
    says("ruby-sdk", "Seahorse::Client::NetworkingError"),
    says("aws", "have an invitation from the requested master"),
    says("ec2", "We currently do not have sufficient"),
    says("ec2", "than your current vCPU limit of"),
    says("go-sdk", ": x509: ").with(AWS_HOST).without(OWN_HOSTS),
    says("go-sdk", ": proxyconnect ")
        .with(AWS_HOST)
        .without(OWN_HOSTS),
    says("go-sdk", ": dial tcp")
        .with(AWS_HOST)
        .without(OWN_HOSTS),
    says("s3", "The authorization header is malformed; the region"),
    says("s3", "The requested bucket name is not available"),
    says("s3", "The specified multipart upload does not exist"),
    says("restic", ": client.").then(is_denied),
    says("restic", "failed: client.MakeBucket: "),
    says("restic", "config file: Stat: Access Denied"),
    says("s3", "301 response missing Location header"),
    says("s3", "BucketRegionError: "),
    says("ses", "554 Message rejected: "),
    says("ses", "454 Throttling failure: "),
    says("ses", "535 Authentication Credentials Invalid"),
    says("ssm", "The parameter already exists. To overwrite"),
    says("bedrock", "with on-demand throughput isn"),
    says("aws", "Forbidden for url: https://").with(&[&[".amazonaws.com"]]),
    says("lambda", "Process exited before completing request"),
    says("lambda", "Runtime.Unknown").alone(),
    says("sqs", "Stack with id ").with(&[&["does not exist"]]),
    says("cloudformation", "Stack [").with(&[&["already exists"]]),
    says("aws", "getaddrinfo ENOTFOUND ").with(&[&[".amazonaws.com"]]),
    says("aws", "UnknownHostException: ").with(&[&[".amazonaws.com"]]),
    says("aws", "Failed to resolve '").with(&[&[".amazonaws.com"]]),
    says("urllib3", "HTTPSConnectionPool(host='").with(&[
        &[".amazonaws.com", "169.254.169.254"],
        &["rror", "timed out", "exceeded"],
    ]),
    says("aws-cli", "aws: [ERROR]:").alone(),
    says("aws-cli", "[Errno 13] Permission denied: ''").alone(),
    says("aws", "The AWS Access Key Id you provided does not exist").without(&["docs", "`"]),
    says("s3", "Access Denied").with(&[
        &["at s3:", "://"],
        &["amazonaws.com"],
        &["at s3:", "rror", "ERR", "ailed", "nable "],
    ]),
    says("restic", "The specified key does not exist").with(&[&["Stat: "]]),
    says("serverless", "AWS provider credentials not found"),
    says("s3a", "AWSRedirectException: "),
    says("go-sdk", "operation error ec2imds: "),
    says("go-sdk", "EC2MetadataError: "),
    says("go-sdk", "SharedConfigLoadError: "),
    says("rust-sdk", "CredentialsNotLoaded"),
    says("powershell", "Method not found: '").with(&[&["Amazon."]]),
    says(
        "powershell",
        "No credentials specified or obtained from persisted/shell defaults",
    ),
    says(
        "powershell",
        "No region specified or obtained from persisted/shell defaults",
    ),
    says(
        "aws-load-balancer-controller",
        "unable to resolve at least one subnet",
    ),
    says(
        "elb",
        "The certificate must have a fully-qualified domain name",
    ),
    says("aws-cli", "load failed: ")
        .with(&[&["s3://"]])
        .with_details(),
    says("aws-cli", "[Errno 2] No such file or directory: '").near(&["botocore/credentials.py"]),
    says("aws", "Invalid Configuration: ").with(&[&["FIPS", "DualStack", "Dualstack"]]),
    says("aws", "Invalid Configuration: Missing Region").then(is_over),
    says("kubectl", "You must be logged in to the server").near(&[
        ".eks.amazonaws.com",
        "arn:aws:eks:",
        "aws eks ",
        "eks get-token",
        "aws-iam-authenticator",
    ]),
    says("docker", "error parsing HTTP 40").near(&[".dkr.ecr."]),
    says("docker", "public.ecr.aws").with(&[&[
        "unexpected status",
        "denied: ",
        "toomanyrequests",
        "401 Unauthorized",
        "403 Forbidden",
        "Could not login",
        "rror response",
    ]]),
    says("terraform", "unexpected state '").near(AWS_RESOURCE),
    says("terraform", "while waiting for state to become ").near(AWS_RESOURCE),
    says("terraform", "couldn't find resource").near(AWS_RESOURCE),
    says("packer", "Error launching source instance"),
    says("packer", "Error waiting for AMI"),
    says("pulumi", "unable to validate AWS credentials"),
    says("pulumi", "Invalid credentials configured").with(&[&["pulumi:providers:aws"]]),
    says("pulumi", "missing region information").with(&[&["pulumi", "aws", "AWS"]]),
    says("go-sdk", "static credentials are empty"),
    says("php-sdk", "while validating the input provided for the ")
        .with(&[&["operation:"]])
        .with_details(),
    says("php-sdk", "operation requires non-empty parameter: ").without(&["{$"]),
    says("vector", " error=").with(&[&["component_type=aws_", "component_type=\"aws_"]]),
    says("fluent-bit", "PutObject request failed"),
    says("fluent-bit", "Upload request failed").near(&["[output:s3:"]),
    says("terraform", "cannot be assumed").with(&[&["arn:aws"]]),
    says("js-sdk", "Resource is not in the state "),
    says("sagemaker", "UnexpectedStatusException: ").with(&[&["Error for ", "Error hosting "]]),
    says("sagemaker", "CapacityError: ").with(&[&["ML compute", "ml."]]),
    says("http", "(HTTP 40")
        .with(&[&[".amazonaws.com"], &["rror"]])
        .without(OWN_HOSTS),
    says("botocore", "Unable to parse response (").with(&[&[
        "invalid XML received",
        "invalid JSON received",
        "retries may succeed",
    ]]),
    says("eb", "InvalidParameterValueError - "),
    says("ssm", "Cannot perform start session: "),
    says(
        "secretsmanager",
        "Secrets Manager can't find the specified secret",
    ),
    says("efs-utils", "Failed to retrieve AWS security credentials"),
    says(
        "efs-utils",
        "AWS Access Key ID and Secret Access Key are not found in AWS credentials",
    ),
    says("go-sdk", "MissingEndpoint: "),
    says("route53", "RRSet with DNS name "),
    says("ansible", "does not seem to be available for aws module"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{recognise, sieve::Sieve};

    /// A line that the row is about: what must stand beside the words, one of each list, and the words.
    fn line(row: &Row) -> String {
        let beside: Vec<&str> = row.with.iter().map(|marks| marks[0]).collect();
        let tails = [
            "'x",
            "3.00 seconds",
            "PutObject: Access Denied",
            " in position 1: ordinal not in range(128)",
        ];
        let tail = tails
            .iter()
            .find(|tail| (row.form)(tail))
            .expect("one of them fits");
        if row.alone {
            row.words.to_owned()
        } else {
            format!("{} {}{tail}", beside.join(" "), row.words)
        }
    }

    #[test]
    fn an_anchor_stands_in_each_row_and_none_hides_another() {
        let (sieve, mut faults) = (Sieve::default(), Vec::new());
        for (number, row) in PHRASES.iter().enumerate() {
            let line = line(row);
            assert!(row.fit(&line), "{line}");
            // Fluent Bit names the part of itself that speaks, which is no part of the message.
            let named = format!("[aws_client] {line}");
            let seen = if row.producer == "fluent-bit" {
                &named
            } else {
                &line
            };
            if !sieve.sees(seen.as_bytes()) {
                faults.push(format!("no anchor stands in: {}", row.words));
            }
            if let Some(earlier) = PHRASES[..number]
                .iter()
                .find(|earlier| earlier.words != row.words && earlier.fit(&line))
            {
                faults.push(format!("{} hides {}", earlier.words, row.words));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn a_sentence_cut_at_a_blank_is_known_to_go_on() {
        assert!(cut("x: Unable to locate"));
        assert!(cut("The SSO session associated with "));
        for line in [
            "Unable",
            "to",
            "",
            "Unable to locate credentials",
            "he was unable to locate",
        ] {
            assert!(!cut(line), "{line}");
        }
    }

    #[test]
    fn sentences_with_and_without_what_must_stand_beside_them() {
        for (line, producer) in [
            (
                "Unable to locate credentials. You can configure credentials by running \"aws login\".",
                "aws-cli",
            ),
            (
                "12:00:01 ERROR NoCredentialProviders: no valid providers in chain",
                "go-sdk",
            ),
            (
                "2026-11-24T18:00:01Z 5f2b0d2a Task timed out after 3.00 seconds",
                "lambda",
            ),
            ("Error: No changes to deploy. Stack x is up to date", "sam"),
            (
                "boto3.exceptions.ResourceNotExistsError: The 'x' resource does not exist.",
                "botocore",
            ),
            (
                "[✖]  unexpected status \"ROLLBACK_IN_PROGRESS\" while waiting for CloudFormation stack \"x\"",
                "eksctl",
            ),
        ] {
            let error = recognise::text(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(error.producer, producer, "{line}");
        }
        for line in [
            "Task timed out after 3 seconds",
            "No changes to deploy. Stack x is up to date",
            "from botocore.exceptions import ClientError",
            "    raise boto3.exceptions.RetriesExceededError(last_exception)",
            "raise NoCredentialsError(\"Unable to locate credentials%s\")",
            "2026 [ℹ]  waiting for CloudFormation stack \"x\"",
            "no basic auth credentials for https://git.example.com",
        ] {
            assert_eq!(recognise::text(line), None, "{line}");
        }
    }
}
