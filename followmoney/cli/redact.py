"""`followmoney redact`: a copy of a ledger for sharing, with pseudonyms for identifiers and no names or texts."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.cli import _answers as answers
from followmoney.cli._apart import apart
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import LEDGER, allowed, opened
from followmoney.cli._output import AUTO, Output, aside, flat, show
from followmoney.cli._paths import Paths
from followmoney.cli._private import private
from followmoney.cli._progress import doing
from followmoney.errors import InputError, SettingsError

if TYPE_CHECKING:
    from followmoney.ledger.redacted import Redacted


@command("case", "load")
def redact(
    path: Paths,
    /,
    *,
    salt_file: Path,
    out: Path,
    key: Path | None = None,
    output: Output = AUTO,
    given: Given | None = None,
) -> None:
    """Write a copy of the ledger for sharing: pseudonyms for identifiers and names, no free texts.

    The same salt gives the same pseudonym for the same account, so that two authorities find the accounts they have in
    common without handing out their ledgers. The copy loads like any ledger and traces to the same figures. Amounts,
    times, countries and row numbers are kept: whoever has the bank's own records can tell a payment by them.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    salt_file:
        File with at least 16 secret bytes, agreed on for one operation: head -c 32 /dev/urandom > salt.
    out:
        New folder: ledger/ (the copy), register.csv (what was done to every column) and redacted.json (check value of
        the salt, handling codes).
    key:
        New file (CSV) for the key, who is who; it stays with you.
    """
    from followmoney.case import Case

    apart(out, *path, salt_file)
    if key is not None and key.resolve().is_relative_to(out.resolve()):
        raise SettingsError(f"--key {key} lies inside {out}, which is to be shared; the key stays with you, outside.")
    for place in (out, *([key] if key is not None else [])):
        if place.is_symlink() or place.exists():
            raise SettingsError(f"{place} is there already and is not replaced; give another name, or move it away.")
    try:
        salt = salt_file.read_bytes()
    except OSError as error:
        raise InputError(f"Cannot read the salt {salt_file}: {error.strerror}. Check the path.") from None
    chosen = settings(given, path)
    ledger = opened(path, chosen)
    allowed(ledger, chosen)
    case = Case(chosen.case.name, source=ledger, journal=answers.journal(chosen))
    with doing("Redacting"):
        found = case.redacted(salt)
        _write(found, case.handling, out, key)
    show(found.register, output, empty="The ledger is empty.")
    aside([*found.ledger.notes, f"Written: {out / LEDGER}"], output)


def _write(found: Redacted, handling: Sequence[str], out: Path, key: Path | None) -> None:
    """The folder, whole or not at all; the key before it, so that no copy is without its key."""
    told = {"salt_check": found.check, "handling": list(handling), "fingerprint": found.ledger.fingerprint}
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        with private():
            found.ledger.save(work / LEDGER)
            flat(found.register).write_csv(work / "register.csv")
            text = json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
            (work / "redacted.json").write_text(text, encoding="utf-8")
            if key is not None:
                part = work / "key.csv"
                flat(found.key).write_csv(part)
                shutil.move(part, key)
        work.rename(out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
