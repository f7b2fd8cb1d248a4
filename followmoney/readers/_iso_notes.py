"""What was assumed while messages were read, in sentences."""

from __future__ import annotations

from collections import Counter

from followmoney.schema.sentence import in_number

_SENTENCES = {
    "by value date": "{n:,} [entry has|entries have] no booking date: the value date stands in its place.",
    "no zone": "{n:,} [entry says|entries say] the time of booking without its zone: it was taken for UTC.",
    "for information": "{n:,} [entry is|entries are] for information only: kept as pending, which moves no money.",
    "not added up": "{n:,} [entry has|entries have] details that do not add up to the whole: each was taken as one "
    "transaction.",
    "many details": "{n:,} [entry has|entries have] more than 100,000 details: each was taken as one transaction.",
    "charges": "{n:,} [transaction names|transactions name] charges: the amount is what the account was debited or "
    "credited.",
    "unnamed returns": "{n:,} returned or reversing [entry does|entries do] not lead to one earlier entry of the "
    "same reference and amount: each is taken as a payment of its own.",
    "other balances": "{n:,} [balance was|balances were] not read: what was available or expected is no booked "
    "balance.",
    "unread balances": "{n:,} [balance was|balances were] not read: amount, currency, sign or date is missing or "
    "wrong.",
    "periods inferred": "{n:,} [statement does|statements do] not say the period: it was taken from balances and "
    "entries.",
    "unnumbered": "{n:,} [counterparty is|counterparties are] named without an account number: each name as written "
    'counts as one account, "NAME (no account number)".',
    "otherwise": "{n:,} [holder is|holders are] named differently in several places: the account's own statement "
    "counts, else the first name.",
    "by creation": "{n:,} [payment has|payments have] no day of execution or settlement: the message's creation "
    "stands in its place.",
}


def sentences(counts: Counter[str]) -> list[str]:
    """One sentence for each assumption that was made."""
    return [in_number(text, counts[what]).format(n=counts[what]) for what, text in _SENTENCES.items() if counts[what]]
