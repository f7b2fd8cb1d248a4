"""The tracing rules there are: found by looking into this folder, so a new file is a new rule."""

from __future__ import annotations

import inspect
import pkgutil
from functools import cache
from importlib import import_module
from types import MappingProxyType

from followmoney.errors import SettingsError, unknown
from followmoney.tracing.rule import Rule

_ELSEWHERE = {"rolling": "pro_rata", "haircut": "pro_rata", "clean_first": "lowest_balance"}
"""Names other people use for our rules; the oracles do."""


@cache
def catalogue() -> MappingProxyType[str, type[Rule]]:
    """Every tracing rule by name, in order of name."""
    import followmoney.tracing as room

    found: dict[str, type[Rule]] = {}
    for module in pkgutil.iter_modules(room.__path__):
        if module.name.startswith("_"):
            continue
        for item in vars(import_module(f"{room.__name__}.{module.name}")).values():
            if isinstance(item, type) and issubclass(item, Rule) and item.__module__.endswith(f".{module.name}"):
                found |= {} if inspect.isabstract(item) or item is Rule else {item.name: item}
    return MappingProxyType(dict(sorted(found.items())))


def our_name(name: str) -> str:
    """The name we use for a rule that others call otherwise."""
    return _ELSEWHERE.get(name, name)


def find(rule: str | Rule) -> Rule:
    """A rule by name; a rule is itself."""
    if isinstance(rule, Rule):
        return rule
    if not isinstance(rule, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise SettingsError(f"A tracing rule is a name or a rule like Usc984(), not {rule!r}.")
    if our_name(rule) not in catalogue():
        raise SettingsError(unknown("tracing rule", rule, catalogue()))
    return catalogue()[our_name(rule)]()
