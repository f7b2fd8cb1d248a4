"""Statements of real banks are read equal to the expected reading that lies beside each of them."""

from __future__ import annotations

import base64
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from followmoney.readers._found import File
from followmoney.readers._mt940_statement import closing, entries, opening
from followmoney.readers._mt940_text import encoding, statements

_BALANCES = {"opening": ("final_opening_balance", "intermediate_opening_balance", "opening_balance"),
             "closing": ("final_closing_balance", "intermediate_closing_balance", "closing_balance")}  # fmt: skip


def read(path: Path) -> tuple[list[tuple[Decimal, date]], dict[str, list[tuple[Decimal, date]]]]:
    """Signed amounts and value dates of the entries; the balances."""
    file = File(path.name, path)
    lines: list[tuple[Decimal, date]] = []
    balances: dict[str, list[tuple[Decimal, date]]] = {"opening": [], "closing": []}
    for statement in statements(file, encoding(file)):
        for one in entries(statement):
            assert one.entry is not None, one.broken
            debit = one.entry.mark in ("D", "RC", "ED")
            lines.append((-one.entry.amount if debit else one.entry.amount, one.entry.value))
        for kind, some in (("opening", opening(statement)), ("closing", closing(statement))):
            balances[kind] += [(b.balance.amount, b.balance.day) for b in some if b.balance]
    return lines, balances


def expected(path: Path) -> dict[str, Any]:
    """The expected reading: YAML with Python objects in it, of which only plain values are taken."""
    yaml = pytest.importorskip("yaml")
    return plain(yaml.compose(path.read_text(encoding="utf-8")), frozenset())


def plain(node: Any, above: frozenset[int]) -> Any:
    if id(node) in above:
        return None
    if isinstance(node.value, str):
        return None if node.tag.endswith(":null") else node.value
    if node.id == "sequence":
        return [plain(one, above | {id(node)}) for one in node.value]
    return {plain(key, above): plain(value, above | {id(node)}) for key, value in node.value}


def day(found: Any) -> date:
    """A pickled date: four bytes, or three numbers."""
    if len(found) == 1:
        state = base64.b64decode(found[0])
        return date(state[0] * 256 + state[1], state[2], state[3])
    return date(*map(int, found))


def amount(found: Any) -> Decimal:
    value = found["amount"]
    return amount(value) if isinstance(value, dict) else Decimal(value[0] if isinstance(value, list) else value)


def corpus() -> list[str]:
    folder = Path(__file__).parents[2] / "shared" / "data" / "formats" / "mt940"
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.suffix in (".sta", ".mt940"))


@pytest.mark.parametrize("name", corpus() or ["none"])
def test_every_file_reads_equal_to_the_expected_reading(shared: Path, name: str) -> None:
    path = shared / "formats" / "mt940" / name
    lines, balances = read(path)
    beside = path.with_suffix(".yml")
    if not beside.exists():
        assert len(lines) == 3  # both files of that kind have three entries
        return
    wanted = expected(beside)
    known = [one["data"] for one in wanted["transactions"] if "amount" in one["data"]]
    assert len(lines) == len(known)
    reversed_credit = {at for at, one in enumerate(known) if one.get("status") == "RC"}
    for at, (one, (value, when)) in enumerate(zip(known, lines, strict=True)):
        # the reading beside it is of a release that did not yet take a reversed credit for the debit it is
        assert (value if at not in reversed_credit else -value, when) == (amount(one["amount"]), day(one["date"]))
    for kind, names in _BALANCES.items():
        told = [wanted["data"][one] for one in names if one in wanted["data"]]
        for one in told:
            currency = one["amount"]["currency"]
            if currency.isalpha():
                assert (amount(one["amount"]), day(one["date"])) in balances[kind]
