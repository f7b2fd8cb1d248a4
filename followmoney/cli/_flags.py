"""The settings as flags of a command, built from the settings themselves: a new pattern has its flags at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, make_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

from cyclopts import Group, Parameter

from followmoney.cli._latest import settings_of
from followmoney.cli._paths import run_of
from followmoney.settings import Leaf, Settings, leaves
from followmoney.settings._assertions import PATH as ASSERTIONS
from followmoney.settings._claimants import PATH as CLAIMANTS
from followmoney.settings._leaves import optional

F = TypeVar("F", bound=Callable[..., Any])

_ROOMS = {"patterns": "Pattern", "communities": "Communities by"}
_AGAIN = " Give it again for another."
_FILE = "File (TOML) of what an analyst asserts beyond the records; `followmoney explain assertions` prints one."
_CONFIG = "Settings file (TOML); flags and FOLLOWMONEY_… variables come first."


@dataclass(frozen=True)
class Given:
    """What was given as flags; None where the environment, the settings file or the default decides."""

    config: Annotated[Path | None, Parameter(name="--config", group="Settings", help=_CONFIG)] = None


def flags(*sections: str) -> Any:  # noqa: ANN401
    """The annotation of a command's `settings`: `--config`, and one flag a setting of these sections.

    A flag not given is None, so that the environment and the settings file are asked before the default is taken.
    """
    rooms = {section.removesuffix(".*") for section in sections if section.endswith(".*")}
    made = [
        (leaf.path.replace(".", "__"), _annotated(leaf), field(default=None))
        for leaf in leaves().values()
        if leaf.section in sections or leaf.section.partition(".")[0] in rooms
    ]
    cls = make_dataclass("Flags", made, bases=(Given,), frozen=True, namespace={"__module__": __name__, "__doc__": ""})
    return Annotated[cls, Parameter(name="*")]


def command(*sections: str) -> Callable[[F], F]:
    """Give a command's parameter `given` the flags of these sections of the settings."""

    def dress(function: F) -> F:
        function.__annotations__["given"] = flags(*sections)
        return function

    return dress


def settings(given: Given | None, paths: Sequence[Path] = ()) -> Settings:
    """Flags before environment before file before defaults; the folder of a run brings the settings it had."""
    folder = run_of(paths)
    run = settings_of(folder) if folder else None
    if given is None:
        return Settings.layered({}, run)
    values: Mapping[str, Any] = {f.name: getattr(given, f.name) for f in fields(given)}
    chosen = {
        name.replace("__", "."): value for name, value in values.items() if name != "config" and value is not None
    }
    return Settings.layered(chosen, values["config"] or run)


def _annotated(leaf: Leaf) -> Any:  # noqa: ANN401
    kind = next(a for a in get_args(leaf.hint) if a is not type(None)) if optional(leaf.hint) else leaf.hint
    one: Any = Literal[leaf.choices] if leaf.choices else kind if kind in {int, float, bool} else str
    again = leaf.path == CLAIMANTS or (leaf.several and bool(leaf.choices))
    hint = tuple[one, ...] | None if again else str | None if leaf.several else one | None
    several = _AGAIN if again else " Comma between several." if leaf.several else ""
    text = _FILE if leaf.path == ASSERTIONS else leaf.about + several
    shown = _shown(leaf.default)
    room, _, rest = leaf.section.partition(".")
    group = Group(f"{_ROOMS[room]} {rest.replace('_', ' ')}" if rest else "Settings")
    parameter = Parameter(
        name=leaf.flag,
        help=text,
        group=group,
        negative=() if leaf.several or again else None,
        show_default=(lambda _: shown) if shown else False,
    )
    return Annotated[hint, parameter]


def _shown(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, Mapping):
        return ",".join(f"{k}={v}" for k, v in value.items())  # pyright: ignore[reportUnknownVariableType]
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
