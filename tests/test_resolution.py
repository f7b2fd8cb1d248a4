"""Who is who, by hand: what is the same, what a person must decide, what becomes of it, and what cannot be read."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import followmoney as fm
from followmoney.errors import InputError, SettingsError
from followmoney.resolution import Weights, decisions, rests_on, undone
from followmoney.resolution._identifiers import ibans, usable
from followmoney.resolution._names import parted

POLUX = """
party P1 company "POLUX MANAGEMENT LP" GB
party P2 company "POLUX MANAGEMENT LLP" GB
party P3 company "Polux Management" GB
"""
KELVARO = """
party K1 company "Kelvaro Trading GmbH" DE
party K2 company "KELVARO TRADING Gesellschaft mit beschränkter Haftung" DE
party S company "Shop S.L." ES
account A holder=K1 IBAN DE
account B holder=K2 IBAN DE
account C holder=S IBAN ES
2024-03-04T10:00 A -> C 9,500.00 EUR #t1
2024-03-05T10:00 B -> C 9,500.00 EUR #t2
2024-03-06T10:00 C -> A 100.00 EUR #t3
"""


def decided(left: str, right: str, same: bool) -> fm.Decision:
    return fm.Decision(left, right, same, "Eva", date(2024, 5, 6), "seen in the register")


def form(name: str, country: str | None = None) -> tuple[str, str | None]:
    row = parted(
        pl.DataFrame({"name": [name], "person": [False], "country": [country]}, schema_overrides={"country": pl.String})
    )
    return row["base"][0], row["form"][0]


@pytest.mark.parametrize(
    ("name", "country", "base", "legal_form"),
    [
        ("POLUX MANAGEMENT LP", None, "polux management", "LP"),
        ("Polux Management L.L.P.", None, "polux management", "LLP"),
        ("Müller & Söhne GmbH & Co. KG", None, "muller sohne", "GmbH & Co KG"),
        ("Acme S.à r.l.", None, "acme", "SARL"),
        ("Inversiones Sol, S. L. U.", "ES", "inversiones sol", "SL"),
        ("Inversiones Sol SRL", "ES", "inversiones sol", "SL"),
        ("Sole S.r.l.", "IT", "sole", "Srl"),
        ("Groep SA", "BE", "groep", "NV"),
        ("Groupe SA", "FR", "groupe", "SA"),
        ("Kelvaro Spółka z ograniczoną odpowiedzialnością", None, "kelvaro", "sp zoo"),
        ("\u041e\u041e\u041e Ромашка", None, "romashka", "LLC"),
        ("Αλφα \u0391.\u0395.", "GR", "alfa", "AE"),
        ("Ltd", None, "ltd", None),
        ("", None, "", None),
    ],
)
def test_legal_forms_are_known_however_they_are_written(
    name: str, country: str | None, base: str, legal_form: str | None
) -> None:
    assert form(name, country) == (base, legal_form)


def test_a_person_has_no_legal_form_and_no_title() -> None:
    row = parted(pl.DataFrame({"name": ["Dr. Ana SA"], "person": [True], "country": ["ES"]}))
    assert row.select("base", "form").row(0) == ("ana sa", None)


def test_words_are_put_in_order_however_many_they_are() -> None:
    names = ["", "b", "b a", "a b", "c a b", "b c a", "d c b a", "zeta 2 beta 10 alpha", "b b a", "a\u00e9 a a"]
    read = parted(pl.DataFrame({"name": names, "person": [False] * len(names), "country": ["ES"] * len(names)}))
    assert [" ".join(sorted(base.split(" "))) for base in read["base"]] == read["words"].to_list()
    assert read["numbers"].to_list() == [None] * 7 + ["10 2", None, None]


def test_no_two_spellings_of_a_legal_form_contradict_each_other() -> None:
    import csv
    from importlib.resources import files

    with (files("followmoney.resolution") / "legal_forms.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    keys = [(row["written"], row["country"]) for row in rows]
    assert len(keys) == len(set(keys))
    asked = pl.DataFrame(
        {
            "name": [f"x {row['written']}" for row in rows],
            "person": False,
            "country": [row["country"] or None for row in rows],
        }
    )
    assert parted(asked)["form"].to_list() == [row["form"] for row in rows]


def test_identifiers_that_cannot_be_right_are_none() -> None:
    rows = {
        "lei": ["529900T8BM49AURSDO55", "529900T8BM49AURSDO56", None, None],
        "register_number": ["HRB 001234", "0000", "123", "12345"],
        "vat": ["ESB58378431", "ESB58378432", None, "DE 136,695 976"],
        "country": ["DE", "DE", "GB", None],
    }
    found = usable(pl.DataFrame(rows))
    assert found["lei"].to_list() == ["529900T8BM49AURSDO55", None, None, None]
    assert found["register_number"].to_list() == ["DE:HRB001234", None, None, None]
    assert found["vat"].to_list() == ["ES:B58378431", None, None, "DE:136695976"]
    assert ibans(pl.Series("v", ["ES9121000418450200051332", "ES9121000418450200051333"])).to_list() == [
        "ES9121000418450200051332", None,
    ]  # fmt: skip


def test_an_identifier_that_many_bear_is_a_filler() -> None:
    rows = {"lei": [None] * 21, "register_number": ["98765"] * 21, "vat": [None] * 21, "country": ["GB"] * 21}
    assert (
        usable(pl.DataFrame(rows, schema_overrides={"lei": pl.String, "vat": pl.String}))[
            "register_number"
        ].null_count()
        == 21
    )


def test_another_legal_form_is_never_merged_silently() -> None:
    found = fm.resolve(fm.sketch(POLUX))
    assert not len(found.clusters)
    assert "their legal forms differ" in found.explain("P2", "P1")
    assert found.explain("P1", "P2") == found.explain("P2", "P1")


def test_nor_by_way_of_a_third_that_has_none() -> None:
    weights = Weights.default()
    found = fm.resolve(fm.sketch(POLUX), weights=type(weights)(weights.levels, -9.0, -9.0, 100, "tests"))
    assert not len(found.clusters)
    assert found.conflicts["what"].to_list() == ["legal_form"]
    assert found.conflicts["chain"].to_list() == [["P1", "P3", "P2"]]
    assert "by way of P3 (Polux Management)" in found.conflicts["sentence"][0]
    assert found.pairs["reason"].str.contains("held back").sum() == 2


def test_the_same_name_in_two_spellings_is_the_same_and_the_ledger_says_so() -> None:
    ledger = fm.sketch(KELVARO)
    found = fm.resolve(ledger)
    assert found.clusters.rows() == [("K1", "K1", 2), ("K2", "K1", 2)]
    merged = found.apply()
    assert dict(merged.accounts.select("id", "holder").iter_rows()) == {"A": "K1", "B": "K1", "C": "S"}
    assert merged.parties.equals(ledger.parties)
    assert merged.merges.select("party", "into", "decided_by").rows() == [("K2", "K1", "followmoney")]
    assert merged.merges["reason"][0].startswith("K2 is K1: names same")
    assert any("Parties counted with another" in note for note in merged.notes)
    folded = fm.FlowGraph(merged).fold("holder")
    assert sorted(folded.vertices["id"]) == ["K1", "S"]


def test_a_merge_can_be_undone_exactly_and_outlives_saving(tmp_path: Path) -> None:
    ledger = fm.sketch(KELVARO)
    merged = fm.resolve(ledger).apply()
    again = fm.load(merged.save(tmp_path / "ledger"))
    assert again.merges.equals(merged.merges)
    assert again.fingerprint == merged.fingerprint != ledger.fingerprint
    for one in (merged, again):
        back = undone(one)
        assert {n: f.equals(ledger.tables[n]) for n, f in back.tables.items()} == dict.fromkeys(ledger.tables, True)
        assert (back.fingerprint, back.notes) == (ledger.fingerprint, ledger.notes)
    with pytest.raises(InputError, match="merged before"):
        fm.resolve(ledger).apply(merged)


def test_findings_say_which_merges_they_rest_on() -> None:
    from dataclasses import replace

    from followmoney.finding import EVIDENCE, FINDINGS, Findings

    merged = fm.resolve(fm.sketch(KELVARO)).apply()
    rows = [{"finding": f, "transaction": t} for f, t in (("f1", "t1"), ("f2", "t2"), ("f3", "t3"))]
    found = replace(Findings.empty(), frame=pl.DataFrame(schema=FINDINGS), evidence=pl.DataFrame(rows, schema=EVIDENCE))
    assert rests_on(merged, found).select("finding", "party", "into").rows() == [("f2", "K2", "K1")]
    assert not len(rests_on(fm.sketch(KELVARO), found))


def test_decisions_come_first_and_contradictions_merge_nobody() -> None:
    ledger = fm.sketch(POLUX + KELVARO)
    found = fm.resolve(ledger, [decided("P1", "P2", same=True), decided("K1", "K2", same=False)])
    assert found.clusters.rows() == [("P1", "P1", 2), ("P2", "P1", 2)]
    assert found.explain("K1", "K2").startswith("K1 (Kelvaro Trading GmbH) and K2")
    assert "different, decided by Eva" in found.explain("K1", "K2")
    told = [decided("P1", "P3", same=True), decided("P3", "P2", same=True), decided("P2", "P1", same=False)]
    found = fm.resolve(fm.sketch(POLUX), told)
    assert not len(found.clusters)
    assert found.conflicts.select("what", "chain").rows() == [("decision", ["P1", "P3", "P2"])]
    assert "P2 ≠ P1 (Eva, 2024-05-06: seen in the register)" in found.conflicts["sentence"][0]
    assert any("1 contradictions" in note for note in found.notes)


def test_a_person_and_a_company_that_were_decided_to_be_one_are_said() -> None:
    text = POLUX + 'party X person "Ana Example" ES\nparty Y unknown "A. Example" ES\n'
    joined = fm.resolve(fm.sketch(text), [decided("P1", "Y", same=True), decided("Y", "X", same=True)])
    said = [note for note in joined.notes if "not of one kind" in note]
    assert len(said) == 1
    assert "P1 (company) with X (person) (decided by Eva)" in said[0]
    assert said[0] in joined.apply().notes[-1]
    assert undone(joined.apply()).notes == joined.ledger.notes
    alike = fm.resolve(fm.sketch(POLUX), [decided("P1", "P2", same=True)])
    assert not [note for note in alike.notes if "kind" in note]


def test_two_decisions_of_one_pair_that_contradict_each_other_merge_nobody() -> None:
    found = fm.resolve(fm.sketch(KELVARO), [decided("K1", "K2", same=True), decided("K2", "K1", same=False)])
    assert not len(found.clusters)
    assert found.conflicts["chain"].to_list() == [["K1", "K2"]]


def test_unlike_names_at_one_place_are_not_listed_unless_something_rare_joins_them() -> None:
    told = """
    party A company "Café-Restaurant De Loods" NL
    party B company "Supermarkt De Jutterskist" NL
    account X holder=A IBAN NL
    account Y holder=B IBAN NL
    """
    ledger = fm.sketch(told)
    where = (pl.lit("s").alias("source"), pl.lit(1, dtype=pl.Int64).alias("row"))
    place = pl.DataFrame({"party": ["A", "B"], "postcode": "1781 AA"}).with_columns(*where)
    parties = ledger.parties.with_columns(pl.lit(date(2001, 2, 3)).alias("founded"))
    near = replace(ledger, tables={**ledger.tables, "addresses": place})
    assert not len(fm.resolve(near).pairs)
    assert "not listed" in fm.resolve(near).explain("A", "B")
    born = replace(near, tables={**near.tables, "parties": parties})
    assert fm.resolve(born).review().select("left", "right").rows() == [("A", "B")]


def test_a_name_that_few_would_have_by_chance_speaks_for_a_pair_of_companies_and_for_persons_if_asked_to() -> None:
    others = "".join(f"party X{n} company 'Other{n} Trading{n}' DE\n" for n in range(60)).replace("'", '"')
    pairs = 'party A {0} "Kelvaro Monterrey" DE\nparty B {0} "Kelvaro Monterrey" DE\n'
    rarity = {}
    for kind in ("company", "person"):
        found = fm.resolve(fm.sketch(pairs.format(kind) + others)).pairs.filter(pl.col("left") == "A")
        rarity[kind] = (found["rarity"][0], found["outcome"][0])
    by_chance = math.log2(62 / 2) * 2 - math.log2(62)
    assert rarity["company"] == (round(by_chance * 0.5, 2), "same")
    assert rarity["person"] == (0.0, "review")
    asked = replace(Weights.default(), rare_person=0.33)
    found = fm.resolve(fm.sketch(pairs.format("person") + others), weights=asked).pairs.filter(pl.col("left") == "A")
    assert found["rarity"][0] == round(by_chance * 0.33, 2)
    bare = fm.resolve(fm.sketch(pairs.format("company")), weights=Weights.default()).pairs
    assert bare["rarity"].to_list() == [0.0]  # where there are no others, nothing is rare


def test_of_nearly_the_same_names_the_words_in_common_say_how_rare_they_are() -> None:
    others = "".join(f'party X{n} company "Other{n} Trading{n}" DE\n' for n in range(60))
    pair = 'party A company "Kelvaro Monterrey" DE\nparty B company "{}" DE\n'
    rarity = {}
    for name in ("Kelvarro Monterrey", "Kelvarro Monterey"):
        found = fm.resolve(fm.sketch(pair.format(name) + others)).pairs.filter(pl.col("left") == "A")
        rarity[name] = found["rarity"].to_list()
    alone = math.log2(62)  # what a word says that nobody else has; one like it says less
    assert rarity["Kelvarro Monterrey"] == [round((math.log2(62 / 2) + min(6.0, alone) - alone) * 0.5, 2)]
    assert rarity["Kelvarro Monterey"] == [round((6.0 - alone) * 0.5, 2)]


def test_two_numbers_of_one_register_are_not_for_review_but_under_one_name() -> None:
    told = """
    party A company "DMGT Pension Trustees Limited" GB
    party B company "DMGT Pension Investment Trustees Limited" GB
    party C company "DMGT Pension Trustees Ltd" GB
    account X holder=A IBAN GB
    """
    ledger = fm.sketch(told)
    numbers = pl.Series("register_number", ["03394910", "05418537", "03394999"])
    parties = ledger.parties.sort("id").with_columns(numbers, pl.lit(date(1997, 7, 1)).alias("founded"))
    found = fm.resolve(replace(ledger, tables={**ledger.tables, "parties": parties}))
    assert found.review().select("left", "right").rows() == [("A", "C")]
    assert "their register numbers differ" in found.review()["reason"][0]
    assert "not listed: a register has them as two" in found.explain("A", "B")


def test_of_a_person_it_says_born() -> None:
    ledger = fm.sketch('party A person "Ana Example" ES\nparty B person "Ana Example" ES')
    parties = ledger.parties.with_columns(pl.lit(date(1971, 2, 3)).alias("founded"))
    reason = fm.resolve(replace(ledger, tables={**ledger.tables, "parties": parties})).pairs["reason"][0]
    assert "born +11.97" in reason
    assert "founded" not in reason


def test_a_decision_about_nobody_here_is_said() -> None:
    found = fm.resolve(fm.sketch(KELVARO), [decided("K1", "ELSEWHERE", same=True)])
    assert any("ELSEWHERE" in note for note in found.notes)


def test_spouses_who_hold_one_account_are_not_one() -> None:
    text = """
    party W person "Ana Example" ES
    party M person "Bob Sample" ES
    account "ES9121000418450200051332" holder=W IBAN ES
    account "ES91 2100 0418 4502 0005 1332" holder=M IBAN ES
    """
    found = fm.resolve(fm.sketch(text))
    assert found.review().select("left", "right").rows() == [("M", "W")]
    assert not len(found.clusters)


def test_only_holders_are_asked_for() -> None:
    ledger = fm.sketch(
        KELVARO.replace("account B holder=K2 IBAN DE", "party K3 company 'Kelvaro Trading GmbH' DE").replace("'", '"')
    )
    pairs = {(a, b) for a, b in fm.resolve(ledger, who="holders").pairs.select("left", "right").iter_rows()}
    assert pairs == {("K1", "K2"), ("K1", "K3")}
    with pytest.raises(SettingsError, match="Did you mean 'holders'"):
        fm.resolve(ledger, who="holder")  # type: ignore[arg-type]


HEAD = "left,right,decision,who,when,why\n"


def test_a_file_of_decisions_is_read_and_blank_ones_wait(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text(
        "left,right,left_name,decision,who,when,why\nK1,K2,x,Not same,Eva,2024-05-06,seen\n"
        "'=1,K1,,same,Eva,2024-05-06,seen\nK1,S,,,,,\nK1\n",
        encoding="utf-8-sig",
    )
    assert [(d.left, d.right, d.same) for d in decisions(path)] == [("K1", "K2", False), ("=1", "K1", True)]
    assert not len(fm.resolve(fm.sketch(KELVARO), path).clusters)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "K1,K2,sam,Eva,2024-05-06,seen\n", "row 1: Unknown decision 'sam'. Did you mean 'same'"),
        (HEAD + "K1,K2,same,Eva,2024-05-06,seen\nK1,S,same,,2024-05-06,seen\n", "row 2: .*needs a name"),
        (HEAD + "K1,K2,same,Eva,6.5.2024,seen\n", "row 1: when is '6.5.2024'"),
        (HEAD + "K1,K1,same,Eva,2024-05-06,seen\n", "row 1: .*two parties"),
        ("left,right\n", "has no column 'decision'"),
        ("", "has no column 'left'"),
        ("\0\0\xff", "has no column 'left'"),
    ],
)
def test_a_row_that_decides_nothing_we_know_stops_with_its_number(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "d.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        decisions(path)


def test_what_is_no_decision_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Decisions are a file"):
        fm.resolve(fm.sketch(KELVARO), ["same"])  # type: ignore[list-item]
    with pytest.raises(InputError, match="Cannot read"):
        decisions(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(HEAD.encode() + b"\xe9,K2,same,Eva,2024-05-06,seen\n")
    with pytest.raises(InputError, match="UTF-8"):
        decisions(tmp_path / "latin.csv")


def test_weights_can_be_changed_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "w.toml"
    path.write_text("same = 9.0\n[country.same]\nm = 0.5\nu = 0.5\n", encoding="utf-8")
    found = fm.resolve(fm.sketch(KELVARO), weights=path)
    assert not len(found.clusters)
    assert found.pairs["country"].to_list() == [0.0]
    assert set(found.weights.table()["source"]) == {str(path)}
    for text, said in (
        ("sane = 1", "Did you mean 'same'"),
        ("[country.sam]\nm=1", "Did you mean 'same'"),
        ("[country.same]\nm = 2.0", "must be a share"),
        ("[country.same]\nm = '1'", "must be a number"),
        ("country = 1", "must be a table"),
        ("same = -9.0", "must not be above"),
        ("most = 1", "at least 2"),
        ("rare = 2.0", "must be a share from 0 to 1"),
        ("=", "not a TOML file"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError, match=said):
            Weights.from_toml(path)
    with pytest.raises(SettingsError, match="Cannot read"):
        Weights.from_toml(tmp_path / "none.toml")


def test_explain_answers_for_any_two_and_names_who_is_not_there() -> None:
    found = fm.resolve(fm.sketch(KELVARO))
    assert "different" in found.explain("K1", "S")
    assert found.explain("K1", "K1") == "K1 (Kelvaro Trading GmbH) is one party."
    with pytest.raises(SettingsError, match="Did you mean 'K1'"):
        found.explain("S", "K11")


def test_a_ledger_without_parties_has_nobody_to_resolve() -> None:
    found = fm.resolve(fm.sketch("2024-03-04T10:00 A -> B 1.00 EUR #t1"))
    assert not len(found.pairs)
    assert found.apply() is found.ledger
