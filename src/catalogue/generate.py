#!/usr/bin/env python3
"""Writes the catalogue: the facts of AWS's service models, as tables.

    python3 -m pip install botocore
    python3 src/catalogue/generate.py

Any botocore that can be imported will do; its version decides which services
are known.  The script needs Python 3.9 or newer and nothing else.

Read, beside this file:
    extra.tsv   codes that the models lack, kept by hand
    names.tsv   names of services that the models lack, kept by hand
    retired.tsv operations of services that left the models
Written, beside this file (tab-separated, sorted, no header):
    codes.tsv       code, services, status, fault, retry
    operations.tsv  operation, services
    services.tsv    service, names
    named.tsv       name, the services that some client calls so

Only names and numbers are taken from the models, none of their prose.
"""

import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

try:
    import botocore
    from botocore.loaders import Loader
    from botocore.retries import standard
except ImportError as missing:
    sys.exit(f"generate.py: cannot import {missing.name}: run 'python3 -m pip install botocore'")

HERE = Path(__file__).resolve().parent
EVERY_SERVICE = "*"
UNKNOWN = "-"
FAULTS = {"client", "server", UNKNOWN}
RETRIES = {"throttling", "transient", UNKNOWN}
NAME_KEYS = (
    "serviceId",
    "serviceAbbreviation",
    "serviceFullName",
    "endpointPrefix",
    "signingName",
)

# Enumerations whose values stand where a code stands, in the stack events and
# the stop and status reasons that tools print.
PRINTED_ENUMS = {
    "acm": ["FailureReason"],
    "cloudcontrol": ["HandlerErrorCode"],
    "cloudformation": ["HandlerErrorCode"],
    "codedeploy": ["ErrorCode", "LifecycleErrorCode"],
    "codepipeline": ["FailureType"],
    "dynamodb": ["BatchStatementErrorCodeEnum"],
    "ec2": ["CancelBatchErrorCode", "DeleteFleetErrorCode", "LaunchTemplateErrorCode"],
    "ecr": ["ImageFailureCode", "LayerFailureCode"],
    "ecs": ["TaskStopCode"],
    "eks": ["AddonIssueCode", "ClusterIssueCode", "ErrorCode", "NodegroupIssueCode"],
    "elasticbeanstalk": ["FailureType"],
    "emr": ["ClusterStateChangeReasonCode"],
    "firehose": ["DeliveryStreamFailureType"],
    "kms": ["ConnectionErrorCodeType"],
    "lambda": ["LastUpdateStatusReasonCode"],
    "networkmanager": ["AttachmentErrorCode", "ConnectPeerErrorCode", "PeeringErrorCode"],
    "organizations": ["CreateAccountFailureReason"],
    "storagegateway": ["ErrorCode"],
}
# Their values that tell of no error, or of nothing.
NO_ERROR = re.compile(
    r"(?i)other|none|unknown(_?error)?|unexpectedError|success|manual_stop"
    r"|user_?(request|initiated)|serviceSchedulerInitiated|all_steps_completed"
    r"|(update|rollback|cancellation)(cancelled|successful)"
)


@dataclass
class Code:
    """What is known of one error code, over all services that have it."""

    services: set = field(default_factory=set)
    statuses: Counter = field(default_factory=Counter)
    faults: Counter = field(default_factory=Counter)
    retries: Counter = field(default_factory=Counter)
    seen: int = 0  # error shapes with this code, the denominator of `retries`

    def row(self):
        """The columns after the code itself."""
        return (
            EVERY_SERVICE if EVERY_SERVICE in self.services else join(self.services),
            ",".join(most_frequent_first(self.statuses)) or UNKNOWN,
            next(iter(most_frequent_first(self.faults)), UNKNOWN),
            self.retry(),
        )

    def retry(self):
        """How clients retry: only where most services with this code say so."""
        for kind, count in self.retries.most_common(1):
            if 2 * count >= self.seen:
                return kind
        return UNKNOWN


# The models


def load_models():
    """Every service's newest model, by botocore's name for the service."""
    loader = Loader()
    return {
        service: loader.load_service_model(service, "service-2")
        for service in loader.list_available_services("service-2")
    }


def error_shapes(model):
    """Name and shape of everything that an operation can fail with."""
    for name, shape in sorted(model["shapes"].items()):
        if shape.get("exception"):
            yield name, shape


def fault_of(shape):
    """Whose fault an error is: its own word, else what its status implies."""
    error = shape.get("error", {})
    if shape.get("fault"):
        return "server"
    if error.get("senderFault"):
        return "client"
    status = error.get("httpStatusCode")
    if status is None:
        return None
    return "server" if status >= 500 else "client"


def add_model(codes, service, model):
    """Adds the errors of one service, under each name that clients print."""
    for name, shape in error_shapes(model):
        error = shape.get("error", {})
        for printed in {name, error.get("code", name)}:
            code = codes[printed]
            code.seen += 1
            code.services.add(service)
            if "httpStatusCode" in error:
                code.statuses[str(error["httpStatusCode"])] += 1
            if fault := fault_of(shape):
                code.faults[fault] += 1
            if "retryable" in shape:
                throttling = shape["retryable"].get("throttling")
                code.retries["throttling" if throttling else "transient"] += 1


