//! The program: see [`awsexplain`].

fn main() -> std::process::ExitCode {
    awsexplain::cli::main()
}
