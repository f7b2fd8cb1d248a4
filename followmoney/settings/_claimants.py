"""Claimants and their transactions, as tables, flags and the environment give them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from followmoney.errors import SettingsError

if TYPE_CHECKING:
    from followmoney.settings.sections import Trace

PATH = "trace.claimants"
_HOW = 'must be names with their transactions, like "Ana=t17,t18"'


def claimants(value: Any, origin: str) -> Mapping[str, tuple[str, ...]]:  # noqa: ANN401
    """Claimant → transactions, by name in order: from a table, or from texts like "Ana=t17,t18" (";" between)."""
    if isinstance(value, Mapping):
        table: Mapping[Any, Any] = value  # pyright: ignore[reportUnknownVariableType]
        pairs = [(str(name), ids) for name, ids in table.items()]
    else:
        pairs = _texts(value)
        if any(ids is None for _, ids in pairs):
            raise SettingsError(f"{origin}: {PATH} is {value!r}, but {_HOW}.")
    found: dict[str, tuple[str, ...]] = {}
    for name, given in pairs:
        ids = _divided(given)
        if not name or not ids or not all(isinstance(one, str) and one for one in ids):
            raise SettingsError(f"{origin}: {PATH}: {name!r} has {given!r}, but there {_HOW}.")
        if name in found:
            raise SettingsError(f"{origin}: {PATH} names {name!r} twice; give all transactions of a claimant at once.")
        found[name] = tuple(ids)
    return MappingProxyType(dict(sorted(found.items())))


def typed(trace: Trace, claim: Any, several: Any) -> dict[str, str]:  # noqa: ANN401
    """The claims that were typed as texts and are in force, by claimant, before they were divided at commas."""
    found = {"": claim} if trace.claim and claim and isinstance(claim, str) else {}
    if trace.claimants and several:
        found |= {name: text for name, text in _texts(several) if text}
    return found


def _texts(value: Any) -> list[tuple[str, str | None]]:  # noqa: ANN401
    """Name and the rest of each text; None where it has no "="."""
    if isinstance(value, str):
        parts: list[Any] = [part for part in value.split(";") if part.strip()]
    else:
        parts = list(value) if isinstance(value, list | tuple) else [value]  # pyright: ignore[reportUnknownArgumentType]
    cut = [part.partition("=") if isinstance(part, str) else ("", "", "") for part in parts]
    return [(name.strip(), rest if sign else None) for name, sign, rest in cut]


def _divided(given: Any) -> list[Any]:  # noqa: ANN401
    if isinstance(given, str):
        return [part.strip() for part in given.split(",") if part.strip()]
    return list(given) if isinstance(given, list | tuple) else []  # pyright: ignore[reportUnknownArgumentType]
