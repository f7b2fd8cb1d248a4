"""The certificate that signs, and what opens it: from a file, or asked for on a terminal, never a flag."""

from __future__ import annotations

import getpass
import sys
from dataclasses import dataclass
from pathlib import Path

from followmoney.errors import InputError, SettingsError
from followmoney.reports._folder import PAGES


@dataclass(frozen=True)
class Signing:
    """Who signs."""

    certificate: Path
    passphrase: bytes | None

    def sign(self, data: Path) -> None:
        """Write the signed copy beside the report on pages.

        Raises:
            SettingsError: There are no pages, or the extra `seal` is not installed.
        """
        from followmoney.custody.sign import SIGNED, sign

        if not (data / PAGES).is_file():
            raise SettingsError(f"There is no {PAGES} to sign; write the report with --formats pdf first.")
        sign(data / PAGES, self.certificate, self.passphrase, data / SIGNED)


def signing(certificate: Path | None, passphrase: Path | None) -> Signing | None:
    """What was asked for.

    Raises:
        SettingsError: A passphrase without a certificate, or the extra `seal` is not installed.
        InputError: The file with the passphrase cannot be read.
    """
    from followmoney.custody.sign import ready

    if certificate is None:
        if passphrase is not None:
            raise SettingsError("--passphrase opens a certificate; name it with --sign.")
        return None
    ready()
    if passphrase is None:
        asked = getpass.getpass("Passphrase of the certificate: ") if sys.stdin.isatty() else ""
        return Signing(certificate, asked.encode() or None)
    try:
        first = passphrase.read_bytes().split(b"\n", 1)[0]
    except OSError as error:
        raise InputError(f"{passphrase} cannot be read ({error.strerror}).") from None
    return Signing(certificate, first.rstrip(b"\r") or None)
