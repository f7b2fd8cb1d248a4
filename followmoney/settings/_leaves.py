"""Every single setting with its path, type, default and sentence, read off the dataclasses that hold them."""

from __future__ import annotations

import ast
import inspect
import textwrap
import types
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from followmoney.languages import LANGUAGES
from followmoney.settings import sections

SECTIONS: dict[str, type] = {
    "case": sections.Case,
    "load": sections.Load,
    "detect": sections.Detect,
    "communities": sections.Communities,
    "trace": sections.Trace,
    "owners": sections.Owners,
    "resolution": sections.Resolution,
    "freeze": sections.Freeze,
    "report": sections.Report,
}
"""Sections by name, in the order they are written."""

BY_CURRENCY = "major units by currency"
"""The unit of amounts by currency."""

_FLAGS = {"detect.patterns": "--pattern", "trace.claimants": "--claimant"}
"""Flags that are not called like their setting."""


@dataclass(frozen=True)
class Leaf:
    """One setting."""

    path: str
    """As in TOML: `trace.rule`, `patterns.structuring.threshold`."""
    hint: Any
    default: Any
    doc: str
    source: str = ""
    """Where a threshold comes from (a law, a report), or "followmoney default"."""
    unit: str = ""
    choices: tuple[str, ...] = ()
    """Names it may take; empty: anything of its type."""

    @property
    def section(self) -> str:
        """All of the path but the last word."""
        return self.path.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The last word of the path."""
        return self.path.rpartition(".")[2]

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return "FOLLOWMONEY_" + self.path.replace(".", "_").upper()

    @property
    def flag(self) -> str:
        """Its flag on the command line: `--rule`, `--structuring.days`."""
        holder = self.section.partition(".")[2]
        words = f"{holder}.{self.name}" if holder else self.name
        return _FLAGS.get(self.path) or f"--{words.replace('_', '-')}"

    @property
    def about(self) -> str:
        """Its sentence, with unit and source."""
        adds = "added to the defaults, 0 leaves a currency out" if self.unit == BY_CURRENCY else ""
        more = "; ".join(part for part in (self.unit, adds, self.source) if part)
        return f"{self.doc} [{more}]" if more else self.doc

    @property
    def several(self) -> bool:
        """Whether it takes a list."""
        return get_origin(self.hint) is tuple


@cache
def leaves() -> dict[str, Leaf]:
    """Every setting by path: the sections, then every pattern and community method that its catalogue finds."""
    from followmoney.tracing import catalogue as rules

    choices = {
        "detect.patterns": tuple(holders("patterns")),
        "trace.claim_from": tuple(holders("patterns")),
        "trace.rule": tuple(rules()),
        "communities.method": methods(),
        "report.formats": sections.FORMATS,
        "report.language": LANGUAGES,
    }
    found = [leaf for name, cls in SECTIONS.items() for leaf in _of(name, cls, choices)]
    for room in ("patterns", "communities"):
        found += [leaf for name, cls in holders(room).items() for leaf in _of(f"{room}.{name}", cls, {})]
    return {leaf.path: leaf for leaf in found}


@cache
def holders(room: Literal["patterns", "communities"]) -> dict[str, type]:
    """The dataclasses of a room by name: their fields are settings."""
    if room == "patterns":
        from followmoney.patterns import catalogue

        return dict(sorted(catalogue().items()))
    from followmoney.communities import catalogue as found

    return {name: cls for name, cls in sorted(found().items()) if is_dataclass(cls)}


@cache
def methods() -> tuple[str, ...]:
    """The community methods by name."""
    from followmoney.communities import catalogue

    return tuple(sorted(catalogue()))


def _of(section: str, cls: type, choices: dict[str, tuple[str, ...]]) -> Iterator[Leaf]:
    hints, docs = _hints(cls), sentences(cls)
    for item in fields(cls):
        if not item.init or item.name.startswith("_") or (section.startswith("communities.") and item.name == "seed"):
            continue
        path = f"{section}.{item.name}"
        default = item.default if item.default_factory is MISSING else item.default_factory()
        given = dict(item.metadata)
        doc = str(given.get("help") or docs.get(item.name, ""))
        hint = hints[item.name]
        yield Leaf(
            path,
            hint,
            default,
            doc,
            str(given.get("source", "")),
            str(given.get("unit", "")),
            choices.get(path) or literals(hint),
        )


def _hints(cls: type) -> dict[str, Any]:
    """The type of every field, each read where it was written; `get_type_hints` would stop at a class variable."""
    found: dict[str, Any] = {}
    own = {item.name: item for item in fields(cls)}
    for base in reversed(cls.__mro__):
        for name, written in vars(base).get("__annotations__", {}).items():
            if name in own:
                alone = type(name, (), {"__annotations__": {name: written}, "__module__": base.__module__})
                found[name] = get_type_hints(alone)[name]
    return found


def literals(hint: Any) -> tuple[str, ...]:  # noqa: ANN401
    """The names a `Literal` allows."""
    inner = [a for a in get_args(hint) if a is not type(None)] if optional(hint) else [hint]
    return tuple(str(a) for a in get_args(inner[0])) if get_origin(inner[0]) is Literal else ()


def optional(hint: Any) -> bool:  # noqa: ANN401
    """Whether the setting may be left unset."""
    return get_origin(hint) in {Union, types.UnionType} and type(None) in get_args(hint)


def sentences(cls: type) -> dict[str, str]:
    """The string under each field of a class (and of the classes it is made from): its sentence."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if not is_dataclass(base):
            continue
        try:
            tree = ast.parse(textwrap.dedent(inspect.getsource(base))).body[0]
        except (OSError, TypeError):  # no source at hand, as in a frozen application: the names must do
            continue
        body = tree.body if isinstance(tree, ast.ClassDef) else []
        for field, below in pairwise(body):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
                text = below.value.value if isinstance(below.value, ast.Constant) else None
                if isinstance(text, str):
                    found[field.target.id] = " ".join(text.split())
    return found
