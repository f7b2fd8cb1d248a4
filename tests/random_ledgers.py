"""Random ledgers, written as sketches: cash, unknown ends, assets, openings, debts, conversions, returns, ties."""

from dataclasses import dataclass

from hypothesis import strategies as st

ACCOUNTS = ("A", "B", "C", "D")
BEGIN = "2024-01-01"


@dataclass(frozen=True)
class Drawn:
    """Lines of a sketch: statements first, then transactions in order of time; and the claim."""

    statements: tuple[str, ...]
    transactions: tuple[str, ...]
    claim: tuple[str, ...]

    def text(self, transactions=None):
        return "\n".join([*self.statements, *(self.transactions if transactions is None else transactions)])


@st.composite
def drawn(draw, most=14):
    """A random ledger and a claim on it. Every day has up to three transactions; the claim is among the first."""
    ends = st.sampled_from([*ACCOUNTS, *ACCOUNTS, "cash", "?"])
    rows, day = [], 0
    for number in range(draw(st.integers(2, most))):
        day += draw(st.integers(0, 2))
        at, name = f"2024-{2 + day // 28:02}-{1 + day % 28:02}", f"t{number:02}"
        if rows and draw(st.integers(0, 5)) == 0:
            payer, payee, amount, first = draw(st.sampled_from(rows))[1:]
            rows.append((f"{at} {payee} -> {payer} {amount} #{name} reverses={first}", payee, payer, amount, name))
            continue
        payer, payee = draw(ends), draw(ends)
        if payer in ("cash", "?") and payee in ("cash", "?"):
            payee = "A"
        amount = f"{draw(st.integers(1, 400)) / 100:.2f} {draw(st.sampled_from(['EUR', 'EUR', 'EUR', 'GBP']))}"
        into = f" = {draw(st.integers(1, 400)) / 100:.2f} USD" if draw(st.integers(0, 7)) == 0 else ""
        rows.append((f"{at} {payer} -> {payee} {amount}{into} #{name}", payer, payee, amount, name))
    names = [row[4] for row in rows]
    statements = [
        f"balance {account} {BEGIN} {draw(st.integers(-300, 300)) / 100:.2f} EUR opening"
        for account in ACCOUNTS if draw(st.booleans())
    ]  # fmt: skip
    if draw(st.booleans()):
        statements.append(f"asset V1 vehicle by={draw(st.sampled_from(names))}")
    claim = draw(st.lists(st.sampled_from(names[:5]), min_size=1, max_size=3, unique=True))
    return Drawn(tuple(statements), tuple(row[0] for row in rows), tuple(sorted(claim)))
