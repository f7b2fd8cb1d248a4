"""Pseudonyms: a keyed hash of what is to be hidden, the same for the same salt."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable

import polars as pl

from followmoney.errors import SettingsError

LEAST = 16
"""The shortest salt, in bytes: shorter ones can be guessed, and then every identifier can be tried."""
_KINDS = 8  # different bytes; in 16 random ones there are practically always more
_DIGITS = 24  # 96 bits: no two of 10^12 identifiers meet
_OUTSIDE = re.compile(r"\((cash|unknown) [A-Z]{3,5}\)")


class Pseudonyms:
    """Gives pseudonyms, and remembers for whom."""

    def __init__(self, salt: bytes) -> None:
        """Refuse a salt that can be guessed."""
        if not isinstance(salt, bytes) or len(salt) < LEAST:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise SettingsError(
                f"A salt is at least {LEAST} secret bytes, shared with nobody but those who are to find accounts in "
                "common; make one with: head -c 32 /dev/urandom > salt."
            )
        if len(set(salt)) < _KINDS:
            raise SettingsError(
                "The salt repeats a few bytes and can be guessed, and then every identifier can be tried; make one: "
                "head -c 32 /dev/urandom > salt."
            )
        self._salt = salt
        self._given: dict[tuple[str, str], str] = {}

    @property
    def check(self) -> str:
        """Equal for equal salts, and says nothing else of them."""
        return self._digest("check", "")[:16]

    def of(self, kind: str, value: str) -> str:
        """The pseudonym of one identifier or text; what stands for cash and unknown ends is nobody, and stays."""
        if _OUTSIDE.fullmatch(value):
            return value
        found = self._given.get((kind, value))
        if found is None:
            digest = self._digest(kind, _plain(kind, value))
            found = digest[:20].upper() if kind == "lei" else f"{kind}-{digest[:_DIGITS]}"
            self._given[kind, value] = found
        return found

    def hashed(self, text: str) -> str:
        """A hash of a hash, as long as SHA-256."""
        return self._digest("sha256", text)

    def named(self, kind: str, values: Iterable[str], given: Iterable[str]) -> None:
        """Take these pseudonyms for these identifiers from now on."""
        self._given.update({(kind, value): name for value, name in zip(values, given, strict=True)})

    def column(self, kind: str, cells: pl.Series) -> pl.Series:
        """The cells as pseudonyms, empty where they were; lists cell by cell."""
        if isinstance(cells.dtype, pl.List):
            told = [None if some is None else [self.of(kind, one) for one in some] for some in cells.to_list()]
            return pl.Series(cells.name, told, dtype=pl.List(pl.String))
        text = cells.cast(pl.String)
        known = text.drop_nulls().unique().sort().to_list()
        return text.replace_strict(known, [self.of(kind, one) for one in known], return_dtype=pl.String)

    def key(self) -> pl.DataFrame:
        """Who is who: kind, original, pseudonym; for those only who made the copy."""
        rows = sorted((kind, value, name) for (kind, value), name in self._given.items())
        return pl.DataFrame(rows, schema=["kind", "original", "pseudonym"], orient="row").cast(pl.String)

    def _digest(self, kind: str, value: str) -> str:
        return hmac.digest(self._salt, f"{kind}\x1f{value}".encode("utf-8", "surrogatepass"), "sha256").hex()


def _plain(kind: str, value: str) -> str:
    """The value as two authorities are likely to write it alike; identifiers as they are, so that none are merged."""
    if kind == "name":
        return " ".join(unicodedata.normalize("NFKC", value).casefold().split())
    return re.sub(r"[\s.-]", "", value).upper() if kind in ("vat", "lei") else value
