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
        self.authority, own, key = certificate("127.0.0.1")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (("cert", own), ("key", key)):
                (Path(folder) / name).write_bytes(text)
            context.load_cert_chain(f"{folder}/cert", f"{folder}/key")
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.url = self.url.replace("http:", "https:")


def certificate(address):
    """An authority's certificate; a certificate for an address that it signed, with its key.  All as PEM."""
    authority_key = ec.generate_private_key(ec.SECP256R1())
    key = ec.generate_private_key(ec.SECP256R1())
    authority = named("local test authority")
    own = signed(authority, authority_key, authority, authority_key).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    )
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
    made = signed(named("local test server"), key, authority, authority_key).add_extension(
        alternative, critical=False
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.TraditionalOpenSSL
    certificates = [
        builder.sign(authority_key, hashes.SHA256()).public_bytes(pem) for builder in (own, made)
    ]
    return *certificates, key.private_bytes(pem, form, plain)


def named(name):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def signed(name, key, authority, authority_key):
    """A certificate to be signed by an authority."""
    now = datetime.datetime.now(datetime.timezone.utc)
    public = authority_key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(authority)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False
        )
    )
