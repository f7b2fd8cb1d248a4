"""A statement adds up by the entries that stand on it, whatever other statements say and whatever was refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from iso_samples import OTHER, OWN, balance, detail, document, entry, statement

import followmoney as fm
from followmoney.ledger.coverage import coverage

PERIOD = "<FrToDt><FrDtTm>2024-03-01T00:00:00</FrDtTm><ToDtTm>2024-03-31T23:59:59</ToDtTm></FrToDt>"
MT = ":20:S\n:25:{account}\n:28C:1/1\n:60F:C240301EUR{opening}\n{lines}:62F:C240331EUR{closing}\n-\n"
LINE = ":61:2403{day}03{day}D{amount},00NTRFNONREF//{reference}\n:86:/TRTP/SEPA/IBAN/{other}/NAME/Bob/REMI/{text}\n"


def paid(day: str, amount: int, reference: str, other: str, text: str = "rent") -> str:
    return LINE.format(day=day, amount=amount, reference=reference, other=other, text=text)


def mt940(account: str, opening: str, closing: str, *lines: str) -> str:
    return MT.format(account=account, opening=opening, closing=closing, lines="".join(lines))


def camt(opening: str, closing: str, *entries: str) -> str:
    ends = balance("OPBD", opening, "2024-03-01"), balance("CLBD", closing, "2024-03-31")
    return document(statement(*ends, *entries, head=PERIOD))


def check(folder: Path, **files: str) -> dict[str, dict[str, Any]]:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    return {row["account"]: row for row in coverage(fm.load(folder)).iter_rows(named=True)}


def test_what_another_statement_shows_hides_no_missing_entry(tmp_path: Path) -> None:
    out = mt940(OTHER, "900,00", "400,00", paid("04", 500, "R1", OWN))
    found = check(tmp_path, a_sta=out, b_xml=camt("10.00", "508.00", entry("2.00", "DBIT", day="2024-03-20")))
    assert (found[OWN]["movements"], found[OWN]["difference"], found[OWN]["elsewhere"]) == (-200, 50_000, 1)
    assert found[OWN]["finding"] == (
        "its movements do not lead from its opening to its closing balance; 1 payment of its days stands only on the "
        "statement of the other account"
    )
    assert (found[OTHER]["difference"], found[OTHER]["finding"]) == (0, "")


def test_halves_that_cannot_be_paired_leave_each_statement_as_it_is(tmp_path: Path) -> None:
    twice = [paid("04", 500, "R1", OWN), paid("04", 500, "R2", OWN)]
    got = entry("500.00", "CRDT", detail("Bob", OTHER), day="2024-03-05")
    found = check(tmp_path, a_sta=mt940(OTHER, "1000,00", "0,00", *twice), b_xml=camt("10.00", "510.00", got))
    assert [row["difference"] for row in found.values()] == [0, 0]
    assert found[OWN]["finding"] == "2 payments of its days stand only on the statement of the other account"


def test_a_transfer_counts_on_both_statements(tmp_path: Path) -> None:
    out = mt940(OTHER, "900,00", "400,00", paid("04", 500, "R1", OWN))
    got = entry("500.00", "CRDT", detail("Bob", OTHER), day="2024-03-05")
    found = check(tmp_path, a_sta=out, b_xml=camt("10.00", "510.00", got))
    assert [(row["difference"], row["finding"]) for row in found.values()] == [(0, ""), (0, "")]


def test_statements_that_share_the_day_between_them_add_up(tmp_path: Path) -> None:
    one = mt940(OWN, "100,00", "75,00", paid("08", 25, "R1", OTHER)).replace("240331", "240308")
    two = mt940(OWN, "75,00", "65,00", paid("08", 10, "R2", OTHER)).replace("240301", "240308")
    (tmp_path / "a.sta").write_text(one + two)
    found = coverage(fm.load(tmp_path))
    assert found.select("movements", "difference", "shared_days", "carried", "finding").rows() == [
        (-2_500, 0, 0, None, ""), (-1_000, 0, 0, 0, ""),
    ]  # fmt: skip


def test_a_transaction_sent_again_in_other_words_is_taken_once_and_said(tmp_path: Path) -> None:
    one, two = (mt940(OWN, "900,00", "400,00", paid("04", 500, "R1", OTHER, text)) for text in ("one", "1"))
    found = check(tmp_path, a_sta=one, b_sta=two)
    ledger = fm.load(tmp_path)
    wanted = {"difference": 0, "refused": 0, "copies": 2, "finding": "received 2 times"}
    assert {name: found[OWN][name] for name in wanted} == wanted
    (purpose,) = ledger.transactions["purpose"]
    assert purpose.endswith("/REMI/one")
    assert ledger.refused.select("source", "rule").rows() == [("b.sta", "id|wording")]
    assert any("1 rows repeat a transaction in other words" in note for note in ledger.notes)


def test_a_statement_adds_up_with_the_entries_that_were_refused_and_says_so(tmp_path: Path) -> None:
    one, two = (mt940(OWN, "900,00", "400,00", paid("04", 500, "R1", to)) for to in (OTHER, "NL91ABNA0417164300"))
    found = check(tmp_path, a_sta=one, b_sta=two)
    assert [found[OWN][name] for name in ("difference", "refused")] == [0, 1]
    assert "1 row of it was refused, EUR 500.00 where readable" in found[OWN]["finding"]


def test_a_statement_without_balances_says_that_it_cannot_be_told(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(document(statement(entry("2.00"), head=PERIOD)))
    assert coverage(fm.load(tmp_path))["finding"].to_list() == [
        "whether it adds up cannot be told: it states no balances"
    ]


def test_a_statement_that_ends_in_another_currency_than_it_began_in_is_no_crash(tmp_path: Path) -> None:
    begun = ":20:X\n:25:37040044/0532013000\n:28C:1/1\n:60F:C240301EUR100,00\n"
    (tmp_path / "a.sta").write_text(f"{begun}:61:2403010301C10,00NTRFNONREF//B1\n:62F:C240301USD110,00\n-\n")
    assert coverage(fm.load(tmp_path))["finding"].to_list() != [""]
