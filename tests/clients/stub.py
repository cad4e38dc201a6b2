"""A local server that answers every AWS request with one error.

Which one is set with `Stub.error`; it is written as the service's protocol
has it.  With none set, a request is refused in the protocol that it seems to
speak, which is enough for a client to see that its request was sent.
"""

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

REQUEST_ID = "8d3b1c1e-5a41-4d3c-9a55-0c5c1f0e7a11"


@dataclass(frozen=True)
class Error:
    """An error of a service: `protocol` is the name that botocore's models use."""

    protocol: str
    code: str
    message: str
    status: int = 400

    def response(self):
        """Headers and body of the answer."""
        return WRITERS[self.protocol](self)


def write_query(error):
    kind = "Receiver" if error.status >= 500 else "Sender"
    return {"Content-Type": "text/xml"}, (
        f"<ErrorResponse><Error><Type>{kind}</Type><Code>{escape(error.code)}</Code>"
        f"<Message>{escape(error.message)}</Message></Error>"
        f"<RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
    )


def write_ec2(error):
    return {"Content-Type": "text/xml"}, (
        f"<Response><Errors><Error><Code>{escape(error.code)}</Code>"
        f"<Message>{escape(error.message)}</Message></Error></Errors>"
        f"<RequestID>{REQUEST_ID}</RequestID></Response>"
    )


def write_s3(error):
    """S3 has no element around its error; the other services of its protocol have."""
    return {"Content-Type": "application/xml", "x-amz-request-id": REQUEST_ID}, (
        f"<Error><Code>{escape(error.code)}</Code><Message>{escape(error.message)}</Message>"
        f"<RequestId>{REQUEST_ID}</RequestId></Error>"
    )


def write_json(error):
    headers = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": REQUEST_ID}
    body = {"__type": f"com.amazonaws.demo#{error.code}", "message": error.message}
    return headers, json.dumps(body)


def write_rest_json(error):
    headers = {
        "Content-Type": "application/json",
        "x-amzn-RequestId": REQUEST_ID,
        "x-amzn-ErrorType": f"{error.code}:http://internal.amazon.com/coral/com.amazon.demo/",
    }
    return headers, json.dumps({"message": error.message})


def write_cbor(error):
    """A map of two texts; a length below 2^16 is enough here."""

    def text(value):
        return b"\x79" + len(value.encode()).to_bytes(2, "big") + value.encode()

    headers = {
        "Content-Type": "application/cbor",
        "smithy-protocol": "rpc-v2-cbor",
        "x-amzn-RequestId": REQUEST_ID,
    }
    members = ("__type", f"com.amazonaws.demo#{error.code}", "message", error.message)
    return headers, b"\xa2" + b"".join(map(text, members))


WRITERS = {
    "query": write_query,
    "ec2": write_ec2,
    "json": write_json,
    "rest-json": write_rest_json,
    "rest-xml": write_query,
    "s3": write_s3,
    "smithy-rpc-v2-cbor": write_cbor,
}


class Handler(BaseHTTPRequestHandler):
    """Answers one request; everything else is in `Stub`."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body in one packet, or the client waits for the second

    def answer(self):
        self.body()
        self.reply(self.server.error or self.refusal())

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def reply(self, error):
        headers, body = error.response()
        body = body.encode() if isinstance(body, str) else body
        self.send_response(error.status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def refusal(self):
        """An error in the protocol that the request seems to speak."""
        sent = self.headers.get("Content-Type", "")
        if "X-Amz-Target" in self.headers or "json" in sent:
            protocol = "json"
        else:
            protocol = "query" if "urlencoded" in sent else "s3"
        return Error(protocol, "AccessDenied", "Access Denied", 403)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = do_PATCH = answer

    def do_CONNECT(self):
        """The stub is also the proxy for all that is not local: nothing gets out."""
        self.send_error(403)

    def log_message(self, *_args):
        pass


class Stub(ThreadingHTTPServer):
    """The server, in a thread of its own."""

    daemon_threads = True

    def __init__(self, handler=Handler):
        super().__init__(("127.0.0.1", 0), handler)
        self.error = None
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_why):
        self.shutdown()
        self.server_close()
