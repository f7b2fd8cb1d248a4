"""Ledgers that the tests of pictures and reports draw: one with everything, and random ones."""

from __future__ import annotations

import random

import followmoney as fm

HARBOUR = """
party P1 person "Ana Kowalska" PL
party P2 person "Jan de Vries" NL
party C1 company "Baltic Trading OÜ" EE
party C2 company "Meridian Invest SRL" RO
party C3 company "Azur Holding SA" LU
party C4 company "Costa Norte S.L." ES
account PL61109010144021 holder=P1 IBAN PL
account PL61109010149920 holder=P1 IBAN PL
account NL91ABNA04174300 holder=P2 IBAN NL
account EE38220022101140 holder=C1 IBAN EE
account LV80BANK00003391 holder=C1 IBAN LV
account RO49AAAA1B318810 holder=C2 IBAN RO
account FR76300060000189 holder=C3 IBAN FR
account GB28NWBK60161331 holder=C3 IBAN GB
account ES91210004182051 holder=C4 IBAN ES
owns P1 C1 100%
owns P2 C2 25-50%
owns C1 C3 60%
owns C2 C3 40%
owns C3 C4 75%
owns C4 C1 5%
role P2 C4 director
asset villa real_estate "Villa, Marbella" holder=C4 600,000.00 EUR by=t17
balance EE38220022101140 2024-03-01 12,000.00 EUR opening
balance ES91210004182051 2024-03-01 180,000.00 EUR opening
2024-03-04T11:24 cash -> PL61109010149920 9,900.00 EUR cash
2024-03-05T08:19 cash -> PL61109010144021 9,900.00 EUR cash
2024-03-05T12:48 cash -> PL61109010144021 9,800.00 EUR cash
2024-03-05T23:40 cash -> PL61109010144021 9,800.00 EUR cash
2024-03-08T04:03 cash -> NL91ABNA04174300 9,800.00 EUR cash
2024-03-12T04:34 PL61109010149920 -> RO49AAAA1B318810 9,800.00
2024-03-13T21:41 NL91ABNA04174300 -> EE38220022101140 9,500.00
2024-03-15T05:46 PL61109010144021 -> EE38220022101140 29,200.00
2024-03-16T21:14 EE38220022101140 -> LV80BANK00003391 36,000.00
2024-03-19T20:57 LV80BANK00003391 -> ES91210004182051 20,000.00
2024-03-20T03:33 LV80BANK00003391 -> FR76300060000189 9,000.00
2024-03-22T16:17 RO49AAAA1B318810 -> FR76300060000189 9,000.00
2024-03-24T10:02 FR76300060000189 -> GB28NWBK60161331 9,000.00 EUR = 7,700.00 GBP
2024-03-26T17:44 FR76300060000189 -> ES91210004182051 8,000.00
2024-03-27T06:12 ES91210004182051 -> EE38220022101140 2,500.00
2024-03-31T13:08 LV80BANK00003391 -> cash 900.00 EUR cash
2024-04-01T12:49 ES91210004182051 -> ES79210008133344 195,000.00
"""

HOSTILE = """
party P1 person "<script>alert(1)</script>" ES
party C1 company "=HYPERLINK(A1) & Söhne" ES
party C2 company "\u05d7\u05d1\u05e8\u05d4 \u202eevil" IL
account A holder=P1 IBAN ES
account +B holder=C1 IBAN ES
account "<img src=x>" holder=C2 IBAN IL
asset @V valuable "-2+3|cmd" holder=C1 100.00 EUR by=t3
owns P1 C1 100%
2024-01-02 cash -> A 1,000.00 EUR cash "</td><script>alert(2)</script>"
2024-01-03 A -> +B 900.00
2024-01-04 +B -> N 100.00 EUR
2024-01-05 +B -> "<img src=x>" 200.00 "javascript:alert(3)"
"""


def harbour(rule: str = "pro_rata") -> fm.Case:
    graph = fm.FlowGraph(fm.sketch(HARBOUR))
    return fm.Case("HARBOUR", trace=fm.trace(graph, claim=["t1", "t2", "t3", "t4", "t5"], rule=rule))


def any_trace(seed: int, accounts: int = 9, payments: int = 25, rule: str = "pro_rata"):
    """A random ledger with holders, circles, several payments of one minute and a claim of three deposits."""
    dice = random.Random(seed)  # noqa: S311
    lines = [f'party P{i} company "Company {"of the North " * (i % 3)}{i}"' for i in range(accounts // 2)]
    lines += [f"account A{i:014d} holder=P{i % (accounts // 2)} IBAN ES" for i in range(accounts)]
    lines += [
        f"2024-01-0{i + 1} cash -> A{i:014d} {dice.randrange(100, 99_999)}.{dice.randrange(10)}5 EUR cash"
        for i in range(3)
    ]
    for i in range(payments):
        payer, payee = dice.sample(range(accounts), 2)
        to = "cash" if dice.random() < 0.1 else f"A{payee:014d}"
        lines.append(
            f"2024-02-{1 + i * 27 // payments:02d} A{payer:014d} -> {to} {dice.randrange(1, 60_000)}.00 seq={i}"
        )
    return fm.trace(fm.FlowGraph(fm.sketch("\n".join(lines))), claim=["t1", "t2", "t3"], rule=rule)
