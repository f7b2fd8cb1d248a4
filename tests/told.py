"""Where results speak of themselves, which of it is no sentence, and what is put together from parts."""

from __future__ import annotations

from followmoney.languages._gaps import UNREAD

TOLD = (
    "patterns/[a-z]*.py", "patterns/_innocent*.py",
    "patterns/_a[sw]*.py", "patterns/_cash*.py", "patterns/_companies.py", "patterns/_folded.py",
    "patterns/_hi*[ty].py", "patterns/_joined.py", "patterns/_li[ns]*ed.py", "patterns/_margins.py",
    "patterns/_pattern.py",
    "patterns/_ports.py", "patterns/_real_estate.py", "patterns/_s[ep]*.py", "patterns/_words.py",
    "finding.py", "communities/_[brtw]*.py", "communities/_match.py", "tracing/_choices.py", "tracing/_notes*.py",
    "tracing/_holders.py", "tracing/_words.py", "tracing/_said.py", "tracing/sensitivity.py", "tracing/statuses.py",
    "case/_assets.py", "case/_chances.py", "case/freeze_first.py", "case/recoverable.py", "case/sale.py",
    "graph/enough.py",
    "ledger/ledger.py", "ledger/coverage.py", "ledger/_lost.py", "ledger/_unnamed.py", "ledger/_differing.py",
    "readers/_account_ids.py", "readers/_adds_up.py", "readers/_bods_statements.py", "readers/_camt_totals.py",
    "readers/_columns.py", "readers/_goaml_codes.py", "readers/_goaml_values.py", "readers/_iso_notes.py",
    "readers/_iso_orders.py", "readers/_mt940_rows.py", "readers/_pages.py", "readers/_posting.py",
    "readers/_specified.py", "readers/bods.py", "readers/ftm.py", "readers/gleif.py", "readers/icij.py",
    "readers/mt940.py", "readers/parquet.py",
)  # fmt: skip
"""Files whose sentences and phrases a report retells."""
SILENT = frozenset({
    # of readers: what they are called, and keys of what they count
    "by value date", "no zone", "for information", "not added up", "many details", "unnamed returns", "other balances",
    "unread balances", "periods inferred", "by creation", "statement (MT940)", "relationships of the Offshore Leaks",
    "bank statements as SWIFT messages MT940 and MT942 (.sta, .940, .mt940, .txt)", "holder of {account}",
    "FollowTheMoney records (JSON Lines: .ijson, .json, .ftm.json)", "files described by {name}", "followmoney {name}",
    "GLEIF level 1, level 2 and reporting exceptions (XML, or CSV golden copy)", "{name} (no account number)",
    "the Offshore Leaks database of the ICIJ (CSV: nodes-*.csv, relationships.csv)",
    "beneficial ownership statements (BODS 0.1 to 0.4) as JSON or JSON Lines",
    "tables of followmoney as Parquet, named after the table (transactions.parquet, or transactions/*.parquet)",
    # what stands whole in WHOLE
    "acquired_by of assets", "transaction of trades", "{counts} rows booked at the same time {how}",
    "bill of lading", "deposit for", "estate of", "public body", ("names of patterns, or patterns with "
    "thresholds of your own, like Structuring(days=3)"), "Trace({claimed} by {rule}{until}: {sum} hold some)",
    "at most ", "at ",
    "not given", "{name} and {of}", "{id} from {since} on", "{id} {low} to {high}", "{named} and {named2}",
    # parts of what is whole in WHOLE
    "Of the innocent explanations that {n} checked, none was found to fit.", "could be", "{number} transaction",
    "changed nothing: what {n} about is not there before the end of the trace", "{frame} figures are", "1 figure is",
    "{figure} behind a gap in the statements of an account, and at most what is shown: {named}.",
    "{number} transactions",
    ("Not used: {dated} {have} a balance that is stated for the time or the day of the first transaction, and nothing "
    "says whether before it or after it. If before, state it as the opening."),
    ("{names} that claim money reached by the rule {rule} {have} no stated opening balance and {are} taken to start at "
    "zero: {names2}. A higher one can change how much of the claim is there."), "was named",
    "is followed because no rule was named",
    "{rule} {how}: in every account the status of its holder and the question {asked} decide.",
    "{alone} {what} is in no network.", "{alone} {what}s are in no network.", ", {how} through {name}",
    "{own} of {themselves} is not counted.", "{own} of {themselves} are not counted.", "an account to itself",
    "a holder between own accounts",
    ("{size} {what}s moved {internal} among themselves in {transactions} {when}; {incoming} came in{into} and "
    "{outgoing} went out{out}."),
    ("{size} {what}s moved {internal} among themselves in {transactions} {when}; {incoming} came in{into}, and "
    "{outgoing} went out{out}."),
    "{who} behind {times} of the {size}, as holder or as owner of 25 % or more in the end.",
    " {who} behind {times} of the {size}, as holder or as owner of 25 % or more in the end.",
    "{shown} and {shown2} each stand", "{shown} stands", "{others} more", "1 other", "{many} others",
    "{others} and {last}", " and {others}", "{what} {taken} Another order may change figures; orders() says how.",
    ("have the same time as another and no posting sequence that tells them apart; they are taken in order of "
    "identifier."),
    "the holder is presumed to spend his own money first, and what he pays in later does not refill the claim",
    "claim money is presumed to pay first; compare oatway_election, which chooses over the whole ledger",
    "an innocent volunteer ranks equally with the claimant, so every debit takes in proportion",
    "the victims rank equally, so every debit takes in proportion; compare pari_passu and libr_cap",
})  # fmt: skip
"""No sentences, and parts of what stands whole in `WHOLE`."""
_TAKEN = (
    "have the same time as another and no posting sequence that tells them apart; they are taken in order of "
    "identifier."
)
_CAUTION = "Measured on labelled data, not on this case: how often a pattern is right here may be quite different."
_LAWS = (
    "the holder is presumed to spend his own money first, and what he pays in later does not refill the claim",
    "claim money is presumed to pay first; compare oatway_election, which chooses over the whole ledger",
    "an innocent volunteer ranks equally with the claimant, so every debit takes in proportion",
    "the victims rank equally, so every debit takes in proportion; compare pari_passu and libr_cap",
)
_OPEN = (
    "no stated opening balance and {} taken to start at zero: {{names2}}. A higher one can change how much of the "
    "claim is there."
)
_UNCLEAR = (
    "a balance that is stated for the time or the day of the first transaction, and nothing says whether before it or "
    "after it. If before, state it as the opening."
)
_BEHIND = "behind a gap in the statements of an account, and at most what is shown: {named}."
_STAND = "behind {times} of the {size}, as holder or as owner of 25 % or more in the end."
_BY_STATUS = "in every account the status of its holder and the question {asked} decide."


