"""What a person decided: these two are the same party, or they are not."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from followmoney.errors import InputError, SettingsError, unknown

_NEEDED = ("left", "right", "decision", "who", "when", "why")
_WORDS = {"same": True, "not same": False}
_LARGEST = 200_000_000  # bytes


@dataclass(frozen=True)
class Decision:
    """One decision of one person about two parties."""

    left: str
    """Identifier of a party."""
    right: str
    """Identifier of another."""
    same: bool
    who: str
    """Who decided."""
    when: date
    why: str
    """The reason, in a sentence."""

    def __post_init__(self) -> None:
        if not self.who.strip() or not self.why.strip():
            raise SettingsError(f"A decision about {self.left} and {self.right} needs a name (who) and a reason (why).")
        if self.left == self.right:
            raise SettingsError(f"A decision is about two parties; {self.left!r} was given twice.")

    def __str__(self) -> str:
        """In a sentence."""
        return f"{self.left} {'=' if self.same else '≠'} {self.right} ({self.who}, {self.when}: {self.why})"


def decisions(path: str | Path) -> tuple[Decision, ...]:
    """The decisions in a CSV file with the columns left, right, decision, who, when, why; other columns are left alone.

    `decision` is "same" or "not same"; a row in which it is empty is not decided yet. So the review list of
    `followmoney resolve --out` becomes the file of decisions once it is filled in.

    Raises:
        InputError: The file cannot be read, or a row says something else; it names the row.
    """
    path = Path(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path} is larger than {_LARGEST:,} bytes; that is no list of decisions.")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            if missing := [name for name in _NEEDED if name not in (rows.fieldnames or ())]:
                raise InputError(f"{path} has no column {missing[0]!r}. Needed: {', '.join(_NEEDED)}.")
            found = [_one(row, f"{path} row {number}") for number, row in enumerate(rows, 1)]
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}. Check the path.") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path} is not a CSV file in UTF-8: {error}.") from None
    return tuple(one for one in found if one is not None)


def checked(given: Iterable[object]) -> tuple[Decision, ...]:
    """These decisions, if that is what they are."""
    told = tuple(given)
    made = tuple(one for one in told if isinstance(one, Decision))
    if len(made) == len(told):
        return made
    wrong = next(one for one in told if not isinstance(one, Decision))
    raise SettingsError(
        f"Decisions are a file, or a list like [Decision(left, right, same, who, when, why)]; got {wrong!r}."
    )


def _one(row: dict[str, str | None], where: str) -> Decision | None:
    told = {name: (row[name] or "").strip() for name in _NEEDED}
    if not told["decision"]:
        return None
    word = told["decision"].lower()
    if word not in _WORDS:
        raise InputError(f"{where}: {unknown('decision', told['decision'], _WORDS)}")
    try:
        when = date.fromisoformat(told["when"])
    except ValueError:
        raise InputError(f"{where}: when is {told['when']!r}, but must be a day like 2024-06-30.") from None
    try:
        return Decision(_bare(told["left"]), _bare(told["right"]), _WORDS[word], told["who"], when, told["why"])
    except SettingsError as error:
        raise InputError(f"{where}: {error}") from None


def _bare(identifier: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running it as a formula."""
    return identifier[1:] if identifier.startswith(("'=", "'+", "'-", "'@")) else identifier
