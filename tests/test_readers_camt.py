"""Statements of banks are read as they mean it: who paid whom, how much, when, and what the balances were."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from iso_samples import OLD, OTHER, OWN, balance, detail, document, entry, statement

import followmoney as fm
from followmoney.ledger.integrity import integrity


def load(path: Path, *bodies: str | bytes) -> fm.Ledger:
    for number, body in enumerate(bodies):
        data = body if isinstance(body, bytes) else body.encode()
        (path / f"{number}.xml").write_bytes(data)
    return fm.load(path)


def rows(ledger: fm.Ledger, *columns: str) -> list[tuple[object, ...]]:
    frame = ledger.transactions.sort("source", "row")
    return [tuple(row.get(c) for c in columns) for row in frame.iter_rows(named=True)]


def refused(ledger: fm.Ledger) -> list[tuple[str, int, str]]:
    return ledger.refused.select("table", "row", "rule").rows()


def test_version_2_with_a_prefix_and_another_encoding(tmp_path: Path) -> None:
    ledger = load(tmp_path, OLD)
    (row,) = ledger.transactions.to_dicts()
    assert row | {"source": ""} == row | {
        "id": f"{OWN}/2024-03-04/R1", "booked_at": datetime(2024, 3, 3, 23, 30, tzinfo=UTC),
        "value_date": date(2024, 3, 5), "sequence": 1, "originator": OWN, "beneficiary": "012 345", "amount": 9_950,
        "currency": "EUR", "channel": "wire", "purpose": "Invoice 42 RF18 [ultimate creditor: Shell Ltd]",
        "reference": "T9", "side": "originator", "conductor": "Acme Sub", "status": "booked", "source": "", "row": 1,
    }  # fmt: skip
    assert ledger.accounts.select("id", "holder", "scheme", "institution", "country", "currency").rows() == [
        (OWN, f"holder of {OWN}", "IBAN", "COBADEFFXXX", "DE", "EUR"),
        ("012 345", "holder of 012 345", None, "DEUTDEFF", None, None),
    ]
    assert ledger.parties.sort("id")["name"].to_list() == ["Müller & Söhne", "Acme GmbH"]
    assert ledger.balances.select("amount", "kind").rows() == [(100_000, "closing"), (90_050, "closing")]
    assert ledger.tables["statements"].select("start", "end", "opening", "closing").rows() == [
        (date(2024, 3, 1), date(2024, 3, 31), 100_000, 90_050)
    ]
    assert integrity(ledger)["difference"].to_list() == [0]


def test_a_batch_is_one_transaction_a_detail_where_the_details_add_up(tmp_path: Path) -> None:
    three = [detail(f"Payer {n}", e2e=f"E{n}", amount=a) for n, a in enumerate(["10.00", "20.00", "30.00"])]
    short = entry("61.00", "CRDT", *three, ref="B2")
    counted = entry("5.00", "DBIT", "<Btch><NbOfTxs>7</NbOfTxs></Btch>", ref="B3")
    ledger = load(tmp_path, document(statement(entry("60.00", "CRDT", *three, ref="B1"), short, counted)))
    assert rows(ledger, "row", "id", "amount", "reference", "count", "sequence") == [
        (1, f"{OWN}/2024-03-04/B1/1", 1_000, "E0", None, 1),
        (2, f"{OWN}/2024-03-04/B1/2", 2_000, "E1", None, 2),
        (3, f"{OWN}/2024-03-04/B1/3", 3_000, "E2", None, 3),
        (4, f"{OWN}/2024-03-04/B2", 6_100, None, 3, 4),
        (7, f"{OWN}/2024-03-04/B3", 500, None, 7, 5),
    ]
    assert any(note.startswith("1 entry has details that do not add up") for note in ledger.notes)


def test_a_return_and_a_reversal_name_the_one_payment_they_undo(tmp_path: Path) -> None:
    paid = entry("80.00", "DBIT", detail("Supplier", OTHER, side="Cdtr", e2e="E1"), ref="P1")
    back = detail("Supplier", OTHER, e2e="E1", more="<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>")
    wrong = entry("7.00", "CRDT", detail("Payer", e2e="E2"), ref="P2")
    undone = "<RvslInd>true</RvslInd>"
    lone = detail("Nobody", e2e="E9", more="<RtrInf/>")
    ledger = load(
        tmp_path,
        document(
            statement(
                balance("OPBD", "100.00", "2024-03-04"),
                paid,
                entry("80.00", "CRDT", back, ref="P3", day="2024-03-06"),
                wrong,
                entry("7.00", "DBIT", detail("Payer", e2e="E2"), ref="P4", more=undone),
                entry("3.00", "CRDT", lone, ref="P5"),
                balance("CLBD", "103.00", "2024-03-06"),
            )
        ),
    )
    assert rows(ledger, "row", "originator", "beneficiary", "status", "reverses") == [
        (1, OWN, OTHER, "booked", None),
        (2, OTHER, OWN, "booked", f"{OWN}/2024-03-04/P1"),
        (3, "Payer (no account number)", OWN, "booked", None),
        (4, OWN, "Payer (no account number)", "booked", f"{OWN}/2024-03-04/P2"),
        (5, "Nobody (no account number)", OWN, "booked", None),
    ]
    assert integrity(ledger)["difference"].to_list() == [0]
    assert any(note.startswith("1 returned or reversing entry does not lead to one") for note in ledger.notes)


def test_what_is_pending_or_for_information_moves_no_money(tmp_path: Path) -> None:
    some = [entry(ref=f"R{n}", status=f"<Sts>{s}</Sts>") for n, s in enumerate(["PDNG", "INFO", "BOOK", "XXXX"])]
    ledger = load(tmp_path, document(statement(*some)))
    assert rows(ledger, "row", "status") == [(1, "pending"), (2, "pending"), (3, "booked")]
    assert refused(ledger) == [("transactions", 4, "status|enum")]


def test_an_amount_in_another_currency_stands_beside(tmp_path: Path) -> None:
    dollars = '<AmtDtls><InstdAmt><Amt Ccy="USD">110.00</Amt></InstdAmt></AmtDtls>'
    yen = (
        '<AmtDtls><InstdAmt><Amt Ccy="EUR">5.00</Amt></InstdAmt>'
        '<CntrValAmt><Amt Ccy="JPY">800</Amt></CntrValAmt></AmtDtls>'
    )
    ledger = load(
        tmp_path,
        document(
            statement(
                entry("100.00", "DBIT", detail(more=dollars), ref="A"),
                entry("100.00", "CRDT", detail("X"), ref="B", more=dollars),
                entry("5.00", "DBIT", detail(more=yen), ref="C"),
            )
        ),
    )
    assert rows(ledger, "amount", "currency", "amount_received", "currency_received") == [
        (10_000, "EUR", 11_000, "USD"),
        (11_000, "USD", 10_000, "EUR"),
        (500, "EUR", 800, "JPY"),
    ]
    assert integrity(ledger).is_empty()


def test_who_has_no_number_or_no_name(tmp_path: Path) -> None:
    code = "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>CCRD</Cd><SubFmlyCd>CWDL</SubFmlyCd></Fmly></Domn></BkTxCd>"
    twice = [entry(f"{n}.00", "CRDT", detail("Jane Roe"), ref=f"R{n}") for n in (1, 2)]
    ledger = load(
        tmp_path,
        document(statement(*twice, entry("50.00", "DBIT", ref="C", more=code), entry("3.00", "DBIT", ref="D"))),
    )
    assert rows(ledger, "originator", "beneficiary", "channel") == [
        ("Jane Roe (no account number)", OWN, None),
        ("Jane Roe (no account number)", OWN, None),
        (OWN, "(cash EUR)", "cash"),
        (OWN, "(unknown EUR)", None),
    ]
    assert any(note.startswith("1 counterparty is named without an account number") for note in ledger.notes)


def test_holders_keep_their_identifiers_and_the_own_statement_knows_the_name_best(tmp_path: Path) -> None:
    lei = "529900T8BM49AURSDO55"
    company = (
        f"<Pty><Nm>ACME</Nm><Id><OrgId><LEI>{lei}</LEI>"
        "<Othr><Id>DE1</Id><SchmeNm><Cd>TXID</Cd></SchmeNm></Othr></OrgId></Id></Pty>"
    )
    born = (
        "<Nm>Jane</Nm><Id><PrvtId><DtAndPlcOfBirth><BirthDt>1970-01-02</BirthDt></DtAndPlcOfBirth></PrvtId></Id>"
        "<CtryOfRes>ES</CtryOfRes>"
    )
    parties = f"<RltdPties><Cdtr>{company}</Cdtr><CdtrAcct><Id><IBAN>{OTHER}</IBAN></Id></CdtrAcct></RltdPties>"
    person = f"<RltdPties><Dbtr>{born}</Dbtr><DbtrAcct><Id><IBAN>es12</IBAN></Id></DbtrAcct></RltdPties>"
    misnamed = detail("Acme Gesellschaft", OWN, side="Cdtr")
    ledger = load(
        tmp_path,
        document(statement(entry("9.00", "DBIT", misnamed, ref="Z"), own="FR01")),
        document(
            statement(
                entry("1.00", "DBIT", detail(more=parties), ref="A"),
                entry("1.00", "CRDT", detail(more=person), ref="B"),
            )
        ),
    )
    found = ledger.parties.select("id", "kind", "name", "country", "founded", "lei", "vat").sort("id").rows()
    assert (f"LEI {lei}", None, "ACME", None, None, lei, "DE1") in found
    assert ("holder of ES12", "person", "Jane", "ES", date(1970, 1, 2), None, None) in found
    assert (f"holder of {OWN}", None, "Acme GmbH", None, None, None, None) in found
    assert any(note.startswith("1 holder is named differently") for note in ledger.notes)


def test_overlapping_statements_give_each_entry_once(tmp_path: Path) -> None:
    first, second, third = (entry(f"{n}.00", day=f"2024-03-0{n}", ref=r) for n, r in ((1, "A"), (2, ""), (3, "")))
    twice = second + second
    ledger = load(
        tmp_path, document(statement(first, twice, name="1")), document(statement(twice, third, first, name="2"))
    )
    assert rows(ledger, "amount", "sequence") == [(100, 1), (200, 1), (200, 2), (300, 1)]
    assert set(ledger.refused["rule"]) == {"id|unique"}
    assert len(ledger.refused) == 3


def test_statements_of_parts_of_a_day_follow_one_another(tmp_path: Path) -> None:
    morning = statement(entry("1.00", ref="A"), entry("2.00", ref="B"), name="1")
    evening = statement(entry("3.00", ref="C"), name="2")
    ledger = load(tmp_path, document(morning + evening))
    assert rows(ledger, "amount", "sequence") == [(100, 1), (200, 2), (300, 3)]


@pytest.mark.parametrize("divided", [False, True])
def test_what_a_notification_repeats_is_refused_unless_only_it_has_the_payments(tmp_path: Path, divided: bool) -> None:
    two = [detail("P", e2e=f"E{n}", amount="50.00") for n in (1, 2)] if divided else [detail("P")]
    notification = document(
        statement(entry("100.00", "CRDT", *two, ref="A"), tag="Ntfctn"), "BkToCstmrDbtCdtNtfctn", "camt.054.001.08"
    )
    ledger = load(tmp_path, notification, document(statement(entry("100.00", ref="A"), entry("9.00", ref="B"))))
    assert ledger.transactions["amount"].sort().to_list() == ([900, 5_000, 5_000] if divided else [900, 10_000])
    assert ledger.refused.select("source", "rule").rows() == [("1.xml" if divided else "0.xml", "id|unique")]


def test_a_transfer_on_the_statements_of_both_ends_moves_its_money_once(tmp_path: Path) -> None:
    paid = statement(entry("5.00", "DBIT", detail("Zeta", OTHER, side="Cdtr", e2e="E1"), ref="A"))
    got = statement(entry("5.00", "CRDT", detail("Acme GmbH", OWN, e2e="E1"), ref="X"), own=OTHER)
    ledger = load(tmp_path, document(paid), document(got))
    assert ledger.transactions.select("originator", "beneficiary", "amount").rows() == [(OWN, OTHER, 500)]


def test_several_statements_in_a_file_and_their_balances(tmp_path: Path) -> None:
    one = statement(
        balance("OPBD", "10.00", "2024-02-29", "DBIT"), balance("CLAV", "999.00", "2024-03-04"),
        entry("15.00", ref="A"), balance("CLBD", "5.00", "2024-03-04"),
    )  # fmt: skip
    two = statement(balance("OPBD", "0.00", "2024-03-04"), entry("1.00", ref="B"), own=OTHER, name="S2")
    period = "<FrToDt><FrDtTm>2024-03-01T00:00:00</FrDtTm><ToDtTm>2024-03-04T23:59:59</ToDtTm></FrToDt>"
    ledger = load(tmp_path, document(one.replace("<Acct>", f"{period}<Acct>", 1) + two))
    assert ledger.balances.select("account", "at", "amount", "kind").rows() == [
        (OWN, datetime(2024, 3, 1, tzinfo=UTC), -1_000, "opening"),
        (OWN, datetime(2024, 3, 4, tzinfo=UTC), 500, "closing"),
        (OTHER, datetime(2024, 3, 4, tzinfo=UTC), 0, "opening"),
    ]
    assert ledger.tables["statements"].select("account", "start", "end").rows() == [
        (OWN, date(2024, 3, 1), date(2024, 3, 4)),
        (OTHER, date(2024, 3, 4), date(2024, 3, 4)),
    ]
    assert integrity(ledger).filter(pl.col("account") == OWN)["difference"].to_list() == [0]
    assert any(note.startswith("1 balance was not read") for note in ledger.notes)


def test_a_balance_during_the_day_counts_what_stands_before_it(tmp_path: Path) -> None:
    report = statement(balance("ITBD", "5.00", "2024-03-04"), entry("5.00", ref="A"), tag="Rpt")
    later = statement(balance("ITBD", "8.00", "2024-03-04"), entry("3.00", ref="B"), tag="Rpt", name="2")
    ledger = load(tmp_path, document(report + later, "BkToCstmrAcctRpt", "camt.052.001.02"))
    assert ledger.balances.select("kind", "after").rows() == [
        ("stated", f"{OWN}/2024-03-04/A"),
        ("stated", f"{OWN}/2024-03-04/B"),
    ]
    assert integrity(ledger)["difference"].to_list() == [0]


def test_a_statement_that_contradicts_itself_is_named(tmp_path: Path) -> None:
    summary = (
        "<TxsSummry><TtlNtries><NbOfNtries>3</NbOfNtries></TtlNtries>"
        "<TtlCdtNtries><Sum>7.00</Sum></TtlCdtNtries></TxsSummry>"
    )
    body = statement(
        balance("OPBD", "1.00", "2024-03-04"), balance("CLBD", "9.00", "2024-03-04"), summary, entry("5.00")
    )
    notes = " ".join(load(tmp_path, document(body)).notes)
    assert "0.xml: statement S1" in notes
    assert "says that it has 3 entries, and has 1" in notes
    assert "opening balance and booked entries give EUR 6.00, the closing balance is EUR 9.00" in notes
    assert "says that its credits are 7.00 together; those booked are EUR 5.00" in notes


def test_an_entry_that_cannot_be_read_is_refused_with_its_rule_and_the_rest_is_taken(tmp_path: Path) -> None:
    bad = {
        "amount|empty": entry().replace('<Amt Ccy="EUR">100.00</Amt>', ""),
        "amount|dtype": entry("12,50"),
        "amount|decimals": entry("1.005"),
        "currency|empty": entry().replace(' Ccy="EUR"', ""),
        "currency|regex": entry(currency="eur"),
        "direction|empty": entry().replace("<CdtDbtInd>CRDT</CdtDbtInd>", ""),
        "direction|enum": entry(sign="PLUS"),
        "booked_at|dtype": entry(day="2024-02-30"),
        "booked_at|range": entry(day="0204-02-03"),
        "booked_at|empty": entry().replace("BookgDt", "X").replace("ValDt", "X"),
        "amount|min": entry("0.00"),
    }
    ledger = load(tmp_path, document(statement(*bad.values(), entry("1.00", ref="GOOD"))))
    assert [rule for _, _, rule in refused(ledger)] == list(bad)
    assert '"amount": "12,50"' in ledger.refused["values"][1]
    assert rows(ledger, "row", "amount") == [(12, 100)]
    assert ledger.sources.select("rows", "taken").rows() == [(12, 1)]


def test_a_text_cannot_be_cut_by_a_comment(tmp_path: Path) -> None:
    ledger = load(tmp_path, document(statement(entry("1<!-- -->000.<?x y?>0<![CDATA[0]]>"))))
    assert rows(ledger, "amount") == [(100_000,)]


def test_an_envelope_and_any_order_of_files_do_not_matter(tmp_path: Path) -> None:
    inside = document(statement(entry(ref="A"))).split("?>", 1)[1]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    wrapped = load(tmp_path / "a", f"<Envelope><AppHdr><From>X</From></AppHdr>{inside}</Envelope>")
    plain = load(tmp_path / "b", inside.encode("utf-16"))
    assert wrapped.transactions.drop("source").equals(plain.transactions.drop("source"))


def test_addresses_of_parties_in_parts_or_in_lines_stand_once_each(tmp_path: Path) -> None:
    def at(inside: str) -> str:
        return detail("Ann", OTHER, e2e="E").replace("</Nm>", f"</Nm><PstlAdr>{inside}</PstlAdr>")

    parts = "<StrtNm>Rue X</StrtNm><BldgNb>7</BldgNb><PstCd>75001</PstCd><TwnNm>Paris</TwnNm><Ctry>FR</Ctry>"
    lines = "<Ctry>FR</Ctry><AdrLine>7 rue X</AdrLine><AdrLine>75001 Paris</AdrLine>"
    entries = [entry("1.00", "CRDT", at(said), ref=f"R{n}") for n, said in enumerate([parts, lines, parts, "<Ctry/>"])]
    (tmp_path / "a.xml").write_text(document(statement(*entries)))
    ledger = fm.load(tmp_path)
    assert ledger["addresses"].select("party", "street", "postcode", "city", "country").rows() == [
        (f"holder of {OTHER}", "Rue X 7", "75001", "Paris", "FR"),
        (f"holder of {OTHER}", "7 rue X, 75001 Paris", None, None, "FR"),
    ]
    assert len(ledger.refused) == 0


def test_an_entry_in_another_currency_than_its_account_is_said_and_counts_towards_no_balance(tmp_path: Path) -> None:
    ends = balance("OPBD", "10.00", "2024-03-01"), balance("CLBD", "15.00", "2024-03-31")
    some = entry("5.00", "CRDT", ref="A"), entry("7.00", "CRDT", ref="B", currency="USD")
    ledger = load(tmp_path, document(statement(ends[0], *some, ends[1])))
    assert ledger["statements"].select("currency", "movements").rows() == [("EUR", 500)]
    said = f"statement S1 of {OWN}: 1 entry is in another currency than the account and its balances (USD, not EUR): "
    assert [n for n in ledger.notes if "another currency" in n] == [f"0.xml: {said}no balance counts it."]
    dollars = balance("OPBD", "0.00", "2024-03-01", currency="USD")
    ledger = load(tmp_path, document(statement(*ends, dollars, *some, entry("1.00", currency="CHF"))))
    assert any("(CHF, not EUR, USD): no balance counts it." in note for note in ledger.notes)
    ledger = load(tmp_path, document(statement(*ends, entry("4.00", "CRDT"), some[1])))
    assert any("give EUR 14.00, the closing balance is EUR 15.00" in note for note in ledger.notes)
