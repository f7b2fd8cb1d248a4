"""Where settings are given: a TOML file, the environment, flags. Nearest to the call wins, key by key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from followmoney.errors import SettingsError
from followmoney.settings._assertions import PATH as ASSERTIONS
from followmoney.settings._assertions import from_file
from followmoney.settings._leaves import Leaf, leaves
from followmoney.settings._values import read

CONFIG = "FOLLOWMONEY_CONFIG"
"""In the environment: the settings file where `--config` names none."""

_MEANT = {f"patterns.{word}": "detect.patterns" for word in ("only", "patterns", "names", "chosen", "select")}
"""What is looked for in one section and stands in another."""

Given = dict[str, tuple[Any, str]]
"""Values by path, each with where it was given."""


def toml(path: Path) -> Given:
    """The settings of a file."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"Cannot read the settings file {path}: {error.strerror}. Check the path.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not a TOML file: {error}.") from None
    return nested(content, str(path))


def nested(content: Mapping[str, Any], origin: str) -> Given:
    """Settings from tables in tables, as TOML or Python writes them."""
    known = leaves()
    given: Given = {}
    for path, value in _flat(content, known):
        if path not in known:
            raise SettingsError(f"{origin}: {_unknown(path, known)}")
        given[path] = (read(known[path], value, origin), origin)
    return given


def environment(variables: Mapping[str, str]) -> Given:
    """Settings from variables that begin with FOLLOWMONEY_; a misspelt one is an error too."""
    known = {leaf.variable: leaf for leaf in leaves().values()}
    given: Given = {}
    for name in sorted(v for v in variables if v.startswith("FOLLOWMONEY_") and v != CONFIG):
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.6)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise SettingsError(
                f"The environment: unknown setting {name}.{hint} `followmoney explain settings` lists all."
            )
        given[known[name].path] = (typed(known[name], variables[name], name), name)
    return given


def flags(values: Mapping[str, Any]) -> Given:
    """Settings by path, as flags of a command give them."""
    known = leaves()
    return {path: (typed(known[path], value, known[path].flag), known[path].flag) for path, value in values.items()}


def typed(leaf: Leaf, value: Any, origin: str) -> Any:  # noqa: ANN401
    """A value from a flag or the environment: assertions stand in a file that is named."""
    if leaf.path == ASSERTIONS and isinstance(value, str):
        return from_file(value, origin) if value else ()
    return read(leaf, value, origin)


def _flat(content: Mapping[str, Any], known: Mapping[str, Leaf], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in content.items():
        path = f"{above}{key}"
        if isinstance(value, Mapping) and path not in known:
            table: Mapping[str, Any] = value  # pyright: ignore[reportUnknownVariableType]
            if not table and not any(p.startswith(f"{path}.") for p in known):
                yield path, value
            yield from _flat(table, known, f"{path}.")
        else:
            yield path, value


def _unknown(path: str, known: Mapping[str, Leaf]) -> str:
    near = [_MEANT[path]] if path in _MEANT else get_close_matches(path, known, n=1, cutoff=0.6)
    near = near or [p for p in known if p.endswith("." + path.rpartition(".")[2])][:1]
    hint = f' Did you mean "{near[0]}"?' if near else ""
    section = path.rpartition(".")[0]
    beside = [leaf.name for leaf in known.values() if leaf.section == section]
    there = f" [{section}] has: {', '.join(beside)}." if beside else ""
    return f'unknown setting "{path}".{hint}{there}'
