"""How the figures were made, what the words mean, and how anyone can check them."""

from __future__ import annotations

from collections.abc import Mapping

from followmoney.reports._blocks import Cell, Code, Points, Section, Text, row, table

_METHOD = (
    "Rows of the sources were checked against one schema; a row that broke a rule was refused, never repaired.",
    "Amounts are whole minor units (cents) and sums are exact; amounts in different currencies are never added.",
    "Transactions were taken in order of booking time (UTC), then of the bank's own sequence, then of identifier.",
    "The claim was followed through every account it reached, up to cash, unknown ends, debts paid, assets bought.",
    "A debit beyond the known balance of an account draws other money; no figure looks ahead in time.",
    "Same inputs, same settings and same versions give this report again, byte by byte.",
)
_STEPS = (
    "Compare the SHA-256 of the input files with the first page: sha256sum FILE, or certutil -hashfile FILE SHA256.",
    "Compare the files beside this report with the hashes below; manifest.json has them, and that of this page.",
    "Run followmoney with the same inputs and settings: it writes the same bytes.",
    "Take any row of Schedule A, open the file it names, and look at the row (from 1, the header not counted).",
    "Follow one account through Schedule B by hand: the balance and the claim after each movement are there.",
)
_WORDS = (
    ("account", "anything that holds value: bank account, wallet, card, cash desk"),
    ("asset", "a thing that money was turned into"),
    ("claim", "the money that is traced"),
    ("evidence", "the transactions that show a finding; their role says what each plays in it"),
    ("finding", "transactions that have a shape known from laundering, in one sentence"),
    ("holder", "the party an account or asset belongs to by name"),
    ("ledger", "what the sources say, checked; also the list of movements of one account"),
    ("party", "a person or legal entity"),
    ("refused", "a row that broke a rule, kept apart with the rule"),
    ("strength", "how far past the thresholds, from 0 to 1; not a probability"),
    ("trace", "the claim followed through accounts under a tracing rule"),
    ("tracing rule", "what decides whose money leaves a mixed account first"),
    ("transaction", "one movement of value"),
)


def method(settings: str, versions: Mapping[str, str]) -> Section:
    """Method, settings word for word, versions."""
    rows = [row(name, version) for name, version in sorted(versions.items())]
    said = (
        Code(settings)
        if settings
        else Text("No settings were given with this report: every choice was made in the call.")
    )
    return Section("method", "Method and settings", (Points(_METHOD), said, table(["Software", "Version"], rows)))


def glossary() -> Section:
    """The words of the report."""
    return Section("glossary", "Words", (table(["Word", "Meaning"], [row(w, m) for w, m in _WORDS]),))


def checking(outputs: Mapping[str, str], fingerprint: str) -> Section:
    """What a reader can do without trusting anyone."""
    rows = [row(Cell(name, code=True), Cell(digest, code=True)) for name, digest in sorted(outputs.items())]
    steps = (*_STEPS, f"The fingerprint of this run, of inputs, settings and versions together, is {fingerprint}.")
    return Section("check", "How to check this report", (Points(steps), table(["File", "SHA-256"], rows)))
