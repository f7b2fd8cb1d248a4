"""A copy of the report on pages with a signature in it (PAdES), by a certificate that somebody brings."""

from __future__ import annotations

import io
from importlib.util import find_spec
from pathlib import Path

from followmoney.errors import InputError, SettingsError

SIGNED = "report-signed.pdf"
"""What the signed copy is called; the report itself stays as it was written, so that it can be recomputed."""
_FIELD = "Signature"
_NEEDED = "A signature needs an extra: pip install followmoney[seal]."


def ready() -> None:
    """Look whether there is what signs, before any work.

    Raises:
        SettingsError: The extra `seal` is not installed.
    """
    if find_spec("pyhanko") is None:
        raise SettingsError(_NEEDED)


def sign(pages: Path, certificate: Path, passphrase: bytes | None, out: Path) -> None:
    """Write a copy of `pages` that is signed: PAdES B-B, SHA-256, invisible, nothing may be added after it.

    Who signed is in the certificate, and when is what the clock of this machine says: a signature that is to prove its
    time needs a stamp of an authority, which is not asked for here. Signing again gives other bytes.

    Args:
        pages: The report as PDF.
        certificate: A key and its certificate in one file (PKCS #12: .p12, .pfx).
        passphrase: What opens that file; None: it is open.
        out: Where the signed copy goes.

    Raises:
        SettingsError: The extra `seal` is not installed. InputError: The certificate cannot be read or opened.
    """
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers
    except ImportError:
        raise SettingsError(_NEEDED) from None
    try:
        content = certificate.read_bytes()
    except OSError as error:
        raise InputError(f"{certificate} cannot be read ({error.strerror}).") from None
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(content, [], passphrase)
    except (ValueError, AttributeError):  # the latter where there is a certificate without a key
        signer = None
    if signer is None:
        raise InputError(
            f"{certificate} is no certificate with its key (PKCS #12: .p12, .pfx), or the passphrase is not the one it "
            "was closed with."
        )
    meta = signers.PdfSignatureMetadata(
        field_name=_FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )  # fmt: skip
    with pages.open("rb") as read:
        made = io.BytesIO()
        signers.sign_pdf(  # pyright: ignore[reportUnknownMemberType]
            IncrementalPdfFileWriter(read), meta, signer, output=made
        )
    out.write_bytes(made.getvalue())
