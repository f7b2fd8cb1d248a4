"""What is wanted of statements, their balances, entries and details."""

from __future__ import annotations

from followmoney.readers._iso_paths import account, agent, party
from followmoney.readers._iso_shape import Shape

_MOVED = {
    "Amt": "Amt",
    "CdtDbtInd": "CdtDbtInd",
    "BkTxCd/Domn/Cd": "domain",
    "BkTxCd/Domn/Fmly/Cd": "family",
    "BkTxCd/Domn/Fmly/SubFmlyCd": "kind",
    "AmtDtls/InstdAmt/Amt": "InstdAmt",
    "AmtDtls/TxAmt/Amt": "TxAmt",
    "AmtDtls/CntrValAmt/Amt": "CntrValAmt",
    "CardTx": "!card",
    "CardTx/POI/Id/Id": "terminal",
    "Chrgs": "!charges",
}
ENTRY = Shape(
    _MOVED
    | {f"{day}{form}": day for day in ("BookgDt", "ValDt") for form in ("/Dt", "/DtTm")}
    | {
        "Sts": "Sts",
        "Sts/Cd": "Sts",
        "Sts/Prtry": "Sts",
        "RvslInd": "RvslInd",
        "NtryRef": "NtryRef",
        "AcctSvcrRef": "AcctSvcrRef",
        "NtryDtls/Btch/NbOfTxs": "NbOfTxs",
        "AddtlNtryInf": "added",
    }
)
REMITTANCE = {
    "RmtInf/Ustrd": "text",
    "RmtInf/Strd/CdtrRefInf/Ref": "creditor_reference",
    "RmtInf/Strd/RfrdDocInf/Nb": "document",
    "RmtInf/Strd/AddtlRmtInf": "further",
}
DETAIL = Shape(
    _MOVED
    | REMITTANCE
    | {f"Refs/{name}": name for name in ("AcctSvcrRef", "EndToEndId", "UETR", "TxId", "InstrId", "ChqNb")}
    | {"RtrInf": "!returned", "AddtlTxInf": "added"}
    | party("RltdPties/Dbtr", "Dbtr")
    | account("RltdPties/DbtrAcct", "Dbtr")
    | agent("RltdAgts/DbtrAgt", "Dbtr")
    | party("RltdPties/Cdtr", "Cdtr")
    | account("RltdPties/CdtrAcct", "Cdtr")
    | agent("RltdAgts/CdtrAgt", "Cdtr")
    | party("RltdPties/UltmtDbtr", "UltmtDbtr")
    | party("RltdPties/UltmtCdtr", "UltmtCdtr")
)
BALANCE = Shape(
    {
        "Tp/CdOrPrtry/Cd": "kind",
        "Tp/Cd": "kind",
        "Amt": "Amt",
        "CdtDbtInd": "CdtDbtInd",
        "Dt": "Dt",
        "Dt/Dt": "Dt",
        "Dt/DtTm": "Dt",
    }
)
HEAD = Shape(
    {
        "Id": "Id",
        "FrToDt/FrDtTm": "from",
        "FrToDt/FrDt": "from",
        "FrToDt/ToDtTm": "to",
        "FrToDt/ToDt": "to",
        **{f"{of}Pgntn/PgNb": "page" for of in ("Stmt", "Rpt", "Ntfctn")},
        **{f"{of}Pgntn/LastPgInd": "last page" for of in ("Stmt", "Rpt", "Ntfctn")},
        "TxsSummry/TtlNtries/NbOfNtries": "NbOfNtries",
        "TxsSummry/TtlCdtNtries/Sum": "TtlCdtNtries",
        "TxsSummry/TtlDbtNtries/Sum": "TtlDbtNtries",
    }
    | account("Acct", "Acct")
    | party("Acct/Ownr", "Acct")
    | agent("Acct/Svcr", "Acct")
)
MESSAGE = Shape({"GrpHdr/MsgPgntn/PgNb": "page", "GrpHdr/MsgPgntn/LastPgInd": "last page"})
