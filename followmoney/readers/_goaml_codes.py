"""What the codes of a goAML report mean: those that say it themselves, and those of a list beside the reports."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from followmoney.errors import SettingsError, unknown
from followmoney.readers._found import File
from followmoney.readers._toml import keys, mapping
from followmoney.schema.codes import ASSET_KINDS, CHANNELS, INTEREST_KINDS, ROLE_KINDS

LIST = "goaml_codes.toml"
_MEANINGS = {
    "channel": CHANNELS,
    "side": ("originator", "beneficiary"),
    "role": ROLE_KINDS,
    "interest": INTEREST_KINDS,
    "relation": ("owner", "owned"),
    "asset": ASSET_KINDS,
}
_WHAT = {
    "channel": "how the money moved",
    "side": "who of the involved parties paid whom",
    "role": "what a person is to an entity or an account",
    "relation": "which of two related entities owns the other (taken: the one written inside)",
    "asset": "what kind of thing was bought (taken: a valuable)",
}
_SHOWN = 10


class Codes:
    """Codes by what they are about, and those that nobody knows, counted."""

    def __init__(self, lists: Sequence[File] = ()) -> None:
        common = Path(__file__).parent / "_codes" / "goaml.toml"
        self._known: dict[str, dict[str, str]] = {name: {} for name in _MEANINGS}
        for path in (common, *(file.path for file in lists)):
            for name, codes in _list(path).items():
                self._known[name] |= codes
        self._unknown: dict[str, Counter[str]] = {name: Counter() for name in _MEANINGS}

    def meaning(self, about: str, *codes: str | None) -> str | None:
        """What the first code that is known means."""
        given = [_plain(code) for code in codes if code and code != "-"]
        return next((self._known[about][code] for code in given if code in self._known[about]), None)

    def miss(self, about: str, *codes: str | None) -> None:
        """Remember a code that nobody knows."""
        self._unknown[about].update(code for code in codes if code and code != "-")

    def notes(self) -> list[str]:
        """A sentence for each kind of code that was not understood."""
        found: list[str] = []
        for about, codes in self._unknown.items():
            named = ", ".join(f"{code} ({count:,})" for code, count in sorted(codes.items())[:_SHOWN])
            named += " …" if len(codes) > _SHOWN else ""
            meanings = ", ".join(_MEANINGS[about])
            if codes:
                found.append(
                    f"goAML codes that do not say {_WHAT[about]}: {named}. They are the reporting unit's own: put "
                    f"their meaning into a file {LIST} beside the reports, section [{about}], as CODE = one of "
                    f"{meanings}."
                )
        return found


def _list(path: Path) -> dict[str, dict[str, str]]:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path.name} cannot be read as TOML: {error}.") from None
    keys(given, tuple(_MEANINGS), path.name)
    return {name: _checked(name, mapping(codes, f"{path.name}: {name}"), path) for name, codes in given.items()}


def _checked(name: str, codes: Mapping[str, str], path: Path) -> dict[str, str]:
    for code, meaning in codes.items():
        if meaning not in _MEANINGS[name]:
            raise SettingsError(f"{path.name}: {name}.{code}: {unknown('meaning', meaning, _MEANINGS[name])}")
    return {_plain(code): meaning for code, meaning in codes.items()}


def _plain(code: str) -> str:
    return "_".join(code.upper().split())
