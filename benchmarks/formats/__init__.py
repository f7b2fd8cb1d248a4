"""Formats of banks and registers: a file of any length written by us, and who reads it; one format a file."""

from __future__ import annotations

from importlib import import_module

from .format import Format

_NAMES = ("camt", "mt940", "goaml", "bods", "ftm")


def formats() -> dict[str, Format]:
    """Every format, by name."""
    return {name: import_module(f".{name}", __name__).FORMAT for name in _NAMES}
