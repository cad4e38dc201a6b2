"""What `awsexplain init` prints, in the shells that it is for, and with the real AWS CLI."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from terminal import Terminal

# Nobody listens there.
FAILING = "s3 ls --endpoint-url http://127.0.0.1:9"
SAID = 'Could not connect to the endpoint URL: "http://127.0.0.1:9/"'

# How a shell reads what `init` prints, at its start and by hand.
READ = {
    "bash": 'eval "$(awsexplain init bash)"',
    "zsh": 'eval "$(awsexplain init zsh)"',
    "fish": "awsexplain init fish | source",
}
BARE = {
    "bash": ["--norc", "--noprofile"],
    "zsh": ["-f"],
    "fish": ["--no-config"],
}
STATUS = {"bash": "$?", "zsh": "$?", "fish": "$status"}


@pytest.fixture
def environment(environment, awsexplain):
    """That of a person who has installed the program."""
    return {
        **environment,
        "PATH": f"{awsexplain.parent}:{environment['PATH']}",
        "TERM": "xterm",
        "PS1": "$ ",
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLEEXAMPLE22",
        "AWS_SECRET_ACCESS_KEY": "example",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_MAX_ATTEMPTS": "1",
    }


@pytest.fixture(params=list(READ))
def shell(request):
    name = request.param
    assert shutil.which(name), f"{name} is missing; apt-get install {name}"
    return name


@pytest.fixture
def run(shell, environment):
    """A function: what a script says in a terminal of the shell."""

    def run(script, columns=80):
        command = [shell, *BARE[shell], "-c", f"{READ[shell]}\n{script}"]
        with Terminal(command, environment, columns=columns) as terminal:
            status, said = terminal.end(seconds=60)
        assert status == 0, said
        return said

    return run


def without_notes(text):
    """The lines that are not ours."""
    notes = re.compile(r"(\x1b\[[0-9;]*m)*  (\x1b\[[0-9;]*m)*┃")
    return [line for line in text.splitlines() if not notes.match(line)]


def test_a_failed_command_looks_as_ever_but_for_the_note(shell, run):
    for columns in (60, 80, 200):
        bare = run(f"command aws {FAILING}; echo status {STATUS[shell]}", columns)
        said = run(f"aws {FAILING}; echo status {STATUS[shell]}", columns)
        assert SAID in bare and "┃" not in bare
        assert "┃" in said and "Run your command again" not in said
        assert without_notes(said) == bare.splitlines()
        assert re.search(r"status [1-9]", said)


def test_a_command_that_succeeds_looks_as_ever(run):
    assert run("aws --version") == run("command aws --version")


def test_arguments_come_through_as_they_are(shell, run, tmp_path):
    aws = tmp_path / "aws"
    aws.write_text("#!/bin/sh\nfor word; do echo \"<$word>\"; done\n")
    aws.chmod(0o755)
    path = f"set -x PATH {tmp_path} $PATH" if shell == "fish" else f"PATH={tmp_path}:$PATH"
    said = run(f"{path}\naws 'a b' '' '*' '$x' -- --both '\"'")
    assert said == '<a b>\n<>\n<*>\n<$x>\n<-->\n<--both>\n<">\n'


def test_in_a_capture_and_in_a_file_the_command_runs_by_itself(shell, run, tmp_path):
    file = tmp_path / "errors"
    run(f"aws {FAILING} 2> {file}\ntrue")
    assert SAID in file.read_text() and "┃" not in file.read_text()
    capture = "set said (aws FAIL 2>&1)" if shell == "fish" else 'said="$(aws FAIL 2>&1)"'
    said = run(f"{capture.replace('FAIL', FAILING)}\necho $said")
    assert SAID in " ".join(said.split()) and "┃" not in said


def test_codes_are_completed(shell, environment):
    if shell == "fish":
        script = f"{READ[shell]}\ncomplete -C 'awsexplain explain InvalidTok'"
        command = [shell, *BARE[shell], "-c", script]
        said = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        assert "InvalidToken" in said.stdout.split(), said
        return
    with interactive(shell, environment) as terminal:
        terminal.type("awsexplain explain InvalidTok\t")
        terminal.until("InvalidToken")
        terminal.type("\x15awsexplain list --service s3cont\t")
        terminal.until("s3control")
        terminal.type("\x15awsexplain expl\t")
        terminal.until("explain ")


@pytest.mark.parametrize("shell", ["bash", "zsh"], indirect=True)
def test_the_completions_of_aws_stay(shell, environment):
    with interactive(shell, environment) as terminal:
        if shell == "zsh":
            terminal.type("autoload -U bashcompinit && bashcompinit\n")
        terminal.type("complete -C aws_completer aws; echo re''gistered\n")
        terminal.until("registered")
        terminal.type("aws s3ap\t")
        terminal.until("s3api", seconds=40)


def interactive(shell, environment):
    """A shell with a person before it, who has put the line of `init` into its file."""
    terminal = Terminal([shell, *BARE[shell], "-i"], environment)
    begin = "autoload -U compinit && compinit -u -D; " if shell == "zsh" else ""
    terminal.type(f"{begin}{READ[shell]}; echo rea''dy\n")
    terminal.until("ready")
    return terminal


def test_the_function_does_not_mind_an_alias_of_the_same_name(environment):
    script = f"shopt -s expand_aliases\nalias aws='aws --no-cli-pager'\n{READ['bash']}\ntype -t aws\ndeclare -F aws"
    said = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True)
    assert (said.stdout, said.stderr) == ("alias\naws\n", "")


def test_the_alias_of_the_aws_cli(environment, awsexplain, tmp_path):
    alias = tmp_path / ".aws/cli/alias"
    alias.parent.mkdir(parents=True)
    alias.write_bytes(subprocess.check_output([awsexplain, "init", "alias"], env=environment))
    words = [*FAILING.split(), "--region", "eu-west-1"]
    bare = subprocess.run(["aws", *words], env=environment, capture_output=True, text=True)
    for line in (["explain", *words], [*words[2:], "explain", *words[:2]]):
        said = subprocess.run(["aws", *line], env=environment, capture_output=True, text=True)
        assert said.returncode == bare.returncode != 0
        assert "┃" in said.stderr
        assert without_notes(said.stderr) == bare.stderr.splitlines()


def test_the_alias_refuses_where_the_options_cannot_be_seen(environment, awsexplain):
    command = [awsexplain, "run", "--alias", "explain", "--", "aws", "s3", "ls"]
    said = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert said.returncode == 2 and "cannot be seen" in said.stderr


@pytest.fixture(scope="module")
def powershell():
    """The syntax of a script for PowerShell, as its published grammar reads it. PowerShell itself is in no package registry that the
    tests use, so what it does is not tried."""
    tree_sitter = pytest.importorskip("tree_sitter")
    grammar = pytest.importorskip("tree_sitter_powershell")
    parser = tree_sitter.Parser(tree_sitter.Language(grammar.language()))
    return lambda script: parser.parse(script.encode()).root_node


def test_powershell_gets_a_function_and_completions(environment, awsexplain, powershell):
    said = subprocess.check_output([awsexplain, "init", "powershell"], env=environment, text=True)
    assert "function aws {" in said and "Register-ArgumentCompleter -Native" in said
    assert not powershell(said).has_error
    assert powershell(said.replace("}", "", 1)).has_error, "the grammar sees what is wrong"


def test_commands_for_powershell_are_of_its_grammar(environment, awsexplain, powershell):
    logs = sorted((Path(__file__).parent.parent / "logs").glob("*.log"))
    options = ["--format", "jsonl", "--shell", "powershell", "--check", "never"]
    objects = subprocess.check_output([awsexplain, *options, *logs], env=environment, text=True).splitlines()
    steps = [step for one in map(json.loads, objects) for cause in one["causes"] for step in cause["fix"]]
    commands = {step["command"] for step in steps if (step["command"] or "").startswith("aws ")}
    # What stands in angle brackets is for the reader to fill in.
    filled = {re.sub(r"<[a-z-]+>", "x", command) for command in commands}
    assert len(filled) > 50
    assert [command for command in filled if powershell(command).has_error] == []
