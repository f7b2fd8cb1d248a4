"""Small statements of our own in ISO 20022, in the words of version 2 and of version 8 and later."""

from __future__ import annotations

OWN = "DE89370400440532013000"
OTHER = "FR1420041010050500013M02606"


def document(body: str, message: str = "BkToCstmrStmt", version: str = "camt.053.001.08") -> str:
    return (
        f'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:{version}"><{message}><GrpHdr><MsgId>M'
        f"</MsgId></GrpHdr>{body}</{message}></Document>"
    )


def balance(kind: str, amount: str, day: str, sign: str = "CRDT", currency: str = "EUR") -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{amount}</Amt>'
        f"<CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def statement(*inside: str, own: str = OWN, tag: str = "Stmt", name: str = "S1", head: str = "") -> str:
    account = f"<Acct><Id><IBAN>{own}</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Acme GmbH</Nm></Ownr></Acct>"
    return f"<{tag}><Id>{name}</Id>{head}{account}{''.join(inside)}</{tag}>"


def entry(
    amount: str = "100.00", sign: str = "CRDT", *details: str, day: str = "2024-03-04", ref: str = "", more: str = "",
    status: str = "<Sts><Cd>BOOK</Cd></Sts>", currency: str = "EUR",
) -> str:  # fmt: skip
    named = f"<AcctSvcrRef>{ref}</AcctSvcrRef>" if ref else ""
    inside = f"<NtryDtls>{''.join(details)}</NtryDtls>" if details else ""
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{status}<BookgDt><Dt>{day}</Dt>'
        f"</BookgDt><ValDt><Dt>{day}</Dt></ValDt>{named}{more}{inside}</Ntry>"
    )


def detail(
    name: str = "",
    number: str = "",
    *,
    side: str = "Dbtr",
    e2e: str = "",
    amount: str = "",
    text: str = "",
    more: str = "",
) -> str:
    party = f"<{side}><Pty><Nm>{name}</Nm></Pty></{side}>" if name else ""
    account = f"<{side}Acct><Id><IBAN>{number}</IBAN></Id></{side}Acct>" if number else ""
    return (
        "<TxDtls>"
        + (f"<Refs><EndToEndId>{e2e}</EndToEndId></Refs>" if e2e else "")
        + (f'<Amt Ccy="EUR">{amount}</Amt>' if amount else "")
        + (f"<RltdPties>{party}{account}</RltdPties>" if party or account else "")
        + (f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf>" if text else "")
        + f"{more}</TxDtls>"
    )


OLD = """<?xml version="1.0" encoding="ISO-8859-1"?>
<ns2:Document xmlns:ns2="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><ns2:BkToCstmrStmt>
 <ns2:Stmt><ns2:Id>OLD</ns2:Id>
  <ns2:FrToDt><ns2:FrDtTm>2024-03-01T00:00:00+01:00</ns2:FrDtTm><ns2:ToDtTm>2024-03-31T23:59:59+02:00</ns2:ToDtTm></ns2:FrToDt>
  <ns2:Acct><ns2:Id><ns2:IBAN>DE89 3704 0044 0532 0130 00</ns2:IBAN></ns2:Id><ns2:Ccy>EUR</ns2:Ccy>
   <ns2:Ownr><ns2:Nm>Acme GmbH</ns2:Nm></ns2:Ownr>
   <ns2:Svcr><ns2:FinInstnId><ns2:BIC>COBADEFFXXX</ns2:BIC></ns2:FinInstnId></ns2:Svcr></ns2:Acct>
  <ns2:Bal><ns2:Tp><ns2:CdOrPrtry><ns2:Cd>PRCD</ns2:Cd></ns2:CdOrPrtry></ns2:Tp><ns2:Amt Ccy="EUR">1000.00</ns2:Amt>
   <ns2:CdtDbtInd>CRDT</ns2:CdtDbtInd><ns2:Dt><ns2:Dt>2024-02-29</ns2:Dt></ns2:Dt></ns2:Bal>
  <ns2:Bal><ns2:Tp><ns2:CdOrPrtry><ns2:Cd>CLBD</ns2:Cd></ns2:CdOrPrtry></ns2:Tp><ns2:Amt Ccy="EUR">900.50</ns2:Amt>
   <ns2:CdtDbtInd>CRDT</ns2:CdtDbtInd><ns2:Dt><ns2:Dt>2024-03-31</ns2:Dt></ns2:Dt></ns2:Bal>
  <ns2:Ntry><ns2:Amt Ccy="EUR">99.50</ns2:Amt><ns2:CdtDbtInd>DBIT</ns2:CdtDbtInd><ns2:Sts>BOOK</ns2:Sts>
   <ns2:BookgDt><ns2:DtTm>2024-03-04T00:30:00+01:00</ns2:DtTm></ns2:BookgDt><ns2:ValDt><ns2:Dt>2024-03-05</ns2:Dt></ns2:ValDt>
   <ns2:AcctSvcrRef>R1</ns2:AcctSvcrRef>
   <ns2:BkTxCd><ns2:Domn><ns2:Cd>PMNT</ns2:Cd><ns2:Fmly><ns2:Cd>ICDT</ns2:Cd><ns2:SubFmlyCd>ESCT</ns2:SubFmlyCd></ns2:Fmly></ns2:Domn></ns2:BkTxCd>
   <ns2:NtryDtls><ns2:TxDtls><ns2:Refs><ns2:EndToEndId>NOTPROVIDED</ns2:EndToEndId><ns2:TxId>T9</ns2:TxId></ns2:Refs>
    <ns2:RltdPties><ns2:Cdtr><ns2:Nm>Müller &amp; Söhne</ns2:Nm></ns2:Cdtr>
     <ns2:CdtrAcct><ns2:Id><ns2:Othr><ns2:Id>012 345</ns2:Id></ns2:Othr></ns2:Id></ns2:CdtrAcct>
     <ns2:UltmtDbtr><ns2:Nm>Acme Sub</ns2:Nm></ns2:UltmtDbtr>
      <ns2:UltmtCdtr><ns2:Nm>Shell Ltd</ns2:Nm></ns2:UltmtCdtr></ns2:RltdPties>
    <ns2:RltdAgts><ns2:CdtrAgt><ns2:FinInstnId><ns2:BIC>DEUTDEFF</ns2:BIC></ns2:FinInstnId></ns2:CdtrAgt></ns2:RltdAgts>
    <ns2:RmtInf><ns2:Ustrd>Invoice</ns2:Ustrd><ns2:Ustrd>42</ns2:Ustrd><ns2:Strd><ns2:CdtrRefInf><ns2:Ref>RF18</ns2:Ref></ns2:CdtrRefInf></ns2:Strd></ns2:RmtInf>
   </ns2:TxDtls></ns2:NtryDtls></ns2:Ntry>
 </ns2:Stmt></ns2:BkToCstmrStmt></ns2:Document>""".encode("iso-8859-1")
"""A statement in version 2, with a prefix for its namespace and in Latin letters of one byte."""
