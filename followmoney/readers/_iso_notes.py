"""What was assumed while messages were read, in sentences."""

from __future__ import annotations

from collections import Counter

_SENTENCES = {
    "by value date": "{n:,} entries have no booking date: their value date stands in its place.",
    "no zone": "{n:,} entries say the time of booking without its zone: it was taken for UTC.",
    "for information": "{n:,} entries are for information only: kept as pending, they move no money.",
    "not added up": "{n:,} entries have details that do not add up to them: each was taken as one transaction.",
    "many details": "{n:,} entries have more than 100,000 details: each was taken as one transaction.",
    "charges": "{n:,} transactions name charges: the amount is what the account was debited or credited.",
    "unnamed returns": "{n:,} returned or reversing entries do not lead to one earlier entry of the same reference and "
    "amount: they are taken as payments of their own.",
    "other balances": "{n:,} balances were not read: what was available or expected is no booked balance.",
    "unread balances": "{n:,} balances were not read: amount, currency, sign or date is missing or wrong.",
    "periods inferred": "{n:,} statements do not say their period: it was taken from their balances and entries.",
    "unnumbered": "{n:,} counterparties are named without an account number: each name as written counts as one "
    'account, "NAME (no account number)".',
    "otherwise": "{n:,} holders are named differently in several places: the account's own statement counts, else the "
    "first name.",
    "by creation": "{n:,} payments have no day of execution or settlement: the message's creation stands in its place.",
}


def sentences(counts: Counter[str]) -> list[str]:
    """One sentence for each assumption that was made."""
    return [text.format(n=counts[what]) for what, text in _SENTENCES.items() if counts[what]]
