"""What a format needs to be measured: how its files are written, and by whom they are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PEERS = 5_000
"""Entries given to those whose time grows squared, because they look for every entry from the beginning."""


@dataclass(frozen=True)
class Way:
    """One way to read the file."""

    package: str
    """What has to be installed for it."""
    read: Callable[[Path], Any]
    few: bool = False
    """Only the small file: its time grows squared."""


@dataclass(frozen=True)
class Format:
    """A format, with the ways to read it: ours first."""

    title: str
    counted: str
    """What one of its entries is called."""
    suffix: str
    write: Callable[[Path, int], Path]
    """Writes a file with so many entries; the same number gives the same bytes."""
    peers: dict[str, Way]
    goal: str = ""
    warm: int = 1_000
    """Entries of the file that we read first, so that loading and compiling are not measured."""

    @property
    def ways(self) -> dict[str, Way]:
        """Ours, ours on the small file where a peer is given no other, and the peers."""
        small = {"followmoney, few entries": Way("followmoney", ours, few=True)}
        return {
            "followmoney": Way("followmoney", ours),
            **(small if any(way.few for way in self.peers.values()) else {}),
            **self.peers,
        }


def ours(path: Path) -> Any:
    """Read, checked and numbered."""
    import followmoney as fm

    return fm.load(path)


def parsed_xml(name: str) -> Callable[[Path], None]:
    """The floor of XML: the file as a stream of elements of that name, nothing looked at."""

    def read(path: Path) -> None:
        from lxml import etree

        for _, element in etree.iterparse(path, tag=f"{{*}}{name}"):
            element.clear(keep_tail=False)
            if (elder := element.getprevious()) is not None:
                element.getparent().remove(elder)

    return read


def parsed_json(path: Path) -> None:
    """The floor of JSON Lines: every line as a Python object, nothing kept."""
    import json

    with path.open("rb") as file:
        for line in file:
            json.loads(line)
