"""Field 86 of a statement: who is on the other side, and what the payment is for, in the dialects of banks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from followmoney.readers._account_ids import iban, is_bic
from followmoney.readers._mt940_library import bank_lines

_DELIMITED = re.compile(r"\s*(?P<code>\d{3})?\s*(?P<mark>[?<>~^@])\d\d")
_WORD = re.compile(
    r"(ABWA|ABWE|BIC|COAM|CRED|DDAT|DEBT|EREF|IBAN|KREF|MDAT|MREF|OAMT|ORCR|ORMR|PURP|SQTP|SVWZ)\+ ?|(?:^| )MTLG:"
)
"""What follows is of this kind (EREF+, SVWZ+: DFÜ-Abkommen of the German banks, annex 3)."""
_FULL = 65  # characters of a full line: the word goes on in the next
_FULL_SUBFIELD = 27
_NAMED = re.compile(
    r"/(?P<key>ACCW|ADDR|BENM|BIC|BUSP|CHGS|CNTP|CSID|EREF|EXCH|IBAN|ID|IREF|ISDT|KREF|MARF|NAME|OCMT|ORDP|PREF|PURP|"
    r"REMI|RTRN|SVCL|TRTP|ULTB|ULTC|ULTD)/"
)
_DUTCH = re.compile(r"\bREK: *(?P<account>[A-Z0-9 ]+?)/NAAM: *(?P<name>[^/\n]+)")
_POLISH = re.compile(r"\b(?:Z|NA) RACH\.: *(?P<account>[0-9A-Z ]+?) *;")
_POLISH_NAME = re.compile(r"\b(?:OD|DLA): *(?P<name>[^;]+?)(?:  |;)")
_NOT_GIVEN = frozenset(["", "NONREF", "NOTPROVIDED", "NOT PROVIDED", "NONE", "EREF", "KREF", "MARF", "PREF"])
"""What stands for a reference that is not there, or stands in field 86."""


@dataclass(frozen=True)
class Details:
    """What field 86 says; empty texts where it says nothing."""

    purpose: str = ""
    account: str = ""
    bank: str = ""
    """BIC, or the national code of the bank."""
    name: str = ""
    reference: str = ""
    code: str = ""
    """The German business transaction code, three digits."""
    behind: str = ""
    """Who stands behind the payer or the payee (ABWA, ULTD...)."""


def given(text: str) -> str:
    """A reference, or nothing where the bank writes that there is none (NONREF, or a single letter)."""
    return "" if text.strip().upper() in _NOT_GIVEN or len(text.strip()) == 1 else text.strip()


def read(texts: Sequence[str], lines: Sequence[str], *, debit: bool) -> Details:
    """The fields 86 (and NS) of one entry."""
    whole = "\n".join(texts)
    delimited = _DELIMITED.match(whole)
    if delimited:
        return _structured(whole, delimited)
    found = _by_lines(lines) if lines and not whole.strip() else _by_words(joined(whole), whole, debit=debit)
    rest = [joined(text) for text in lines] if whole.strip() else []
    return found if not rest else Details(**{**vars(found), "purpose": " ".join([found.purpose, *rest])})


def joined(text: str) -> str:
    """Lines as one text: where a line is full the word goes on in the next."""
    lines = text.split("\n")
    return "".join(line if len(line) >= _FULL else f"{line} " for line in lines).strip()


def _structured(text: str, delimited: re.Match[str]) -> Details:
    """Subfields: ?00 posting text, ?20 to ?29 and ?60 to ?63 purpose, ?30 bank, ?31 account, ?32 and ?33 name."""
    code = delimited["code"] or ""
    flat = text.replace("\n", "").lstrip().removeprefix(code)
    parts = re.split(rf"{re.escape(delimited['mark'])}(\d\d)", flat)
    subfields = list(zip(parts[1::2], parts[2::2], strict=True))
    purpose = _glued(part for n, part in subfields if "20" <= n <= "29")
    more = _glued(part for n, part in subfields if "60" <= n <= "63")
    said = _words(more) | _words(purpose)
    account = _glued(part for n, part in subfields if n == "31") or said.get("IBAN", "")
    bank = _glued(part for n, part in subfields if n == "30") or said.get("BIC", "")
    if account and bank.isdecimal() and account.replace(" ", "").isdecimal():
        account, bank = f"{bank}/{account}", ""  # as such banks write their own accounts in field 25
    return Details(
        " ".join([*(part for n, part in subfields if n == "00"), purpose, more]).strip(), account.strip(), bank.strip(),
        _glued(part for n, part in subfields if n in ("32", "33")),
        given(said.get("EREF", "")) or given(said.get("KREF", "")), code,
        said.get("ABWA", "").strip() or said.get("ABWE", "").strip(),
    )  # fmt: skip


def _words(text: str) -> dict[str | None, str]:
    """What follows each word; of one that stands twice the first counts."""
    words = _WORD.split(text)
    return dict(zip(words[-2::-2], words[:0:-2], strict=True))


def _glued(parts: Iterable[str]) -> str:
    """Subfields as one text: where one is full the word goes on in the next."""
    whole = "".join(part if len(part) >= _FULL_SUBFIELD else f"{part} " for part in parts)
    return " ".join(whole.split())


def _by_words(text: str, lines: str, *, debit: bool) -> Details:
    """Words with slashes (/IBAN/, /NAME/), as Dutch and Belgian banks write; REK:/NAAM: and Z RACH.: of others."""
    found = _slashes(text, "BENM" if debit else "ORDP")
    account, name = found.get("IBAN", ""), found.get("NAME", "")
    if "CNTP" in found:
        account, bank, name, *_ = [*found["CNTP"].split("/"), "", "", ""]
        found.setdefault("BIC", bank)
    for form in (_DUTCH, _POLISH):
        other = form.search(text)
        if other and not account:
            account, name = other["account"], name or other.groupdict().get("name", "")
    polish = _POLISH_NAME.search(" ".join(lines.split("\n"))) if not name and _POLISH.search(text) else None
    bank = found.get("BIC", "").strip()
    return Details(
        text, account if iban(account) or account.strip().isalnum() else "", bank if is_bic(bank) else "",
        " ".join((polish["name"] if polish else name).split()), given(found.get("EREF", "")),
        behind=" ".join((found.get("ULTD") or found.get("ULTC") or found.get("ULTB") or "").split()),
    )  # fmt: skip


def _slashes(text: str, side: str) -> dict[str, str]:
    """The words and what follows each; of two sides (ORDP, BENM) those of the other side of this entry."""
    at = list(_NAMED.finditer(text))
    ends = [one.start() for one in at[1:]] + [len(text)] * bool(at)
    sides = {one["key"] for one in at} & {"ORDP", "BENM"}
    skip = len(sides) > 1
    here, found = "", dict[str, str]()
    for one, end in zip(at, ends, strict=True):
        name = one["key"]
        here = name if name in sides else "" if name in ("CNTP", "EREF", "REMI", "TRTP") else here
        if skip and here and here != side:
            continue
        value = text[one.end() : end].strip().removesuffix("/")
        found.setdefault(name, value)
    return found


def _by_lines(lines: Sequence[str]) -> Details:
    """Numbered lines of a field NS: 01 to 14 purpose, 15 and 16 name, 17 posting text, 33 bank, 34 account."""
    said: dict[str, str] = {}
    for text in lines:
        said |= bank_lines(text)
    account, bank = said.get("34", ""), said.get("33", "")
    if account.isdecimal() and bank.isdecimal():
        account, bank = f"{bank}/{account}", ""
    name = f"{said.get('15', '')}{said.get('16', '')}"
    purpose = [said.get("17", ""), *(said.get(f"{n:02}", "") for n in range(1, 15))]
    return Details(" ".join(" ".join(purpose).split()), account, bank, " ".join(name.split()), code=said.get("18", ""))
