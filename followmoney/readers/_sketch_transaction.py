"""A transaction in a sketch: `2024-03-04 A -> B 9,500.00 EUR cash #t1 "purpose"`."""

from __future__ import annotations

from followmoney.errors import unknown
from followmoney.readers._sketch_line import Line, is_currency, unquoted
from followmoney.schema.codes import CHANNELS, STATUSES

DEFAULT_CURRENCY = "EUR"
_FORM = "a transaction reads: 2024-03-04 A -> B 9,500.00 EUR."
_OPTIONS = (
    "seq", "reverses", "value_date", "reference", "status", "count", "channel", "purpose", "place", "terminal",
    "conductor",
)  # fmt: skip


def transaction(line: Line, number: int) -> dict[str, object]:
    """The columns of one transaction; `number` names it (`t3`) unless the line does."""
    booked_at = line.moment(line.words[0])
    payer, payee = line.at(1, "the account debited"), line.at(3, "the account credited")
    if line.at(2, "->") != "->":
        raise line.error(f"expected '->' as the third word; {_FORM}")
    currency = next((w for w in _before_received(line)[5:] if is_currency(w)), DEFAULT_CURRENCY)
    amount = line.money(line.at(4, "the amount"), currency)
    if amount <= 0:
        raise line.error("an amount is above zero; turn the arrow round for money that comes back.")
    row: dict[str, object] = {"id": f"t{number}", "booked_at": booked_at, "amount": amount, "currency": currency}
    for end, name in (("originator", payer), ("beneficiary", payee)):
        if name not in ("cash", "?"):
            row[end] = name
        elif name == "cash":
            row["channel"] = "cash"
    if "originator" not in row and "beneficiary" not in row:
        raise line.error("one end at least is an account; cash and ? are not.")
    _options(line, row)
    return row | {"row": line.number}


def _before_received(line: Line) -> tuple[str, ...]:
    return line.words[: line.words.index("=")] if "=" in line.words else line.words


def _options(line: Line, row: dict[str, object]) -> None:
    words = list(line.words[5:])
    while words:
        word = words.pop(0)
        if word == "=":
            if len(words) < 2:  # noqa: PLR2004
                raise line.error("after '=' comes what was received: = 8,000.00 GBP.")
            row |= _received(line, words.pop(0), words.pop(0))
        elif "=" in word and not word.startswith(('"', "#")):
            name, _, value = word.partition("=")
            _option(line, row, name, unquoted(value))
        else:
            _word(line, row, word)


def _word(line: Line, row: dict[str, object], word: str) -> None:
    if word.startswith('"'):
        row["purpose"] = unquoted(word)
    elif word == "#":
        raise line.error("an identifier follows '#', without a blank.")
    elif word.startswith("#"):
        row["id"] = unquoted(word[1:])
    elif word in CHANNELS:
        row["channel"] = word
    elif word in STATUSES:
        row["status"] = word
    elif not is_currency(word):
        known = (*CHANNELS, *STATUSES, "EUR", "#id", *(f"{o}=" for o in _OPTIONS))
        raise line.error(unknown("word", word, known))


def _received(line: Line, amount: str, currency: str) -> dict[str, object]:
    if not is_currency(currency):
        raise line.error(f"{currency!r} is not a currency; what was received reads: = 8,000.00 GBP.")
    return {"amount_received": line.money(amount, currency), "currency_received": currency}


def _option(line: Line, row: dict[str, object], name: str, value: str) -> None:
    if name not in _OPTIONS:
        raise line.error(unknown("option", name, _OPTIONS))
    if name == "seq":
        row["sequence"] = line.whole(value)
    elif name == "count":
        row["count"] = line.whole(value)
    elif name == "value_date":
        row["value_date"] = line.day(value)
    else:
        row[name] = value
