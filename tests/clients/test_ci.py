"""In a CI job: the system's own form, only where the output is the job's log, and the page of a step.

`job` plays the agent: it starts the job's shell over a script, with the system's variables, and takes what it says through pipes,
one for each stream or one for both, as agents do.
"""

import os
import re
import subprocess

import pytest
from conftest import clean_environment

ERROR = "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist\n"
FORMS = {
    "GITHUB_ACTIONS": "::group::NoSuchBucket",
    "GITLAB_CI": "\x1b[0Ksection_start:",
    "TF_BUILD": "##[group]NoSuchBucket",
    "TEAMCITY_VERSION": "##teamcity[blockOpened ",
}
PLAIN = ["JENKINS_URL", "BUILDKITE", "CIRCLECI", "CI"]
NOTE = "\n  ┃ NoSuchBucket"

pytestmark = pytest.mark.skipif(
    any(os.environ.get(variable) for variable in FORMS), reason="this is a job of a CI system itself: its shell would be found"
)


@pytest.fixture
def job(awsexplain, tmp_path):
    """A function: what a job's shell says for this script, with `log` and `awsexplain` at hand."""
    (tmp_path / "log").write_text(ERROR)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/awsexplain").symlink_to(awsexplain)

    def run(script, *variables, together=False, status=0, **more):
        environment = clean_environment(tmp_path) | dict.fromkeys(variables, "true") | more
        environment["PATH"] = f"{tmp_path / 'bin'}:{environment['PATH']}"
        err = subprocess.STDOUT if together else subprocess.PIPE
        (tmp_path / "step.sh").write_text(script + "\n")
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "step.sh"]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=err, timeout=60
        )
        assert done.returncode == status, done.stderr
        return done.stdout.decode()

    return run


def each(job, scripts, *variables, **how):
    """What each of the scripts says, in one job."""
    mark = "==== next ===="
    said = job(f"\necho '{mark}'\n".join(scripts), *variables, **how).split(mark + "\n")
    return dict(zip(scripts, said, strict=True))


@pytest.mark.parametrize("together", [False, True], ids=["two-pipes", "one-pipe"])
@pytest.mark.parametrize("variable", FORMS)
def test_each_system_gets_its_form(job, variable, together):
    scripts = (
        "cat log | awsexplain",
        "awsexplain log",
        "bash -c 'cat log | awsexplain'",
        "cat log 2>&1 | (awsexplain)",
    )
    said = each(job, scripts, variable, together=together)
    for script in scripts:
        assert FORMS[variable] in said[script], script


@pytest.mark.parametrize("variable", PLAIN)
def test_the_others_are_plain(job, variable):
    said = job("cat log | awsexplain", variable)
    assert said.startswith(ERROR) and NOTE in said and not any(form in said for form in FORMS.values())


@pytest.mark.parametrize("together", [False, True], ids=["two-pipes", "one-pipe"])
@pytest.mark.parametrize("variable", FORMS)
def test_what_is_no_log_of_the_job_gets_nothing_of_it(job, variable, together):
    scripts = (
        'X=$(cat log | awsexplain); printf "%s\\n" "$X"',
        'X=$(cat log | awsexplain 2>/dev/null); printf "%s\\n" "$X"',
        "cat log | awsexplain > out; cat out",
        "awsexplain log > out; cat out",
        "cat log | awsexplain | cat",
        "awsexplain log | tee out",
        "awsexplain log 2>&1 | tee out",
        "cat <(awsexplain log)",
    )
    said = each(job, scripts, variable, together=together)
    for script in scripts:
        assert said[script].startswith(ERROR) and NOTE in said[script], script
        assert not any(form in said[script] for form in FORMS.values()), script


def test_both_streams_captured_together_get_nothing_of_it(job):
    for together in (False, True):
        said = job('X=$(cat log 2>&1 | awsexplain 2>&1); printf "%s\\n" "$X"', "GITHUB_ACTIONS", together=together)
        assert NOTE in said and "::group::" not in said


def test_a_variable_that_the_shell_sets_itself_counts_too(job):
    # As GitLab's shell executor does; then one pipe for both streams is what tells.
    script = "export GITLAB_CI=true; cat log | awsexplain"
    assert FORMS["GITLAB_CI"] in job(script, together=True)
    assert FORMS["GITLAB_CI"] not in job(script, together=False)
    captured = 'export GITLAB_CI=true; X=$(cat log | awsexplain); printf "%s\\n" "$X"'
    assert FORMS["GITLAB_CI"] not in job(captured, together=True)


