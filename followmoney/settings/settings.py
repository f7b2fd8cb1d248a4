"""`Settings`: everything that can be chosen, in one value that never changes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from followmoney.errors import FollowmoneyError, SettingsError
from followmoney.settings import _layers, sections
from followmoney.settings._assertions import PATH as ASSERTIONS
from followmoney.settings._by_currency import by_currency, spelled, whole
from followmoney.settings._claimants import PATH as CLAIMANTS
from followmoney.settings._claimants import typed
from followmoney.settings._exclusive import check, over
from followmoney.settings._leaves import SECTIONS, Leaf, holders, leaves
from followmoney.settings._named import days, shares
from followmoney.settings._written import written
from followmoney.tracing._default import Unnamed

_TABLES = (ASSERTIONS, CLAIMANTS)
_FILES = ("case.journal", "load.specification", "report.template")
"""Settings that name a file: in a settings file from its folder, as flags and variables from here."""


def _defaults(room: Any) -> Any:  # noqa: ANN401
    return lambda: MappingProxyType({name: cls() for name, cls in holders(room).items()})


@dataclass(frozen=True)
class Settings:
    """Every choice made in a case: repeated word for word in its report, and part of the name of every result.

    `Settings()` are the defaults. `Settings.from_toml("case.toml")` reads a file, `Settings.of({...})` tables in tables
    as TOML has them. A key nobody knows is an error that names the nearest one.
    """

    case: sections.Case = field(default_factory=sections.Case)
    load: sections.Load = field(default_factory=sections.Load)
    detect: sections.Detect = field(default_factory=sections.Detect)
    patterns: Mapping[str, Any] = field(default_factory=_defaults("patterns"))
    """Every pattern in the catalogue with its thresholds, by name."""
    communities: sections.Communities = field(default_factory=sections.Communities)
    methods: Mapping[str, Any] = field(default_factory=_defaults("communities"))
    """Every community method with options, by name ([communities.<name>] in TOML)."""
    trace: sections.Trace = field(default_factory=sections.Trace)
    owners: sections.Owners = field(default_factory=sections.Owners)
    resolution: sections.Resolution = field(default_factory=sections.Resolution)
    freeze: sections.Freeze = field(default_factory=sections.Freeze)
    report: sections.Report = field(default_factory=sections.Report)
    folder: Path | None = field(default=None, compare=False)
    """Folder of the settings file: where a relative path in it starts. Not itself a setting."""
    typed: Mapping[str, str] = field(default_factory=dict[str, str], compare=False, repr=False)
    """Claims as typed, before they were divided at their commas: one may be a single identifier. By claimant; "" where
    there is none. Not itself a setting."""

    @classmethod
    def of(cls, content: Mapping[str, Any], *, origin: str = "settings") -> Settings:
        """Settings from tables in tables: `Settings.of({"trace": {"rule": "fifo"}})`."""
        return cls._from(over(_layers.nested(content, origin)))

    @classmethod
    def from_toml(cls, path: str | Path) -> Settings:
        """Settings from a TOML file; what it does not say keeps its default."""
        return cls._from(over(_layers.toml(Path(path))), Path(path).parent)

    @classmethod
    def layered(
        cls, flags: Mapping[str, Any], config: str | Path | None = None, variables: Mapping[str, str] | None = None
    ) -> Settings:
        """Flags (by path) before the environment before the file before the defaults."""
        variables = os.environ if variables is None else variables
        config = config or variables.get(_layers.CONFIG) or None
        layers = [_layers.toml(Path(config)) if config else {}, _layers.environment(variables), _layers.flags(flags)]
        if config:
            layers = [layers[0], *map(_from_here, layers[1:])]
        given = over(*layers)
        made = cls._from(given, Path(config).parent if config else None)
        claim, several = (
            flags.get(p) or variables.get(leaves()[p].variable) for p in ("trace.claim", "trace.claimants")
        )
        return replace(made, typed=typed(made.trace, claim, several))

    def settled(self, ids: Container[str]) -> Settings:
        """The settings for a ledger with these transactions: a typed claim that is one of them is not divided."""
        whole = {name: (text,) for name, text in self.typed.items() if text in ids}
        if not whole:
            return self
        alone = whole.pop("", None)
        claim = self.trace.claim if alone is None else alone
        claimants = MappingProxyType({**self.trace.claimants, **whole})
        return replace(self, trace=replace(self.trace, claim=claim, claimants=claimants), typed={})

    @classmethod
    def _from(cls, given: _layers.Given, folder: Path | None = None) -> Settings:
        known = leaves()
        values = {p: whole(known[p], v) if by_currency(known[p]) else v for p, (v, _) in given.items()}
        rooms = {
            room: MappingProxyType({n: _made(f"{room}.{n}", c, values, given) for n, c in holders(room).items()})
            for room in ("patterns", "communities")
        }
        single = {name: _made(name, c, values, given) for name, c in SECTIONS.items()}
        made = cls(**single, patterns=rooms["patterns"], methods=rooms["communities"], folder=folder)
        check(made.trace, given)
        made._check()
        return made

    def _check(self) -> None:
        from followmoney.ledger.when import last

        if not 0 <= self.load.max_refused <= 1:
            raise SettingsError(f"load.max_refused is {self.load.max_refused}, but must be a share from 0 to 1.")
        if self.trace.until:
            last(self.trace.until)
        if not 0 < self.owners.threshold <= 1:
            raise SettingsError(f"owners.threshold is {self.owners.threshold}, but must be above 0 and at most 1.")
        self.lower()
        self.takes_days()

    def value(self, path: str) -> Any:  # noqa: ANN401
        """The value of one setting by its path."""
        room, _, rest = path.partition(".")
        if "." in rest:
            name, _, key = rest.partition(".")
            return getattr((self.patterns if room == "patterns" else self.methods)[name], key)
        return getattr(getattr(self, room), rest)

    def chosen(self) -> list[Any]:
        """The patterns to look for, with their thresholds, by name."""
        return [self.patterns[name] for name in sorted(self.detect.patterns or self.patterns)]

    def options(self) -> dict[str, Any]:
        """The options of the chosen community method."""
        section = f"communities.{self.communities.method}"
        return {leaf.name: self.value(leaf.path) for leaf in leaves().values() if leaf.section == section}

    def specification(self) -> Path | None:
        """The import specification, as a path from here."""
        if self.load.specification is None:
            return None
        return (self.folder or Path()) / self.load.specification

    def weights(self) -> Path | None:
        """The weights of who is who, as a path from here."""
        return None if self.resolution.weights is None else (self.folder or Path()) / self.resolution.weights

    def lower(self) -> dict[str, float]:
        """Lower thresholds of beneficial ownership, by the beginning of a NACE code."""
        return shares("owners.lower", self.owners.lower)

    def takes_days(self) -> dict[str, int] | None:
        """Days until an order takes effect, by country; None where nothing was said."""
        return days("freeze.takes_days", self.freeze.takes_days) or None

    def journal(self) -> Path | None:
        """The journal of the case, as a path from here."""
        return None if self.case.journal is None else (self.folder or Path()) / self.case.journal

    def template(self) -> Path | None:
        """The template of the statement, as a path from here; None: ours."""
        return None if self.report.template is None else (self.folder or Path()) / self.report.template

    def to_toml(self, *, explained: bool = False) -> str:
        """All settings as TOML, in a fixed order; `explained` adds the sentence of each as a comment."""
        lines: list[str] = []
        section = ""
        for leaf in leaves().values():
            if leaf.section != section:
                section = leaf.section
                lines += ["", f"[{section}]"]
            lines += _line(leaf, self.value(leaf.path), explained=explained)
        return "\n".join(lines).lstrip("\n") + "\n"

    def digest(self, *only: str) -> str:
        """SHA-256 of the settings as TOML, or of some sections of them: the same for the same choices."""
        if not only:
            return hashlib.sha256(self.to_toml().encode()).hexdigest()
        kept = [p for p in leaves() if any(p == o or p.startswith(f"{o}.") for o in only)]
        text = "\n".join(f"{p} = {written(self.value(p))}" for p in kept)
        return hashlib.sha256(text.encode()).hexdigest()


def _from_here(given: _layers.Given) -> _layers.Given:
    """Flags or variables whose files are found from everywhere."""
    return {
        path: (str(Path(value).absolute()) if path in _FILES and value else value, origin)
        for path, (value, origin) in given.items()
    }


def _made(section: str, cls: type, values: Mapping[str, Any], given: _layers.Given) -> Any:  # noqa: ANN401
    mine = {leaf.name: values[p] for p, leaf in leaves().items() if leaf.section == section and p in values}
    try:
        return cls(**mine)
    except (FollowmoneyError, ValueError, TypeError) as error:
        origins = sorted({given[f"{section}.{name}"][1] for name in mine})
        raise SettingsError(f"{', '.join(origins)}: [{section}]: {error}") from None


def _line(leaf: Leaf, value: Any, *, explained: bool) -> list[str]:  # noqa: ANN401
    about = [f"# {leaf.about}"] if explained and leaf.doc else []
    if explained and leaf.choices:
        about.append(f"# One of: {', '.join(leaf.choices)}.")
    if value is None or (leaf.path in _TABLES and not value):  # so that tables can be added below
        return [*about, f"# {leaf.name} is not set"]
    if isinstance(value, Unnamed):  # read again, it must still be one that nobody named
        return [*about, f"# {leaf.name} is not set: {value}, unless a question is asked"]
    if leaf.path == ASSERTIONS:  # one line each
        return [*about, f"{leaf.name} = [", *(f"  {written(each)}," for each in value), "]"]
    return [*about, f"{leaf.name} = {written(spelled(leaf, value) if by_currency(leaf) else value)}"]
