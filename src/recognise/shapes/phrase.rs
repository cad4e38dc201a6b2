//! Messages without a code, known by their words.
//!
//! A row of [`PHRASES`] is `(producer, words)`: the words are whole enough that nothing but an AWS client says them.
//! The error's message is the line from the words on, the words before it in the same sentence included.

use super::{Block, Reading, Shape, found, of, some};

/// See the module.
#[derive(Debug)]
pub struct Phrase;

/// `(producer, words)`.
pub const PHRASES: &[(&str, &str)] = &[
    ("aws-cli", "Unable to locate credentials"),
    ("aws-cli", "Partial credentials found in"),
    (
        "aws-cli",
        "Credentials were refreshed, but the refreshed credentials are still expired",
    ),
    ("aws-cli", "The config profile ("),
    ("aws-cli", "You must specify a region"),
    ("aws-cli", "Could not connect to the endpoint URL"),
    ("aws-cli", "timeout on endpoint URL"),
    ("aws-cli", "a valid response from endpoint URL"),
    ("aws-cli", "SSL validation failed for"),
    ("aws-cli", "Error loading SSO Token"),
    ("aws-cli", "when retrieving token from sso"),
    ("aws-cli", "Token has expired and refresh failed"),
    ("aws-cli", "The SSO session associated with this profile"),
    ("aws-cli", "Invalid endpoint: "),
    ("aws-cli", "Unable to parse config file"),
    ("aws-cli", "Parameter validation failed"),
    ("aws-cli", "arameter validation failed"),
    ("aws-cli", "Unknown options: "),
    ("aws-cli", "aws: error: "),
    ("aws-cli", "aws: [ERROR]: "),
    ("aws-cli", "Error parsing parameter "),
    ("aws-cli", "Unable to redirect output to pager"),
    ("aws-cli", "ailed to connect to proxy URL"),
    ("aws-cli", "Error when retrieving credentials from"),
    ("aws-cli", "aws: command not found"),
    ("aws-cli", "aws: not found"),
    ("botocore", "botocore.exceptions."),
    ("botocore", "Waiter "),
    ("go-sdk", "NoCredentialProviders"),
    ("go-sdk", "no valid providers in chain"),
    ("go-sdk", "failed to refresh cached credentials"),
    ("go-sdk", "No valid credential sources found"),
    ("go-sdk", "o valid credential sources"),
    ("go-sdk", "could not find region configuration"),
    ("go-sdk", "failed to get shared config profile"),
    (
        "java-sdk",
        "Unable to load AWS credentials from any provider",
    ),
    (
        "java-sdk",
        "Unable to load credentials from any of the providers",
    ),
    (
        "java-sdk",
        "Unable to find a region via the region provider chain",
    ),
    (
        "java-sdk",
        "Unable to load region from any of the providers",
    ),
    ("java-sdk", "Unable to contact EC2 metadata service"),
    ("java-sdk", "No AWS Credentials provided by"),
    ("js-sdk", "Could not load credentials from any providers"),
    ("js-sdk", "Missing credentials in config"),
    ("js-sdk", "Missing region in config"),
    ("js-sdk", "Region is missing"),
    ("js-sdk", "Inaccessible host: "),
    ("docker", "no basic auth credentials"),
    ("docker", "Your authorization token has expired"),
    ("docker", "is not authorized to perform: ecr:"),
    ("docker", "name unknown: The repository with name"),
    ("ecs", "ResourceInitializationError: "),
    ("ecs", "CannotPullContainerError: "),
    ("lambda", "Task timed out after "),
    ("lambda", "Runtime exited with"),
    ("aws", "is not authorized to perform: "),
    ("github-actions", "Credentials could not be loaded"),
    ("eks", "getting credentials: exec: executable aws"),
    ("java-sdk", "Unable to execute HTTP request: "),
    ("java-sdk", "Failed to get a valid set of credentials"),
    ("kotlin-sdk", "could be loaded from the chain: "),
    ("kotlin-sdk", "could be resolved from the chain: "),
    ("dotnet-sdk", "Unable to get IAM security credentials"),
    (
        "dotnet-sdk",
        "Error occured: The provided token has expired",
    ),
    (
        "php-sdk",
        "rror retrieving credentials from the instance profile",
    ),
    ("rust-sdk", "find AWS credentials in environment"),
    ("rust-sdk", "the credential provider was not enabled"),
    ("rust-sdk", "no providers in chain provided credentials"),
    ("rust-sdk", "dispatch failure"),
    ("go-sdk", "RequestError: send request failed"),
    ("go-sdk", "EmptyStaticCreds"),
    ("go-sdk", "InvalidEndpointURL"),
    ("fluent-bit", "Failed to initialized profile provider"),
    ("fluent-bit", "connection initialization error"),
    ("cdk", "no credentials found. Tried: default credentials"),
    ("cdk", "Unable to resolve AWS account to use"),
    ("cdk", "Has the environment been bootstrapped?"),
    ("cdk", "failed to deploy: "),
    ("cdk", "cdk bootstrap"),
    (
        "github-actions",
        "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    ),
    (
        "github-actions",
        "Credentials could not be loaded, please check your action inputs",
    ),
    (
        "github-actions",
        "Input required and not supplied: aws-region",
    ),
    ("aws-cli", "SessionManagerPlugin is not found"),
    ("aws", "The requested DurationSeconds exceeds"),
    ("aws", "The security token included in the request is "),
    ("aws", "The provided token has expired"),
    (
        "aws",
        "The request signature we calculated does not match the signature you provided",
    ),
    ("aws", "Signature not yet current: "),
    ("aws", "Signature expired: "),
    ("docker", "our Authorization Token has expired"),
    ("docker", "tag invalid: The image tag"),
    ("docker", ".amazonaws.com/"),
    (
        "cloudformation",
        "The following resource(s) failed to create",
    ),
    ("cloudformation", "| CREATE_FAILED"),
    (
        "serverless",
        "The role defined for the function cannot be assumed",
    ),
    ("serverless", "Invalid State Machine Definition: "),
    ("ecs", "was unable to place a task because"),
    ("ec2", "than your current instance limit of"),
    ("lambda", "Status: timeout"),
    ("powershell", "Options property cannot be empty"),
    ("aws-cli", "Bad value for --"),
    ("kinesis", "Rate exceeded for shard"),
    ("aws-cli", "Provided region_name '"),
    ("aws-cli", "The specified sso-session does not exist"),
    ("aws-cli", "Infinite loop in credential configuration"),
    (
        "aws-cli",
        "-file must be a zip file with the fileb:// prefix",
    ),
    ("aws-cli", "warning: Skipping file "),
    ("aws-cli", "aws: [ERROR]:"),
    ("aws-cli", "Found invalid choice: '"),
    ("aws-cli", "Invalid choice, valid choices are"),
    ("aws-cli", "'aws' is not recognized as an internal"),
    ("aws-cli", "The term 'aws' is not recognized"),
    ("aws-cli", "executable file not found: exec: \"aws\""),
    ("aws-cli", "Invalid JSON received: "),
    ("aws-cli", "Unable to load paramfile "),
    ("aws-cli", "Invalid base64: \""),
    ("aws-cli", "The source_profile \""),
    (
        "aws-cli",
        "is configured to use SSO but is missing required",
    ),
    ("aws-cli", "the following required SSO configuration values"),
    ("aws-cli", "Please reauthenticate using 'aws login'"),
    ("aws-cli", "create or refresh login credentials"),
    (
        "aws-cli",
        "contains both source_profile and credential_source",
    ),
    ("aws-cli", "Invalid value provided to \""),
    ("aws-cli", "The user-provided path "),
    ("aws-cli", "Invalid template path "),
    ("botocore", "retrieving metadata: Received non 200 response"),
    ("botocore", "Unable to retrieve token for use in IMDSv2"),
    ("botocore", "Login required. Use `aws sso login"),
    (
        "cloudformation",
        "due to a mismatch with existing attributes",
    ),
    (
        "cloudformation",
        "submitted information didn't contain changes",
    ),
    ("cloudformation", "Stack cannot be updated when status is"),
    ("cloudformation", "state and can not be updated"),
    ("cloudformation", "is in the ROLLBACK_COMPLETE state"),
    ("codebuild", "COMMAND_EXECUTION_ERROR Message: "),
    ("terraform", "Error acquiring the state lock"),
    (
        "aws",
        "AWS was not able to validate the provided access credentials",
    ),
    ("cdk", "Need to perform AWS calls for account"),
    ("go-sdk", "failed to load shared config"),
    ("go-sdk", "failed to load shared credentials"),
    ("php-sdk", "retrieving credentials from the ECS metadata"),
    ("go-sdk", "CredentialsEndpointError: "),
    ("go-sdk", "ProcessProvider"),
    ("js-sdk", "CredentialsProviderError: "),
    ("js-sdk", "SsoPortalError"),
    ("js-sdk", "ProviderError: Error response"),
    ("elixir", "ExAws.InstanceMeta"),
    ("aws", "Missing Authentication Token"),
    ("aws", "not a valid key=value pair (missing equal-sign)"),
    (
        "aws",
        "Authorization header requires 'Credential' parameter",
    ),
    ("aws", "Credential should be scoped to "),
    (
        "aws",
        "retrieve verification key from your identity provider",
    ),
    ("aws", "No OpenIDConnect provider found"),
    ("aws", "MultiFactorAuthentication failed"),
    ("go-sdk", "AssumeRoleTokenProviderNotSetError"),
    ("ruby-sdk", "Aws::Errors::"),
    ("restic", "no credentials found. Use '-o s3."),
    ("rust-sdk", "ConstructionFailure(MissingCredentials)"),
    ("aws", "In order to use this AWS Marketplace product"),
    ("aws", "Your account is currently being verified"),
    ("aws", "account is currently blocked and not recognized"),
    ("aws", "No profile named: '"),
    ("java-sdk", "contained no credentials for profile '"),
    ("aws", "RequestExpiredException: "),
    ("aws", "The difference between the request time and the"),
    ("aws", "RequestInTheFuture: "),
    ("go-sdk", "SharedConfigAssumeRoleError"),
    ("aws", "ForbiddenException: No access"),
    ("aws", "Invalid refresh token provided"),
    ("aws", "IAM Identity Center token from secure storage"),
    ("aws", "The AWS Access Key Id needs a subscription"),
    ("aws", "Token expired: current date/time"),
    ("botocore", "eks.amazonaws.com/serviceaccount/token"),
    ("karpenter", "with fleet error(s)"),
    ("aws-load-balancer-controller", "auto-discover subnets"),
    ("js-sdk", "NetworkingError: socket hang up"),
    ("aws", "have an invitation from the requested master"),
    ("ec2", "We currently do not have sufficient"),
    ("ec2", "than your current vCPU limit of"),
    ("go-sdk", "amazonaws.com/\": x509: "),
    ("go-sdk", "amazonaws.com/\": proxyconnect "),
    ("go-sdk", "amazonaws.com/\": dial tcp"),
    ("s3", "The authorization header is malformed; the region"),
    ("s3", "The requested bucket name is not available"),
    ("s3", "The specified multipart upload does not exist"),
    ("s3", "client.BucketExists: Access Denied"),
    ("s3", "301 response missing Location header"),
    ("s3", "BucketRegionError: "),
    ("ses", "554 Message rejected: "),
    ("ses", "454 Throttling failure: "),
    ("ses", "535 Authentication Credentials Invalid"),
    ("ssm", "The parameter already exists. To overwrite"),
    ("bedrock", "with on-demand throughput isn"),
    ("aws", "Forbidden for url: https://"),
    ("lambda", "Process exited before completing request"),
    ("lambda", "Runtime.Unknown"),
    ("sqs", "Stack with id "),
    ("cloudformation", "Stack ["),
    ("aws", "getaddrinfo ENOTFOUND "),
    ("aws", "UnknownHostException: "),
    ("aws", "Failed to resolve '"),
    ("cloudformation", "CREATE_FAILED "),
    ("urllib3", "HTTPSConnectionPool(host='"),
];

impl Shape for Phrase {
    fn read(&self, block: &Block) -> Reading {
        let text = block.from_mark();
        let line = block.body(block.marked());
        let Some((producer, words)) = PHRASES.iter().find(|(_, words)| line.contains(words)) else {
            return Reading::No;
        };
        // Source code that holds the words is no error.
        let quoted = line.contains(&format!("('{words}")) || line.contains(&format!("(\"{words}"));
        if quoted || super::named::is_foreign(text) || !fits(words, line) {
            return Reading::No;
        }
        let mut error = of(producer);
        let message = if words.contains("arameter validation") || line.ends_with(':') {
            text
        } else {
            line
        };
        error.message = some(message);
        if let Some(code) = code(line) {
            error.code = Some(code.to_owned());
        }
        found(error)
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let head = block.from_mark();
        let line = block.body(last);
        head.contains("arameter validation failed")
            && last - block.marked() < 16
            && (line.starts_with(' ')
                || line.contains("parameter")
                || line.starts_with("Invalid ")
                || line.starts_with("Missing "))
    }

    fn may_skip_blank(&self, block: &Block) -> bool {
        block.from_mark().contains("aws: [ERROR]")
    }
}

/// What some words need besides themselves, since others say them too.
fn fits(words: &str, line: &str) -> bool {
    let has = |marks: &[&str]| marks.iter().any(|mark| line.contains(mark));
    match words {
        "getaddrinfo ENOTFOUND "
        | "UnknownHostException: "
        | "Failed to resolve '"
        | "Forbidden for url: https://" => has(&[".amazonaws.com"]),
        "Missing Authentication Token" => has(&["\"message\""]),
        "CredentialsProviderError: "
        | "ProcessProvider"
        | "Aws::Errors::"
        | "eks.amazonaws.com/serviceaccount/token" => has(&["rror"]),
        "Stack with id " => has(&["does not exist"]),
        "Stack [" => has(&["already exists"]),
        "Invalid template path " | "The user-provided path " => line.len() < 200,
        "Invalid value provided to \"" => has(&["must be one of"]),
        "The source_profile \"" => has(&["referenced in the profile"]),
        "CREATE_FAILED " => has(&["account is currently"]),
        "Runtime.Unknown" => line.trim() == words,
        "aws: [ERROR]: " => !has(&["n error occurred ("]),
        "botocore.exceptions." => !has(&["raise ", "import ", "except "]),
        "Waiter " => has(&[" failed: "]),
        "HTTPSConnectionPool(host='" => {
            has(&[".amazonaws.com", "169.254.169.254"]) && has(&["rror", "timed out", "exceeded"])
        }
        ".amazonaws.com/" => {
            has(&[".dkr.ecr."])
                && has(&[
                    "unexpected status",
                    "401",
                    "403 Forbidden",
                    "no basic auth",
                    "failed to",
                    "rror",
                ])
        }
        "cdk bootstrap" => has(&["not found", "rror", "fail"]),
        "failed to deploy: " => has(&["stack named"]),
        "Task timed out after " => !has(&["like ", "filter"]),
        "is not authorized to perform: " => has(&["arn:", "User: ", "AWS"]),
        "Status: timeout" => has(&["REPORT RequestId"]),
        "dispatch failure" => !has(&["event", "fn "]),
        "The provided token has expired" | "The security token included in the request is " => {
            !has(&["docs", "`"])
        }
        "| CREATE_FAILED" => has(&["already exists", "AWS::"]),
        _ => true,
    }
}

/// A code of the catalogue that stands in front of its message: `ResourceInitializationError: …`.
fn code(line: &str) -> Option<&str> {
    let words = line.split([' ', '\t', '=', '"', '(', '[']);
    let mut heads = words.filter_map(|word| word.strip_suffix(':'));
    heads
        .find_map(super::named::own)
        .or_else(|| super::named::own(line.trim()))
}