def add_printed_enums(codes, service, model):
    """Adds the values of one service's enumerations of codes."""
    for shape in PRINTED_ENUMS.get(service, []):
        for value in model["shapes"].get(shape, {}).get("enum", []):
            if not NO_ERROR.fullmatch(value):
                codes[value.strip()].services.add(service)


# How botocore retries


def retried_codes():
    """The codes that botocore retries whatever the models say, and how."""
    retried = dict.fromkeys(codes_in(Loader().load_data("_retry")), "transient")
    transient = standard.TransientRetryableChecker._TRANSIENT_ERROR_CODES
    throttling = standard.ThrottledRetryableChecker._THROTTLED_ERROR_CODES
    return retried | dict.fromkeys(transient, "transient") | dict.fromkeys(throttling, "throttling")


def codes_in(tree):
    """Every `service_error_code` in a tree of retry policies."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key == "service_error_code":
                yield value
            else:
                yield from codes_in(value)


# The tables kept by hand


def read_table(name, columns):
    """The rows of a table; a fault in it ends the run with file and line."""
    path = HERE / name
    seen = set()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        row = line.split("\t")
        where = f"generate.py: {name}:{number}"
        if len(row) != columns or not all(cell and cell == cell.strip() for cell in row):
            sys.exit(f"{where}: expected {columns} filled columns")
        if row[0] in seen:
            sys.exit(f"{where}: {row[0]} stands twice")
        seen.add(row[0])
        yield where, row


def add_extra(codes):
    """Adds the hand-kept codes; where a model speaks too, the model leads."""
    for where, (name, services, status, fault, retry, _source) in read_table("extra.tsv", 6):
        if fault not in FAULTS or retry not in RETRIES:
            sys.exit(f"{where}: unknown fault or retry")
        if not re.fullmatch(r"-|\d{3}(,\d{3})*", status):
            sys.exit(f"{where}: unknown status {status}")
        code = codes[name]
        code.services.update(services.split(","))
        for number in status.split(","):
            if number != UNKNOWN and number not in code.statuses:
                code.statuses[number] += 1
        if fault != UNKNOWN and not code.faults:
            code.faults[fault] += 1
        if retry != UNKNOWN:
            code.retries = Counter({retry: code.seen + 1})


# Names of services


def same(name):
    """What of a name counts when names are compared."""
    return re.sub(r"[\s_-]", "", name).casefold()


def names_of(service, metadata, by_hand):
    """The other names of a service, each once, as they are printed."""
    known = {same(service), ""}
    names = []
    for name in [metadata.get(key, "") for key in NAME_KEYS] + by_hand:
        if same(name) not in known:
            known.add(same(name))
            names.append(name.replace(",", ""))
    return names


def service_names(models):
    """The names of every service, of the models' and of the hand-kept ones."""
    by_hand = {row[0]: row[1].split(",") for _, row in read_table("names.tsv", 2)}
    for service in sorted(models.keys() | by_hand.keys()):
        metadata = models.get(service, {}).get("metadata", {})
        yield service, names_of(service, metadata, by_hand.get(service, []))


def services_named(names):
    """The services that have a name, by what of it makes a difference; a service's own id is no name of another one."""
    named = defaultdict(list)
    for service, others in names:
        for key in map(letters, others):
            if service not in named[key]:
                named[key].append(service)
    return named | {letters(service): [service] for service, _ in names}


def letters(name):
    """A name as it is looked up: its letters and digits, small."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


# Writing


def join(names):
    return ",".join(sorted(names))


def most_frequent_first(counter):
    return sorted(counter, key=lambda item: (-counter[item], item))


def write_table(name, rows):
    """Writes a table sorted by its first column and tells its size."""
    text = "".join("\t".join(row) + "\n" for row in sorted(rows))
    (HERE / name).write_text(text, "utf-8")
    print(f"{name}: {text.count(chr(10))} rows, {len(text.encode())} bytes")


def main():
    models = load_models()

    codes = defaultdict(Code)
    operations = defaultdict(set)
    for service, model in models.items():
        add_model(codes, service, model)
        add_printed_enums(codes, service, model)
        for name, operation in model["operations"].items():
            operations[name].add(service)
            operations[operation["name"]].add(service)
    for _, (name, services) in read_table("retired.tsv", 2):
        operations[name].update(services.split(","))
    modelled = len(codes)
    add_extra(codes)
    for name, retry in retried_codes().items():
        if name in codes:
            codes[name].retries = Counter({retry: codes[name].seen + 1})

    print(f"botocore {botocore.__version__}: {len(models)} services")
    print(f"{modelled} codes of the models, {len(codes) - modelled} of extra.tsv alone")
    write_table("codes.tsv", [(name, *code.row()) for name, code in codes.items()])
    write_table(
        "operations.tsv",
        [(name, join(services)) for name, services in operations.items()],
    )
    names = list(service_names(models))
    write_table("services.tsv", [(name, ",".join(others) or UNKNOWN) for name, others in names])
    named = services_named(names).items()
    write_table("named.tsv", [(name, ",".join(services)) for name, services in named])


if __name__ == "__main__":
    main()
