"""`Entry`: one decision of a named person about a case, for a stated reason."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from followmoney.case.handling import spelled
from followmoney.errors import SettingsError, unknown

Kind = Literal["adopt", "exclude", "exculpatory", "handling", "include", "note"]
KINDS: tuple[str, ...] = get_args(Kind)

START = "0" * 64
"""What stands before the first entry."""
_SOURCED = ("exculpatory", "note")
_NO_TEXT = re.compile(r"[\ud800-\udfff]")
_LONGEST = 10_000  # characters of one text
_MOST = 1_000  # identifiers of one entry


@dataclass(frozen=True)
class Entry:
    """One decision of a named person, for a stated reason.

    `include` and `exclude`: these findings belong to the case, or do not; the later of two entries counts. An excluded
    finding is listed apart with the reason, never dropped in silence.
    `adopt`: this tracing rule is followed where no other is named.
    `note`: something to know of accounts, parties, transactions or findings; it has a source.
    `exculpatory`: a fact that speaks for a person or for an innocent explanation; it has a source and is always shown.
    `handling`: the handling codes from now on, like H1 or TLP:AMBER (see `handling.py`), or any text in their place.
    """

    kind: Kind
    about: tuple[str, ...]
    """Identifiers of findings, accounts, parties, transactions or assets; a rule; handling codes."""
    why: str
    """The reason, or the fact, in a sentence."""
    who: str
    """The analyst."""
    when: date
    """The day."""
    source: str | None = None
    """Where it stands: a document and page. A note and an exculpatory fact need one."""

    def __post_init__(self) -> None:
        """Refuse what says too little, or cannot be written down."""
        if self.kind not in KINDS:
            raise SettingsError(unknown("kind of entry", self.kind, KINDS))
        named = self._named()
        for name, text in named.items():
            if not isinstance(text, str) or not text.strip():  # pyright: ignore[reportUnnecessaryIsInstance]
                raise SettingsError(f"An entry of the kind {self.kind} needs {name}; got {text!r}.")
            if len(text) > _LONGEST or _NO_TEXT.search(text):
                raise SettingsError(f"{name} of an entry has over {_LONGEST:,} characters, or some that are no text.")
        if not isinstance(self.when, date) or isinstance(self.when, datetime):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise SettingsError(f"An entry needs its day (when), like date(2024, 6, 30); got {self.when!r}.")
        if self.kind == "adopt":
            self._one_rule()
        if self.kind == "handling":
            object.__setattr__(self, "about", tuple(dict.fromkeys(map(spelled, self.about))))

    def _named(self) -> dict[str, str]:
        about: Any = self.about
        if not isinstance(about, tuple) or not about or len(about) > _MOST:  # pyright: ignore[reportUnknownArgumentType]
            raise SettingsError(
                f'An entry says what it is about, by one to {_MOST:,} identifiers like about=("t17",); got {about!r}.'
            )
        texts = {"a reason (why)": self.why, "a name (who)": self.who}
        if self.kind in _SOURCED or self.source is not None:
            texts["a source, like a document and its page (source)"] = self.source or ""
        return texts | {f"what it is about ({place})": one for place, one in enumerate(self.about, 1)}

    def _one_rule(self) -> None:
        from followmoney.tracing import catalogue

        if len(self.about) != 1 or self.about[0] not in catalogue():
            raise SettingsError(unknown("tracing rule", ", ".join(self.about), catalogue()))


def line(number: int, before: str, entry: Entry) -> str:
    """An entry as it stands in a file: one line of JSON, with the hash of the line before and its own."""
    told: dict[str, Any] = {
        "number": number, "before": before, "kind": entry.kind, "about": list(entry.about), "why": entry.why,
        "who": entry.who, "when": entry.when.isoformat(), "source": entry.source,
    }  # fmt: skip
    told["hash"] = hashlib.sha256(_text(told).encode()).hexdigest()
    return _text(told)


def _text(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
