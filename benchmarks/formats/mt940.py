"""Statements in MT940, as German banks write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .format import Format, Way

_A_STATEMENT = 500  # entries
_DAYS = 28


def _write(path: Path, entries: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        balance = 1_000_000_00
        for start in range(0, entries, _A_STATEMENT):
            day = f"2401{1 + start // _A_STATEMENT % _DAYS:02}"
            file.write(f":20:STARTUMS\n:25:37040044/0532013000\n:28C:{start // _A_STATEMENT + 1:05}/001\n")
            file.write(f":60F:C{day}EUR{_money(balance)}\n")
            for number in range(start, min(start + _A_STATEMENT, entries)):
                amount = 100 + number * 7919 % 500_000
                balance += amount
                other = number * 31 % 20_000
                file.write(
                    f":61:{day}{day[2:]}CR{_money(amount)}NTRFNONREF//B{number:08}\n"
                    f":86:166?00SEPA-GUTSCHRIFT?109310?20EREF+E2E-{number:08}?21SVWZ+Invoice {number:08}, th\n"
                    f"?22ank you?30MARKDEF1100?31DE{10 + other % 89:02}37040044{other:010}?32Company {other} SARL\n"
                )
            file.write(f":62F:C{day}EUR{_money(balance)}\n-\n")
    return path


def _money(amount: int) -> str:
    return f"{amount // 100},{amount % 100:02}"


def _library(path: Path) -> Any:
    """Dictionaries of the fields, without accounts, directions or balances that add up."""
    import mt940

    return [list(mt940.parse(f":20:{one}")) for one in path.read_text().split(":20:")[1:]]


FORMAT = Format("MT940", "entries", ".sta", _write, {"mt-940": Way("mt940", _library)})
