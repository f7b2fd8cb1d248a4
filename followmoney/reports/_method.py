"""How the figures were made, what the words mean, and how anyone can check them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from followmoney.languages import columns, marks, say
from followmoney.reports._blocks import Cell, Code, Points, Section, Text, row, table

_METHOD = marks(
    "Rows of the sources were checked against one schema; a row that broke a rule was refused, never repaired.",
    "Amounts are whole minor units (cents) and sums are exact; amounts in different currencies are never added.",
    "Transactions were taken in order of booking time (UTC), then of the bank's own sequence, then of identifier.",
    "The claim was followed through every account it reached, up to cash, unknown ends, debts paid, assets bought.",
    "What a rule divides is rounded to whole minor units, and the parts add up; conversions are rounded down.",
    "A debit beyond the known balance of an account draws other money; no figure looks ahead in time.",
    "Figures have a comma between thousands and a point before the cents (228,550.00), and days are written "
    "year-month-day (2024-09-30), in every language of a report.",
    "Names of rules, thresholds and files are the same in every language. What sources, settings and analysts say "
    "stands word for word; notes on how a file was read, and on what data a pattern was measured, are in English.",
    "Same inputs, same settings and same versions give this report again, byte by byte.",
)
_STEPS = marks(
    "Compare the SHA-256 of the input files with the first page: sha256sum FILE, or certutil -hashfile FILE SHA256.",
    "Compare the files beside this report with the list of exhibits; manifest.json has their hashes, and every page's.",
    "Run followmoney replay FOLDER --sources SOURCES: it reads the same inputs, and must write the same bytes.",
    "Run followmoney selftest: it recomputes the worked examples of published cases with this installation.",
    "Take any row of Schedule A, open the file it names, and look at the row (from 1, the header not counted).",
    "Follow one account through Schedule B by hand: the balance and the claim after each movement are there.",
)
_WORDS = (
    marks("account", "anything that holds value: bank account, wallet, card, cash desk"),
    marks("asset", "a thing that money was turned into"),
    marks("claim", "the money that is traced"),
    marks("evidence", "the transactions that show a finding; their role says what each plays in it"),
    marks("finding", "transactions that have a shape known from laundering, in one sentence"),
    marks("holder", "the party an account or asset belongs to by name"),
    marks("ledger", "what the sources say, checked; also the list of movements of one account"),
    marks("party", "a person or legal entity"),
    marks("refused", "a row that broke a rule, kept apart with the rule"),
    marks("strength", "how far past the thresholds, from 0 to 1; not a probability"),
    marks("trace", "the claim followed through accounts under a tracing rule"),
    marks("tracing rule", "what decides whose money leaves a mixed account first"),
    marks("transaction", "one movement of value"),
)


def method(settings: str, versions: Mapping[str, str]) -> Section:
    """Method, settings word for word, versions."""
    rows = [row(name, version) for name, version in sorted(versions.items())]
    rows.append(row(say("Settings, SHA-256"), Cell(hashlib.sha256(settings.encode()).hexdigest(), code=True)))
    said = (
        Code(settings)
        if settings
        else Text(say("No settings were given with this report: every choice was made in the call."))
    )
    steps = Points(tuple(map(say, _METHOD)))
    return Section("method", say("Method and settings"), (steps, said, table(columns("Software", "Version"), rows)))


def glossary() -> Section:
    """The words of the report."""
    rows = [row(say(word), say(meaning)) for word, meaning in _WORDS]
    return Section("glossary", say("Words"), (table(columns("Word", "Meaning"), rows),))


def checking(fingerprint: str) -> Section:
    """What a reader can do without trusting anyone."""
    last = say(
        "The fingerprint of this run, of inputs, settings and versions together, is {fingerprint}.",
        fingerprint=fingerprint,
    )
    return Section("check", say("How to check this report"), (Points((*map(say, _STEPS), last)),))
