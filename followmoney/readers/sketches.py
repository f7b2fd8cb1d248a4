"""Ledgers written by hand, one transaction a line: for tests, examples, and thinking on paper."""

from __future__ import annotations

import hashlib
from collections import defaultdict

import polars as pl

from followmoney.errors import expect, unknown
from followmoney.ledger import Ledger, Part, Reading, Source
from followmoney.readers._sketch_line import Line, lines
from followmoney.readers._sketch_tables import LINES, Row
from followmoney.readers._sketch_transaction import transaction
from followmoney.schema import key, table


def sketch(text: str) -> Ledger:
    """A ledger written by hand: `2024-03-04 A -> B 9,500.00 EUR cash #t1 "purpose"`, one transaction a line.

    The date may carry a time (`2024-03-04T10:05`). The amount is in major units. After it, in any order: the currency
    (EUR unless given), a channel, a status, `#id` (`t1`, `t2`... unless given), `seq=3`, `= 8,000.00 GBP` (what was
    received, converted), `reverses=t3`, `value_date=`, `reference=`, `count=`, `place=`, `terminal=`, `conductor=`, and
    the purpose in quotes. `cash` and `?` stand for the outside. Other lines: `party`, `account`, `balance`, `owns`,
    `asset`, `role`, `address`, `trade`, `statement`, `finance`; with `K1..K60` as the first name they say it of each.
    A line that starts with `#`, and whatever follows `--`, is a comment.

    Raises:
        InputError: A line that cannot be read: its number, and what was expected.
    """
    expect("sketch", text, str, 'text, like "2024-03-04 A -> B 9,500.00"')
    rows: dict[str, list[Row]] = defaultdict(list)
    places: dict[tuple[str, str], int] = {}
    found = lines(text)
    for line in found:
        name, row = _row(line, len(rows["transactions"]) + 1)
        identifier = key(name)
        if identifier is not None and (before := places.setdefault((name, str(row[identifier])), line.number)) != (
            line.number
        ):
            raise line.error(f"{row[identifier]!r} was already named in line {before}; give it another name.")
        rows[name].append(row | {"row": line.number})
    data = text.encode()
    source = Source("sketch", hashlib.sha256(data).hexdigest(), len(data), "sketch")
    ledger = Ledger.of([Reading([source], [_part(name, some) for name, some in rows.items() if some])])
    for refused in ledger.refused.iter_rows(named=True):
        line = next(line for line in found if line.number == refused["row"])
        raise line.error(f"the line breaks the rule {refused['rules']} of the table {refused['table']}.")
    return ledger


def _row(line: Line, number: int) -> tuple[str, Row]:
    first = line.words[0]
    if first[:1].isdigit():
        return "transactions", transaction(line, number)
    if first not in LINES:
        raise line.error(f"{unknown('first word', first, LINES)} A transaction starts with its date.")
    name, read = LINES[first]
    return name, read(line)


def _part(name: str, rows: list[Row]) -> Part:
    columns = table(name).columns()
    given = {c for row in rows for c in row}
    texts = {c: pl.String if isinstance(column.dtype, pl.Enum) else column.dtype for c, column in columns.items()}
    schema = {c: dtype for c, dtype in texts.items() if c in given}
    return Part(name, "sketch", pl.LazyFrame(rows, schema=schema))
