"""Certificates are checked against the name, though the connection goes to a checked address."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crm import http
from crm.outside.errors import Away
from tests.outside.vendor import Handler, Vendor, answer

pytestmark = pytest.mark.django_db


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, private


@pytest.fixture
def shop(tmp_path: Path, settings: Any, monkeypatch: Any) -> Iterator[list[str]]:
    """A shop with a certificate of its own that is trusted; gives the names it was asked for."""
    chain, private = certificate(tmp_path, "shop.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, private)
    asked: list[str] = []
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    vendor = Vendor()
    vendor.says(answer(200, "<p>Here</p>", "text/html"))
    server = HTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"vendor": vendor}))
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    place = f"127.0.0.1:{server.server_address[1]}"
    (tmp_path / "names").write_text(f"shop.example {place}\nother.example {place}\n")
    settings.HTTP_NAMES = str(tmp_path / "names")
    monkeypatch.setattr("certifi.where", lambda: str(chain))
    yield asked
    server.shutdown()
    server.server_close()


def test_the_name_is_told_and_checked(shop: list[str]) -> None:
    assert http.fetch("https://shop.example/").text == "<p>Here</p>"
    assert shop == ["shop.example"]


def test_a_certificate_of_somebody_else_is_not_trusted(shop: list[str]) -> None:
    with pytest.raises(Away, match="has a certificate that is not trusted"):
        http.fetch("https://other.example/")


def test_who_speaks_no_tls_is_not_called_untrusted(vendor: Vendor, settings: Any) -> None:
    vendor.says(answer(200, "<p>Here</p>", "text/html"))
    settings.HTTP_ALLOWED = [vendor.place]

    with pytest.raises(Away, match=r"does not speak https there") as caught:
        http.fetch(f"https://{vendor.place}/")

    assert not caught.value.was_sent


def test_whom_to_trust_is_read_once(shop: list[str], monkeypatch: Any) -> None:
    """And whoever is not trusted in between takes nothing from that."""
    read: list[Any] = []
    usual = ssl.SSLContext.load_verify_locations

    def load(*args: Any, **kwargs: Any) -> None:
        read.append(args[1:])
        usual(*args, **kwargs)

    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", load)
    for host in ("shop", "other", "shop", "other"):
        try:
            found = http.fetch(f"https://{host}.example/").status
        except Away:
            found = 0
        assert found == (200 if host == "shop" else 0)

    assert len(read) == 1


def test_a_certificate_that_nobody_signed_is_not_trusted(shop: list[str], monkeypatch: Any) -> None:
    monkeypatch.undo()
    with pytest.raises(Away, match="has a certificate that is not trusted"):
        http.fetch("https://shop.example/")
