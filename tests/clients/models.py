"""The service models of botocore: which errors there are, and how to call an operation."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from botocore import xform_name
from botocore.loaders import Loader
from botocore.model import ServiceModel

ACCOUNT = "123456789012"
HARD = 100
# Their clients take other input than the model says, or sign in a way of their own.
LEFT_OUT = {"importexport"}
# Services that the AWS CLI calls by another name.
COMMANDS = {"s3": "s3api", "codedeploy": "deploy", "config": "configservice"}
# Errors that services give without having them in their models.
UNMODELLED = {
    "s3": "AccessDenied ExpiredToken InvalidAccessKeyId InvalidToken PermanentRedirect SlowDown"
    " SignatureDoesNotMatch RequestTimeTooSkewed",
    "ec2": "AuthFailure DependencyViolation InvalidInstanceID.NotFound InvalidGroup.NotFound"
    " InvalidParameterValue OptInRequired RequestExpired RequestLimitExceeded"
    " UnauthorizedOperation VcpuLimitExceeded",
    "sts": "AccessDenied ExpiredToken InvalidClientTokenId SignatureDoesNotMatch Throttling",
    "iam": "AccessDenied ExpiredToken InvalidClientTokenId SignatureDoesNotMatch Throttling",
    "cloudformation": "AccessDenied ExpiredToken InvalidClientTokenId Throttling ValidationError",
    "dynamodb": "AccessDeniedException ExpiredTokenException UnrecognizedClientException"
    " MissingAuthenticationTokenException ThrottlingException ValidationException",
    "lambda": "AccessDeniedException ExpiredTokenException UnrecognizedClientException",
}


@dataclass(frozen=True)
class Pair:
    """A service and one of its errors, with the operation to call for it."""

    service: str
    protocol: str
    code: str
    status: int
    operation: str

    @property
    def method(self):
        return xform_name(self.operation)

    @property
    def command(self):
        return [COMMANDS.get(self.service, self.service), xform_name(self.operation, "-")]


class Models:
    """The models in one folder: boto3's in `botocore/data`, the CLI's in `awscli/botocore/data`."""

    def __init__(self, folder):
        package, rest = folder.split("/", 1)
        data = Path(find_spec(package).origin).parent / rest
        self._loader = Loader(extra_search_paths=[str(data)], include_default_search_paths=False)
        self.model = lru_cache(maxsize=2)(self._load)

    def _load(self, service):
        return self._loader.load_service_model(service, "service-2")

    def services(self):
        names = self._loader.list_available_services("service-2")
        return [name for name in names if name not in LEFT_OUT]

    def pairs(self, service):
        """Every error of a service once, with its simplest operation that declares it."""
        model = self.model(service)
        operations = model["operations"]
        easiest_first = sorted(operations, key=lambda name: (effort(model, name), name))
        protocol = "s3" if service == "s3" else ServiceModel(model).resolved_protocol
        seen = set()
        for name, shape in sorted(model["shapes"].items()):
            facts = shape.get("error", {})
            code = facts.get("code", name)
            if not shape.get("exception") or code in seen:
                continue
            seen.add(code)
            declaring = (op for op in easiest_first if declares(operations[op], name))
            operation = next(declaring, easiest_first[0])
            if effort(model, operation) >= HARD:
                operation = easiest_first[0]
            status = facts.get("httpStatusCode", 500 if shape.get("fault") else 400)
            yield Pair(service, protocol, code, status, operation)
        for code in UNMODELLED.get(service, "").split():
            if code not in seen:
                yield Pair(service, protocol, code, 400, easiest_first[0])

    def is_easy(self, pair):
        return effort(self.model(pair.service), pair.operation) < HARD

    def parameters(self, pair):
        """The least input that is valid: required members only."""
        model = self.model(pair.service)
        shape = model["operations"][pair.operation].get("input")
        return value(model, shape["shape"], pair.operation, ()) if shape else {}


def declares(operation, error):
    return any(declared["shape"] == error for declared in operation.get("errors", []))


def effort(model, operation_name):
    """How hard an operation is to call: what `HARD` or more needs is left alone."""
    operation = model["operations"][operation_name]
    total = 0
    for side in ("input", "output"):
        shape = model["shapes"].get(operation.get(side, {}).get("shape"), {})
        total += len(shape.get("required", [])) if side == "input" else 0
        for name, member in shape.get("members", {}).items():
            target = model["shapes"][member["shape"]]
            body = name == shape.get("payload") and target["type"] == "blob"
            if body or target.get("eventstream") or target.get("streaming"):
                total += HARD
    if operation.get("http", {}).get("method") == "HEAD":
        total += HARD  # its errors have no body
    if operation.get("endpointdiscovery", {}).get("required"):
        total += HARD
    if "endpoint" in operation:
        total += HARD  # a prefix before the host's name, which no local server has
    return total


def value(model, name, hint, above):
    """A valid value of a shape; `hint` is the name of the member that has it."""
    shape = model["shapes"][name]
    least = int(shape.get("min", 0))
    kind = shape["type"]
    if kind == "structure":
        members = shape["members"]
        wanted = list(members)[:1] if shape.get("union") else shape.get("required", [])
        return {m: value(model, members[m]["shape"], m, (*above, name)) for m in wanted}
    if kind == "list":
        if name in above:
            return []
        item = value(model, shape["member"]["shape"], hint, (*above, name))
        return [item] * max(1, least)
    if kind == "map":
        if name in above:
            return {}
        key = value(model, shape["key"]["shape"], "key", above)
        return {key: value(model, shape["value"]["shape"], hint, (*above, name))}
    if kind == "string":
        return text(shape, hint, least)
    if kind == "blob":
        return "ZGVtbw==" * max(1, least)
    simple = {
        "integer": max(1, least),
        "long": max(1, least),
        "float": float(max(1, least)),
        "double": float(max(1, least)),
        "boolean": True,
        "timestamp": "2026-01-02T03:04:05Z",
    }
    return simple[kind]


def text(shape, hint, least):
    """A string as its name and its length ask for it."""
    if shape.get("enum"):
        return shape["enum"][0]
    hint = hint.lower()
    if "arn" in hint:
        found = f"arn:aws:demo:us-east-1:{ACCOUNT}:thing/demo"
    elif "accountid" in hint:
        found = ACCOUNT
    elif "bucket" in hint:
        found = "amzn-s3-demo-bucket"
    else:
        found = "demo"
    return found.ljust(least, "x")[: int(shape.get("max", 2048))]


def sentence(code):
    """A message for a code: its words."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", code.rsplit(".", 1)[-1])
    return f"The request was refused: {words.lower()}."
