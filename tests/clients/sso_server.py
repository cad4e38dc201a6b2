"""IAM Identity Center in small: keys for whoever shows its token."""

import json
import time

from stub import Handler, Stub

TOKEN = "aoaAAAAAGhT6m2Qv9sYc4Lw8Jx1Kd5Rb7Nz3Pf0Ue"


class SsoHandler(Handler):
    def answer(self):
        self.body()
        later = int(time.time()) + 3600
        if self.headers.get("x-amz-sso_bearer_token") != TOKEN:
            self.say({"message": "Session token not found or invalid"}, 401)
        else:
            key, secret = self.server.pair
            keys = {"accessKeyId": key, "secretAccessKey": secret, "expiration": later * 1000}
            self.say({"roleCredentials": keys | {"sessionToken": ""}})

    def say(self, value, status=200):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer


class SsoServer(Stub):
    """Gives the key `pair` to whoever is logged in."""

    def __init__(self, pair):
        self.pair = pair
        super().__init__(SsoHandler)
