//! One call with the AWS SDK for Rust, and its error printed in one of the ways that programs print errors.
//!
//! Usage: `rust-sdk-probe SERVICE WAY`, with the endpoint in `AWS_ENDPOINT_URL`.

use std::{env, error::Error, fmt::Debug, process::ExitCode};

use aws_sdk_sqs::{
    config::{
        BehaviorVersion, Credentials, Region, SharedCredentialsProvider, retry::RetryConfig,
    },
    error::DisplayErrorContext,
};
use aws_smithy_http_client::Builder;

fn print<T: Debug, E: Error + 'static>(way: &str, result: Result<T, E>) -> ExitCode {
    match (way, result) {
        (_, Ok(output)) => {
            println!("{output:?}");
            return ExitCode::SUCCESS;
        }
        ("display", Err(error)) => eprintln!("Error: {error}"),
        ("debug", Err(error)) => eprintln!("Error: {error:?}"),
        ("pretty", Err(error)) => eprintln!("Error: {error:#?}"),
        ("context", Err(error)) => eprintln!("{}", DisplayErrorContext(error)),
        ("unwrap", Err(error)) => {
            Err::<T, E>(error).unwrap();
        }
        (way, Err(_)) => eprintln!("no such way: {way}"),
    }
    ExitCode::FAILURE
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [service, way] = &arguments[..] else {
        eprintln!("usage: rust-sdk-probe SERVICE WAY");
        return ExitCode::from(2);
    };
    let endpoint = env::var("AWS_ENDPOINT_URL").expect("AWS_ENDPOINT_URL is set");
    let keys = Credentials::new("AKIAIOSFODNN7EXAMPLE", "not-a-secret", None, None, "probe");
    let keys = SharedCredentialsProvider::new(keys);
    let once = RetryConfig::standard().with_max_attempts(1);
    let http = Builder::new().build_http();
    macro_rules! client {
        ($sdk:ident) => {
            $sdk::Client::from_conf(
                $sdk::Config::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .region(Region::new("us-east-1"))
                    .credentials_provider(keys)
                    .endpoint_url(endpoint)
                    .retry_config(once)
                    .http_client(http)
                    .build(),
            )
        };
    }
    match service.as_str() {
        "sts" => {
            let client = client!(aws_sdk_sts);
            print(way, client.get_caller_identity().send().await)
        }
        "sqs" => {
            let client = client!(aws_sdk_sqs);
            print(way, client.get_queue_url().queue_name("orders").send().await)
        }
        service => {
            eprintln!("no such service: {service}");
            ExitCode::from(2)
        }
    }
}