def _moved(what: str, into: str, out: str) -> str:
    comma = "," if into else ""
    return (
        f"{{size}} {what}s moved {{internal}} among themselves in {{transactions}} {{when}}; {{incoming}} came in{into}"
        f"{comma} and {{outgoing}} went out{out}."
    )


_MOVED = [
    _moved(what, into, out)
    for what in ("account", "holder")
    for into in ("", ", all through {into}", ", mostly through {into}")
    for out in ("", ", all through {out}", ", mostly through {out}")
]
WHOLE = frozenset({
    (
        "{n} account that claim money reached by the rule {rule} has " + _OPEN.format("is"),
        "{n} accounts that claim money reached by the rule {rule} have " + _OPEN.format("are"),
    ),
    *((text, None) for text in (
        "Of the innocent explanations that were checked, none was found to fit.",
        "Of the innocent explanations that could be checked, none was found to fit.",
        "changed nothing: what it is about is not there before the end of the trace",
        "changed nothing: what they are about is not there before the end of the trace",
        "1 figure is " + _BEHIND, "{frame} figures are " + _BEHIND,
        "Not used: {dated} has " + _UNCLEAR, "Not used: {dated} have " + _UNCLEAR,
        "{rule} was named: " + _BY_STATUS, "{rule} is followed because no rule was named: " + _BY_STATUS,
        "{name}: {said}.", "Not read: {unread}.", *UNREAD, "{files}: {described}",
        "{name}: {counts} rows booked at the same time {how}", "{name}: statement {called} of {account}",
        "{name}: a statement of {account}", "credits", "debits",
        "elements stand in one another more than 256 deep, line {line}, column {column}",
        "a name, text, tag or comment in it is longer than any that is read, line {line}, column {column}",
        "it has no statement, report or notification in it", "no whole table can be read from it",
        "it cannot be read to its end", "it breaks off", "it breaks off, line {line}, column {column}",
        "it breaks off after record {row}", "it is not UTF-8 after record {row}", "dates", "countries", "currencies",
        "{what} " + _TAKEN, *(f"{{who}}; {law}." for law in _LAWS), _CAUTION,
        "Version {version}, {measured}.", *_MOVED,
        " {shown} and {shown2} each stand " + _STAND, " {shown} stands " + _STAND,
        "{label} and 1 other", "{label} and {many} others", "nothing", " and ", "; ",
        "At most ", "call for action", "increased monitoring", "{place} ({on})", "in", "once", "another", "somebody",
        "Somebody", "finance", "insurance", "forwarding", "travel", "payer", "payee", "pending",
        "returned", "reversed",
    )),
    ("{n} more file", "{n} more files"),
    ("{n} account is in no network.", "{n} accounts are in no network."),
    ("{n} holder is in no network.", "{n} holders are in no network."),
    (
        "{n} transaction of an account to itself is not counted.",
        "{n} transactions of an account to itself are not counted.",
    ),
    (
        "{n} transaction of a holder between own accounts is not counted.",
        "{n} transactions of a holder between own accounts are not counted.",
    ),
    ("{n} minute", "{n} minutes"), ("{n} hour", "{n} hours"), ("{n} accounts and assets", "{n} accounts and assets"),
})  # fmt: skip
"""Sentences that are put together from parts, whole: what is translated."""
