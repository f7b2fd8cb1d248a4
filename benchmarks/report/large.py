"""A large case, the same every time: claim money spreads from cash through companies in many countries."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney import Case

COUNTRIES = ("ES", "IT", "FR", "DE", "PL", "NL", "LU", "CY", "MT", "LV")
STAGES = 8
DEPOSITS = 60


def text(transactions: int = 10_000, accounts: int = 500, seed: int = 1) -> str:
    """A ledger in the words of `fm.sketch`: a third of the accounts are people's, the others companies'."""
    dice = random.Random(seed)  # noqa: S311
    parties = accounts // 2
    lines = [
        f'party P{p} person "Person {p}" {COUNTRIES[p % len(COUNTRIES)]}' if p % 3 == 0
        else f'party P{p} company "Company No. {p} Trading S.L." {COUNTRIES[p % len(COUNTRIES)]}'
        for p in range(parties)
    ]  # fmt: skip
    numbers = [f"{COUNTRIES[a % len(COUNTRIES)]}{10 + a % 90}{a:018d}" for a in range(accounts)]
    lines += [f"account {number} holder=P{a % parties} IBAN {number[:2]}" for a, number in enumerate(numbers)]
    lines += [f"owns P{p - p % 3} P{p} {dice.choice((25, 60, 100))}%" for p in range(parties) if p % 3]
    stage = [range(s * accounts // STAGES, (s + 1) * accounts // STAGES) for s in range(STAGES)]
    for n in range(transactions):
        day = f"2024-{1 + n * 12 // transactions:02d}-{1 + (n * 12 * 28 // transactions) % 28:02d}"
        if n < DEPOSITS:
            to = numbers[dice.choice(stage[0])]
            lines.append(f"{day} cash -> {to} {dice.randrange(5_000, 10_000)}.00 EUR cash seq={n}")
            continue
        at = dice.randrange(STAGES)
        onward = min(STAGES - 1, at + 1) if dice.random() < 0.85 else dice.randrange(STAGES)
        payer, payee = numbers[dice.choice(stage[at])], numbers[dice.choice(stage[onward])]
        amount = f"{dice.randrange(50, 9_000)}.{dice.randrange(100):02d} EUR"
        if at == STAGES - 1 and dice.random() < 0.2:
            payee = "cash"
        if payer != payee:
            lines.append(f'{day} {payer} -> {payee} {amount} seq={n} "Invoice {n} of the year"')
    return "\n".join(lines)


def case(transactions: int = 10_000, accounts: int = 500, seed: int = 1) -> Case:
    """Findings, networks and a trace of the first deposits, in proportion, which spreads the furthest."""
    import followmoney as fm

    graph = fm.FlowGraph(fm.sketch(text(transactions, accounts, seed)))
    claim = graph.ledger.numbered["id"].head(DEPOSITS).to_list()
    trace = fm.trace(graph, claim=claim, rule="pro_rata")
    return fm.Case("LARGE", fm.detect(graph), fm.cluster(graph, "leiden", seed=seed), trace)
