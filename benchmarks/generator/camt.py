"""A statement of a year in ISO 20022 (camt.053, version 8), as long as asked for: its balances add up."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

OWN = "DE89370400440532013000"
_COUNTERPARTIES = 20_000
_DAYS = 28


def camt(path: Path, entries: int, seed: int = 1) -> Path:
    """Write the file: twelve statements of one account; the same seed and number give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>\n')
        file.write("<GrpHdr><MsgId>M1</MsgId><CreDtTm>2024-12-31T20:00:00+01:00</CreDtTm></GrpHdr>\n")
        file.writelines(_statements(entries, random.Random(seed)))  # noqa: S311
        file.write("</BkToCstmrStmt></Document>\n")
    return path


def _statements(entries: int, draw: random.Random) -> Iterator[str]:
    balance = 100_000_000
    for month in range(1, 13):
        count = entries * month // 12 - entries * (month - 1) // 12
        movements = [draw.randrange(100, 500_000) * draw.choice((-1, 1)) for _ in range(count)]
        closing = balance + sum(movements)
        yield (
            f"<Stmt><Id>S{month}</Id><FrToDt><FrDtTm>2024-{month:02}-01T00:00:00</FrDtTm>"
            f"<ToDtTm>2024-{month:02}-{_DAYS}T23:59:59</ToDtTm></FrToDt><Acct><Id><IBAN>{OWN}</IBAN></Id><Ccy>EUR</Ccy>"
            "<Ownr><Nm>Acme GmbH</Nm></Ownr><Svcr><FinInstnId><BICFI>COBADEFFXXX</BICFI></FinInstnId></Svcr></Acct>\n"
            + _balance("OPBD", balance, f"2024-{month:02}-01")
            + _balance("CLBD", closing, f"2024-{month:02}-{_DAYS}")
        )
        for number, change in enumerate(movements):
            day = f"2024-{month:02}-{1 + number * _DAYS // count:02}"
            yield _entry(f"{month:02}{number:08}", day, change, draw.randrange(_COUNTERPARTIES))
        yield "</Stmt>\n"
        balance = closing


def _balance(kind: str, amount: int, day: str) -> str:
    sign = "DBIT" if amount < 0 else "CRDT"
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{_money(amount)}</Amt>'
        f"<CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>\n"
    )


def _entry(number: str, day: str, change: int, other: int) -> str:
    sign, side, family = ("DBIT", "Cdtr", "ICDT") if change < 0 else ("CRDT", "Dbtr", "RCDT")
    return f"""   <Ntry>
    <NtryRef>{number}</NtryRef>
    <Amt Ccy="EUR">{_money(change)}</Amt>
    <CdtDbtInd>{sign}</CdtDbtInd>
    <Sts><Cd>BOOK</Cd></Sts>
    <BookgDt><Dt>{day}</Dt></BookgDt>
    <ValDt><Dt>{day}</Dt></ValDt>
    <AcctSvcrRef>REF{number}</AcctSvcrRef>
    <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
    <NtryDtls>
     <TxDtls>
      <Refs><EndToEndId>E2E-{number}</EndToEndId><TxId>TX{number}</TxId></Refs>
      <AmtDtls><TxAmt><Amt Ccy="EUR">{_money(change)}</Amt></TxAmt></AmtDtls>
      <RltdPties>
       <{side}><Pty><Nm>Company number {other} SARL</Nm><PstlAdr><Ctry>DE</Ctry></PstlAdr></Pty></{side}>
       <{side}Acct><Id><IBAN>DE{10 + other % 89:02}37040044{other:010}</IBAN></Id></{side}Acct>
      </RltdPties>
      <RltdAgts><{side}Agt><FinInstnId><BICFI>DEUTDEFFXXX</BICFI></FinInstnId></{side}Agt></RltdAgts>
      <RmtInf><Ustrd>Invoice {number}, thank you for your business</Ustrd></RmtInf>
     </TxDtls>
    </NtryDtls>
   </Ntry>
"""


def _money(amount: int) -> str:
    return f"{abs(amount) // 100}.{abs(amount) % 100:02}"
