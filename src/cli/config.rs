//! `awsexplain config show`: each setting's value, and where it comes from.

use clap::parser::ValueSource;
use serde_json::{Value, json};

use super::{
    arguments::{self, ConfigCommand, Document},
    config_file, screen,
    settings::{NAMES, source},
};
use crate::error::{Error, Result};

/// What a setting is.
struct Setting {
    name: &'static str,
    values: Vec<String>,
    from: String,
}

/// Shows the settings; gives the exit status.
pub fn config(command: &ConfigCommand) -> Result<u8> {
    let ConfigCommand::Show { output, config } = command;
    let settings = settings(config.as_deref())?;
    let text = match output.document {
        Document::Json => {
            let object = |setting: &Setting| json!({ "name": setting.name, "value": setting.values, "from": setting.from });
            let all: Vec<Value> = settings.iter().map(object).collect();
            format!("{:#}\n", Value::from(all))
        }
        Document::Text => table(&settings),
    };
    screen::print(text.as_bytes())
}

fn settings(named: Option<&std::path::Path>) -> Result<Vec<Setting>> {
    let files = config_file::find(named)?;
    let command = arguments::described();
    // Without anything typed: what remains are variables and defaults.
    let matches = command.clone().try_get_matches_from(["awsexplain"]);
    let matches = matches.map_err(|fault| Error::Usage(first_line(&fault)))?;
    let setting = |name: &&'static str| {
        let id = name.replace('-', "_");
        let flag = command
            .get_arguments()
            .find(|arg| arg.get_id() == id.as_str());
        let variable = flag.and_then(clap::Arg::get_env);
        let is_variable = source(&matches, name) == Some(ValueSource::EnvVariable);
        let (values, from) = match (variable.filter(|_| is_variable), files.place(name)) {
            (Some(variable), _) => {
                let value = std::env::var_os(variable).unwrap_or_default();
                let value = value.to_string_lossy().into_owned();
                (vec![value], variable.to_string_lossy().into_owned())
            }
            (None, Some((path, item))) => (
                item.values.clone(),
                format!("{}:{}", path.display(), item.line),
            ),
            (None, None) => {
                let values = flag.map(clap::Arg::get_default_values).unwrap_or_default();
                let text = |value: &clap::builder::OsStr| value.to_string_lossy().into_owned();
                (values.iter().map(text).collect(), "built in".to_owned())
            }
        };
        Setting { name, values, from }
    };
    Ok(NAMES.iter().map(setting).collect())
}

fn first_line(fault: &clap::Error) -> String {
    let text = fault.to_string();
    let line = text.lines().next().unwrap_or_default();
    line.trim_start_matches("error: ").to_owned()
}

fn table(settings: &[Setting]) -> String {
    let value = |setting: &Setting| match &setting.values[..] {
        [] if ["format", "shell", "width"].contains(&setting.name) => "auto".to_owned(),
        [] => "-".to_owned(),
        values => values.join(", "),
    };
    let widest = settings.iter().map(|one| value(one).chars().count()).max();
    let column = widest.unwrap_or(0).min(40);
    let line = |one: &Setting| format!("{:<9}  {:<column$}  {}\n", one.name, value(one), one.from);
    settings.iter().map(line).collect()
}