def test_it_can_be_overridden(job):
    group = FORMS["GITHUB_ACTIONS"]
    assert group not in job("awsexplain --format annotate log", "GITHUB_ACTIONS")
    assert group not in job("awsexplain log", "GITHUB_ACTIONS", AWSEXPLAIN_FORMAT="annotate")
    assert FORMS["TF_BUILD"] in job("awsexplain --format azure log", "GITHUB_ACTIONS")
    assert group in job('X=$(awsexplain --format github log); printf "%s\\n" "$X"')
    assert group not in job("awsexplain log", GITHUB_ACTIONS="")
    assert job("awsexplain --notes notes log; cat notes", "GITHUB_ACTIONS").count("::") == 0
    assert job("awsexplain log", "GITHUB_ACTIONS", AWSEXPLAIN="off") == ERROR


def test_the_step_summary_is_written_only_where_something_was_found(job, tmp_path):
    page = tmp_path / "summary.md"
    job("echo all is well | awsexplain", "GITHUB_ACTIONS", GITHUB_STEP_SUMMARY=str(page))
    job("awsexplain --format jsonl log; awsexplain log | cat; X=$(awsexplain log)", "GITHUB_ACTIONS", GITHUB_STEP_SUMMARY=str(page))
    job("awsexplain log", "GITLAB_CI", GITHUB_STEP_SUMMARY=str(page))
    assert not page.exists()
    page.write_text("# Mine\n")
    job("awsexplain log; awsexplain log", "GITHUB_ACTIONS", GITHUB_STEP_SUMMARY=str(page))
    text = page.read_text()
    assert text.startswith("# Mine\n# AWS errors\n") and text.count("## NoSuchBucket") == 2


def test_a_step_summary_that_cannot_be_written_is_told(job, tmp_path):
    said = job("awsexplain log 2>&1", "GITHUB_ACTIONS", GITHUB_STEP_SUMMARY=str(tmp_path / "missing/summary.md"), status=4)
    assert said.startswith(ERROR) and "::group::" in said
    assert "cannot write to" in said and "GITHUB_STEP_SUMMARY" in said


def long_log(kinds, times):
    lines = [
        f"An error occurred (Custom{chr(65 + kind)}Exception) when calling the GetObject operation: <{'x' * 20_000}> *{kind}*\n"
        for kind in range(kinds)
    ]
    return "".join(lines) * times


def test_the_step_summary_stays_below_what_the_runner_takes(job, tmp_path):
    page = tmp_path / "summary.md"
    (tmp_path / "log").write_text(long_log(kinds=15, times=1))
    job("awsexplain log", "GITHUB_ACTIONS", GITHUB_STEP_SUMMARY=str(page))
    assert page.read_text().count("\n## Custom") == 10
    assert page.stat().st_size < 100_000
    whole = page.read_text()
    length = len(whole.encode())
    for left, sections in ((1 << 20, 10), (length, 10), (length - 1, 9), (100, 0), (0, 0)):
        page.write_bytes(b"x" * ((1 << 20) - left))
        job("awsexplain log", "GITHUB_ACTIONS", GITHUB_STEP_SUMMARY=str(page))
        text = page.read_text()
        assert text.count("\n## Custom") == sections, left
        assert page.stat().st_size <= 1 << 20
        if 0 < sections < 10:
            assert text.endswith("\nMore errors stand in the log of this step.\n")


def test_ten_annotations_at_most_each_once_and_every_error_in_a_group(job, tmp_path):
    (tmp_path / "log").write_text(long_log(kinds=15, times=3))
    for variable, note, group in (
        ("GITHUB_ACTIONS", r"^::error title=(Custom\w)", r"^::group::(Custom\w)"),
        ("TF_BUILD", r"^##vso\[task.logissue type=error;code=(Custom\w)", r"^##\[group\](Custom\w)"),
        ("TEAMCITY_VERSION", r"^##teamcity\[message text='(Custom\w)", r"^##teamcity\[blockOpened name='(Custom\w)"),
    ):
        said = job("awsexplain log", variable)
        notes, groups = re.findall(note, said, re.M), re.findall(group, said, re.M)
        assert notes == groups[:10] and len(set(notes)) == 10, variable
        assert len(groups) == len(set(groups)) == 15, variable
    said = job("awsexplain log", "GITHUB_ACTIONS")
    assert said.count("\n::endgroup::\n") == 15
    lines = said.splitlines()
    for at, line in enumerate(lines):
        if line.startswith("::group::"):
            end = lines.index("::endgroup::", at)
            assert all(line.startswith("  ┃") for line in lines[at + 1 : end])


def test_an_annotation_names_file_and_lines(job, tmp_path):
    (tmp_path / "log").write_text("one\n" + ERROR)
    said = job("awsexplain ./log", "GITHUB_ACTIONS")
    assert ",file=./log,line=2,endLine=2::" in said
    assert "file=" not in job("cat log | awsexplain", "GITHUB_ACTIONS")
