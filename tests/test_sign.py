"""A signed copy of the report is signed whole, and the report beside it stays as it was written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from test_cli import quiet

import followmoney as fm
from followmoney.cli import main
from followmoney.cli._signing import signing
from followmoney.errors import InputError, SettingsError

pytest.importorskip("pyhanko")
pytest.importorskip("typst")

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from followmoney.custody.sign import sign

__all__ = ["quiet"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate of our own, closed with the passphrase "sesame"."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Analyst")]), datetime.now(UTC)
    use = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    made = builder.add_extension(use, critical=True).sign(key, hashes.SHA256())
    path = tmp_path_factory.mktemp("keys") / "analyst.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"a", key, made, None, BestAvailableEncryption(b"sesame")))
    path.with_suffix(".txt").write_bytes(b"sesame\r\n")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return fm.report(fm.Case("x"), tmp_path_factory.mktemp("cases") / "r", formats=["pdf"]).parent


def test_a_sealed_report_has_a_signed_copy_beside_it(tmp_path: Path, folder: Path, certificate: Path) -> None:
    out = tmp_path / "bag"
    asked = ["--sign", str(certificate), "--passphrase", str(certificate.with_suffix(".txt"))]
    assert main(["seal", str(folder), "--out", str(out), *asked]) == 0
    assert (out / "data" / "report.pdf").read_bytes() == (folder / "report.pdf").read_bytes()
    assert main(["verify", str(out)]) == 0
    signed = out / "data" / "report-signed.pdf"
    assert signed.read_bytes().startswith((folder / "report.pdf").read_bytes())
    with signed.open("rb") as file:
        (found,) = PdfFileReader(file).embedded_signatures
        told = validate_pdf_signature(found, ValidationContext(trust_roots=[found.signer_cert]))
    assert (told.bottom_line, told.coverage) == (True, SignatureCoverageLevel.ENTIRE_FILE)
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    signed.write_bytes(signed.read_bytes().replace(b"/Lang", b"/Long", 1))
    assert main(["verify", str(out)]) == 4


@pytest.mark.parametrize("passphrase", [b"other", None])
def test_a_certificate_that_does_not_open_is_said_to_be(
    tmp_path: Path, folder: Path, certificate: Path, passphrase: bytes | None
) -> None:
    with pytest.raises(InputError, match="passphrase"):
        sign(folder / "report.pdf", certificate, passphrase, tmp_path / "out.pdf")
    with pytest.raises(InputError, match="cannot be read"):
        sign(folder / "report.pdf", tmp_path / "none.p12", passphrase, tmp_path / "out.pdf")
    assert not list(tmp_path.iterdir())


def test_a_report_without_pages_cannot_be_signed(tmp_path: Path, certificate: Path, capsys) -> None:
    bare = fm.report(fm.Case("x"), tmp_path / "r").parent
    assert main(["seal", str(bare), "--out", str(tmp_path / "bag"), "--sign", str(certificate)]) == 2
    assert "--formats pdf" in capsys.readouterr().err
    assert main(["seal", str(bare), "--out", str(tmp_path / "bag"), "--passphrase", str(certificate)]) == 2
    assert not (tmp_path / "bag").exists()


def test_a_missing_extra_is_named_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("followmoney.custody.sign.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"followmoney\[seal\]"):
        signing(tmp_path / "no such certificate", None)
