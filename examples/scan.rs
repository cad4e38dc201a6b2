//! Prints what the scanner of `~/.aws/config` sees in files, one JSON object a line, for the test against botocore's own
//! parser (`tests/clients/test_config_parser.py`).
//!
//!     cargo run --example scan -- FILE...

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        println!("{}", awsexplain::environment::outline(&std::fs::read(path)?));
    }
    Ok(())
}
