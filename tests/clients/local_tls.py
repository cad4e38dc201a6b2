"""A TLS server of a private authority, before a local server that speaks plain HTTP."""

import datetime
import http.client
import ipaddress
import ssl
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from session_proxy import ProxyHandler
from stub import Stub


class TlsServer(Stub):
    """Forwards to the server at `url`; `authority` is the certificate that a client has to trust."""

    def __init__(self, url):
        self.upstream = urlsplit(url).port
        self.ahead = 0
        super().__init__(ProxyHandler)
        self.authority, key = certificate("127.0.0.1")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (("cert", self.authority), ("key", key)):
                (Path(folder) / name).write_bytes(text)
            context.load_cert_chain(f"{folder}/cert", f"{folder}/key")
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.url = self.url.replace("http:", "https:")


def certificate(address):
    """A certificate for an address that is its own authority, and its key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "local test authority")])
    now = datetime.datetime.now(datetime.timezone.utc)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(alternative, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.TraditionalOpenSSL
    return made.public_bytes(pem), key.private_bytes(pem, form, plain)
