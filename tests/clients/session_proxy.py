"""A proxy before a local AWS server, which adds what that server does not know.

Sessions end: requests signed with `EXPIRED_KEY` are answered as AWS answers them.
The time matters: a request that was signed over 15 minutes away from the proxy's
time is refused, and `SessionProxy.ahead` puts that time off.  All other requests
go through as they are.
"""

import base64
import calendar
import http.client
import random
import re
import time

from stub import Error, Handler, Stub

EXPIRED_KEY = "ASIAQNZGKIQYEXPIRED7"
CREDENTIAL = re.compile(r"Credential=(?P<key>[^/]+)/\d+/[^/]+/(?P<service>[^/]+)/")
HOP_BY_HOP = {"content-length", "transfer-encoding", "connection", "date", "server"}


class ProxyHandler(Handler):
    """Answers for the expired session, and forwards the rest."""

    def answer(self):
        body = self.body()
        signed = CREDENTIAL.search(self.headers.get("Authorization", ""))
        if late := self.expired_signature():
            self.reply(Error("query", "SignatureDoesNotMatch", late, 403))
        elif not signed or signed["key"] != EXPIRED_KEY:
            self.forward(body)
        elif signed["service"] == "s3":
            self.reply(Error("s3", "ExpiredToken", "The provided token has expired."))
        else:
            message = "The security token included in the request is expired"
            self.reply(Error("query", "ExpiredToken", message, 403))

    def expired_signature(self):
        """What AWS STS says to a request that was signed too long ago."""
        form = "%Y%m%dT%H%M%SZ"
        signed = self.headers.get("X-Amz-Date")
        now = time.time() + self.server.ahead
        if not signed or calendar.timegm(time.strptime(signed, form)) > now - 900:
            return None
        first, last = (time.strftime(form, time.gmtime(at)) for at in (now - 900, now))
        return f"Signature expired: {signed} is now earlier than {first} ({last} - 15 min.)"

    def forward(self, body):
        upstream = http.client.HTTPConnection("127.0.0.1", self.server.upstream, timeout=20)
        upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():  # `Host` among them: it is signed
            upstream.putheader(name, value)
        upstream.endheaders(body)
        response = upstream.getresponse()
        body = response.read()
        self.send_response(response.status)
        for name, value in response.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        upstream.close()

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = answer


class SessionProxy(Stub):
    """The proxy, before the server at the local port `upstream`."""

    def __init__(self, upstream):
        self.upstream = upstream
        self.ahead = 0  # seconds
        super().__init__(ProxyHandler)


# A session token of the form that AWS issues, with nothing real in it.


def varint(number):
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


def number_field(tag, number):
    return varint(tag << 3) + varint(number)


def bytes_field(tag, value):
    return varint(tag << 3 | 2) + varint(len(value)) + value


def session_token(age_hours):
    """A token that says it was issued some hours ago."""
    noise = random.Random(1).randbytes
    user = (
        number_field(1, 1)
        + number_field(2, 1)
        + bytes_field(3, b"029608264753")
        + bytes_field(4, noise(12))
        + bytes_field(5, noise(64))
    )
    return base64.b64encode(
        b"\x21"
        + bytes_field(1, b"origin_ec")
        + number_field(2, 1)
        + bytes_field(3, b"us-east-1")
        + bytes_field(4, noise(70))
        + bytes_field(5, user)
        + number_field(6, int(time.time()) - age_hours * 3600)
        + bytes_field(7, noise(32))
    ).decode()
