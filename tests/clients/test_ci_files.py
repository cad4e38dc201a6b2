"""What docs/ci.md gives to copy: of its system's schema, and its shell run as the system would run it."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from conftest import REPOSITORY, clean_environment

GUIDE = (REPOSITORY / "docs/ci.md").read_text()
BLOCKS = {name: text for name, text in re.findall(r"```\w+\n(?:#|//) (\S+)\n(.*?)```", GUIDE, re.S)}
SCHEMAS = {
    "action.yml": "vendor.github-actions",
    "docs/gitlab.yml": "vendor.gitlab-ci",
    ".github/workflows/deploy.yml": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
    "azure-pipelines.yml": "vendor.azure-pipelines",
    ".buildkite/pipeline.yml": "vendor.buildkite",
    ".circleci/config.yml": "vendor.circle-ci",
}
ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text())
STEPS = [step for step in ACTION["runs"]["steps"] if "run" in step]
ERROR = "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist\n"


def test_every_block_of_the_guide_is_looked_at():
    assert set(BLOCKS) | {"action.yml", "docs/gitlab.yml"} == set(SCHEMAS) | {"Jenkinsfile"}


@pytest.mark.parametrize("name", SCHEMAS)
def test_it_is_of_its_schema(name, tmp_path):
    file = REPOSITORY / name
    if name in BLOCKS:
        file = tmp_path / "file.yml"
        file.write_text(BLOCKS[name])
    command = ["check-jsonschema", "--builtin-schema", SCHEMAS[name], str(file)]
    environment = clean_environment(tmp_path)
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_input_stands_in_a_script():
    for step in STEPS:
        assert "${{" not in step["run"], "an expression in a script is read as part of the script"
        assert step["shell"] == "bash"


def test_the_guide_and_the_action_name_the_same_inputs():
    rows = re.findall(r"^\| `([\w-]+)` \| (\S+) \|", GUIDE[GUIDE.index("| input |") :], re.M)
    defaults = {name: given["default"] or "none" for name, given in ACTION["inputs"].items()}
    assert {name: default.strip("`") for name, default in rows} == defaults


@pytest.fixture
def runner(awsexplain, tmp_path):
    """A function: runs the action with these inputs as the runner would; what was said, and its status."""
    work, temporary, tools = (tmp_path / name for name in ("work", "temp", "tools"))
    for folder in (work, temporary, tools):
        folder.mkdir()
    # Building is not what is tested: this `cargo` installs the program under test.
    cargo = f'#!/bin/bash\necho "$@" >> {tmp_path}/cargo.log\nmkdir -p "${{@: -1}}/bin" && ln -s {awsexplain} "${{@: -1}}/bin/"\n'
    (tools / "cargo").write_text(cargo)
    (tools / "cargo").chmod(0o755)
    files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")}

    def run(**inputs):
        given = {name: one["default"] for name, one in ACTION["inputs"].items()} | inputs
        environment = clean_environment(tmp_path) | {name: str(path) for name, path in files.items()}
        environment |= {"GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": str(REPOSITORY), "RUNNER_TEMP": str(temporary)}
        environment["PATH"] = f"{tools}{os.pathsep}{environment['PATH']}"
        said, status = "", 0
        for number, step in enumerate(STEPS):
            if step.get("if") == "inputs.files != ''" and not given["files"]:
                continue
            expressions = {name: re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", text) for name, text in step.get("env", {}).items()}
            assert all(expressions.values())
            own = {name: given[found[1]] for name, found in expressions.items()}
            script = tmp_path / f"step-{number}.sh"
            script.write_text(step["run"])
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
                cwd=work, env=environment | own, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
            )  # fmt: skip
            said, status = said + done.stdout.decode(), done.returncode
            if status:
                break
        return said, status

    run.work, run.files, run.temporary, run.cargo = work, files, temporary, tmp_path / "cargo.log"
    return run


def test_the_action_installs_once_and_gives_the_path(runner):
    for _ in range(2):
        assert runner() == ("", 0)
    place = runner.temporary / "awsexplain"
    assert runner.cargo.read_text() == f"install --locked --path {REPOSITORY} --root {place}\n"
    assert runner.files["GITHUB_PATH"].read_text() == f"{place}/bin\n" * 2
    assert re.fullmatch(r"(key=\d+-\d+\n)\1", runner.files["GITHUB_OUTPUT"].read_text())
    assert not runner.files["GITHUB_STEP_SUMMARY"].exists()


def test_the_action_explains_files_patterns_and_folders(runner):
    for name in ("a b.log", "deep/er/c.log", "folder/d.log"):
        (runner.work / name).parent.mkdir(parents=True, exist_ok=True)
        (runner.work / name).write_text(f"{name}\n{ERROR}")
    said, status = runner(files="a b.log\n\n**/c.log\r\nfolder\n", report="r.html", redact="accounts")
    assert status == 0 and said.count(ERROR) == 3, said
    assert said.index("a b.log\n") < said.index("c.log\n") < said.index("d.log\n")
    assert "\n::error title=NoSuchBucket" in said and ",file=a b.log,line=2," in said
    assert "Summary · 3 AWS errors of 1 kind in 3 inputs" in said
    assert "## NoSuchBucket" in runner.files["GITHUB_STEP_SUMMARY"].read_text()
    assert (runner.work / "r.html").read_text().startswith("<!doctype html>")


def test_the_action_fails_where_it_is_asked_to(runner):
    (runner.work / "a.log").write_text(ERROR)
    assert runner(files="a.log", **{"fail-on": "any"})[1] == 1
    assert runner(files="a.log", **{"fail-on": "AccessDenied"})[1] == 0
    said, status = runner(files="missing*.log\na.log", report="r.md")
    assert status == 4 and "missing*.log: No such file" in said and "::error " in said
    assert "NoSuchBucket" in (runner.work / "r.md").read_text()
    assert runner(files="a.log", **{"fail-on": "no code"})[1] == 2


@pytest.mark.parametrize("name", ACTION["inputs"])
def test_no_input_becomes_a_command(runner, name):
    (runner.work / "a.log").write_text(ERROR)
    for text in ("$(touch pwned)", "`touch pwned`", "; touch pwned #", "' ; touch pwned ; '", '"; touch pwned; "', "a\ntouch pwned\n", "--help", "-o pwned", "$HOME/*"):
        said, _ = runner(**{"files": "a.log", name: text})
        assert not list(Path(runner.work).rglob("pwned")), text
        assert "::error " in said or name in ("files", "fail-on", "summary"), said


def test_the_template_for_gitlab_runs(awsexplain, tmp_path):
    job = yaml.safe_load((REPOSITORY / "docs/gitlab.yml").read_text())[".awsexplain"]
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs/a.log").write_text(ERROR)
    (tmp_path / ".awsexplain/bin").mkdir(parents=True)
    (tmp_path / ".awsexplain/bin/awsexplain").symlink_to(awsexplain)
    environment = clean_environment(tmp_path) | {"GITLAB_CI": "true", "AWSEXPLAIN_LOGS": "logs"}
    done = subprocess.run(["sh", "-ec", "\n".join(job["script"])], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(ERROR + "\x1b[0Ksection_start:")
    assert "<failure " in (tmp_path / job["artifacts"]["reports"]["junit"]).read_text()
    for path in job["artifacts"]["paths"]:
        assert (tmp_path / path).exists()


def test_the_shell_of_the_jenkinsfile_runs(awsexplain, tmp_path):
    scripts = re.findall(r"sh '''(.*?)'''", BLOCKS["Jenkinsfile"], re.S)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/awsexplain").symlink_to(awsexplain)
    deploy = tmp_path / "deploy.sh"
    deploy.write_text(f"#!/bin/sh\nprintf '{ERROR.strip()}\\n' >&2\nexit 254\n")
    deploy.chmod(0o755)
    environment = clean_environment(tmp_path) | {"JENKINS_URL": "x"}
    environment["PATH"] = f"{tmp_path}/bin{os.pathsep}{environment['PATH']}"
    run = [subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True) for script in scripts]
    assert [done.returncode for done in run] == [254, 0], [done.stderr for done in run]
    assert run[1].stdout.startswith(ERROR) and "\n  ┃ NoSuchBucket" in run[1].stdout
    assert "<failure " in (tmp_path / "awsexplain.xml").read_text()
    assert (tmp_path / "awsexplain.html").exists()
