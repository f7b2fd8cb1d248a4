"""Beneficial owners: who by which article, how surely, through what; what stays unknown; who is never an owner."""

import polars as pl
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.graph import _kernels
from followmoney.graph._interests import in_force
from followmoney.graph.beneficial import beneficial_owners
from followmoney.graph.ownership import effective

PERSONS, COMPANIES = ("P1", "P2", "P3"), ("C1", "C2", "C3", "C4")


def ledger(*lines, persons="PQR"):
    return fm.sketch("\n".join([*(f"party {p} person" for p in persons), *lines]))


def articles(*lines, sure=True, **asked):
    frame = beneficial_owners(ledger(*lines), **asked).frame
    return set(frame.filter(pl.col("certain") == sure).select("company", "person", "article").iter_rows())


def of(company, *lines, **asked):
    return {(person, article) for at, person, article in articles(*lines, **asked) if at == company}


def test_a_quarter_or_more_is_an_interest_and_control_of_a_large_holder_too() -> None:
    lines = ("owns P A 60%", "owns A T 40%", "owns P T 5%", "owns Q H 51%", "owns H T 30%", "owns R T 25%")
    assert of("T", *lines) == {("P", "52(1)"), ("R", "52(1)"), ("Q", "54(a)")}
    found = beneficial_owners(ledger(*lines), companies=["T"])
    assert set(found.frame["company"]) == {"T"}
    row = found.frame.filter(pl.col("person") == "Q").row(0, named=True)
    assert (row["share_min"], row["path"]) == (0.153, "Q → H (51 %) → T (30 %)")
    assert found.gaps.rows() == [("T", None, "no holder of it is stated", 0.307, 0.307)]


def test_an_owner_of_a_company_that_controls_is_one_too() -> None:
    frame = beneficial_owners(ledger("owns P E 30%", "owns Q E 20%", "owns E M 60%", "owns M T 60%")).frame
    row = frame.filter(pl.col("company") == "T").row(0, named=True)
    assert len(frame.filter(pl.col("company") == "T")) == 1
    assert (row["person"], row["article"], row["ground"]) == ("P", "54(b)", "owns 30 % of E, which controls it")
    assert row["path"] == "P → E (30 %), and E → M (60 %) → T (60 %)"


def test_exactly_half_does_not_control() -> None:
    assert of("A", "owns P A 50%") == {("P", "52(1)")}
    assert of("A", "owns P A 50.0001%") == {("P", "52(1)"), ("P", "53(2)(c)")}


def test_a_band_that_begins_at_half_is_more_than_half() -> None:
    assert of("A", "owns P A 50-75%") == {("P", "52(1)"), ("P", "53(2)(c)")}


def test_holdings_of_companies_under_one_control_count_together() -> None:
    lines = ("owns P A 51%", "owns P B 51%", "owns A T 26%", "owns B T 25%", "owns Q T 24%")
    assert of("T", *lines) == {("P", "52(1)"), ("P", "53(2)(c)")}
    assert of("T", "owns P A 51%", "owns P B 51%", "owns A T 15%", "owns B T 10%") == {("P", "54(a)")}


def test_more_than_half_over_all_chains_is_control_without_control_of_any() -> None:
    assert ("P", "53(2)(c)") in of("T", "owns P T 40%", "owns P A 45%", "owns A T 50%")


@pytest.mark.parametrize(
    ("line", "article"),
    [
        ("owns P A 60% votingRights", "53(3)(a)"),
        ("owns P A appointmentOfBoard", "53(3)(b)"),
        ("owns P A 75-100% appointmentOfBoard", "53(3)(b)"),
        ("owns P A otherInfluenceOrControl", "53(4)"),
    ],
)
def test_control_without_shares(line, article) -> None:
    assert ("P", article) in of("A", line)
    assert ("P", "53(2)(c)") in of("B", line, "owns A B 51%")


def test_the_right_to_appoint_a_few_of_the_board_is_not_control() -> None:
    assert of("A", "owns P A 10-25% appointmentOfBoard") == set()


def test_shares_vote_where_no_votes_are_stated() -> None:
    lines = ("owns P A 90%", "owns Q A 10%", "owns P A 10% votingRights", "owns Q A 90% votingRights")
    assert of("A", *lines) == {("P", "52(1)"), ("P", "53(2)(c)"), ("Q", "52(1)"), ("Q", "53(3)(a)")}
    frame = beneficial_owners(ledger("owns P A 30%")).frame
    assert frame.select("share_min", "votes_min").row(0) == (0.3, 0.3)


def test_what_only_the_most_shares_reach_is_not_certain() -> None:
    assert articles("owns P A 20-60%", sure=False) == {("A", "P", "52(1)"), ("A", "P", "53(2)(c)")}
    assert articles("owns P A 20-60%") == set()
    assert articles("owns P A", sure=False) == {("A", "P", "52(1)"), ("A", "P", "53(2)(c)")}


def test_lower_thresholds_hold_for_their_sectors_only() -> None:
    lines = ("party A company sector=64.20", "party B company sector=10.1", "owns P A 15%", "owns P B 15%")
    assert articles(*lines) == set()
    assert articles(*lines, lower={"64": 0.15}) == {("A", "P", "52(1)")}
    assert articles(*lines, lower={"64": 0.15, "64.2": 0.2}) == set()
    assert articles(*lines, threshold=0.1) == {("A", "P", "52(1)"), ("B", "P", "52(1)")}


def test_a_lower_threshold_holds_for_what_a_register_states_as_indirect_too() -> None:
    lines = ("party A company sector=64.20", "owns P A 20% indirect", "owns Q B 20% indirect")
    assert articles(*lines) == set()
    assert articles(*lines, lower={"64": 0.15}) == {("A", "P", "52(1)")}


@pytest.mark.parametrize("threshold", [0, 25, -0.1])
def test_a_threshold_is_a_share(threshold) -> None:
    with pytest.raises(SettingsError, match="give a share above 0 and up to 1"):
        beneficial_owners(ledger(), threshold=threshold)


def test_a_nominee_holds_for_his_principal() -> None:
    found = beneficial_owners(ledger("role N P nominee", "owns N A 60%", "owns Q A 40%", persons="PQN"))
    assert set(found.frame.select("company", "person").iter_rows()) == {("A", "P"), ("A", "Q")}
    assert found.frame["path"][0] == "P → N (nominee) → A (60 %)"
    before = ledger("role N P nominee end=2024-01-01", "owns N A 60%", persons="PN")
    assert set(beneficial_owners(before, "2024-01-01").frame["person"]) == {"N"}


def test_a_nominee_of_several_holds_for_any_of_them() -> None:
    lines = ("role N P nominee", "role N Q nominee", "party N person", "owns N A 60%")
    assert articles(*lines) == set()
    assert articles(*lines, sure=False) >= {("A", "P", "52(1)"), ("A", "Q", "52(1)")}


def test_a_nominee_of_nobody_named_is_a_gap() -> None:
    found = beneficial_owners(ledger("role P A nominee", "owns P A 60%", "owns Q A 40%"))
    assert set(found.frame["person"]) == {"Q"}
    assert found.gaps.row(0) == ("A", "P (as nominee)", "held as nominee; for whom is not stated", 0.6, 0.6)
    only = beneficial_owners(ledger("party A company", "role P A nominee", "owns Q A 100%"))
    assert only.gaps.rows() == [("A", "P", "held as nominee; for whom is not stated", None, None)]


def test_whoever_is_named_in_a_trust_is_behind_what_it_holds() -> None:
    lines = ("party S trust", "owns R S otherInfluenceOrControl", "owns S T 40%")
    assert of("T", *lines) == {("R", "55")}
    assert ("R", "58") in of("S", *lines)
    assert of("T", *lines[:2], "owns S T 20%") == set()


def test_what_a_register_states_as_indirect_counts_where_no_chain_shows_it() -> None:
    assert of("T", "owns P T 30% indirect") == {("P", "52(1)")}
    frame = beneficial_owners(ledger("owns P T 30% indirect", "owns P A 90%", "owns A T 60%")).frame
    assert frame.filter(pl.col("company") == "T")["share_min"].to_list() == [0.54, 0.54]


def test_directors_are_named_where_nobody_is_certain_and_own_nothing() -> None:
    lines = ("party A company", "party B company", "role P A director", "role P B director", "owns Q B 30%")
    found = beneficial_owners(ledger(*lines))
    assert found.officials.rows() == [("A", "P")]
    assert set(found.frame["person"]) == {"Q"}


def test_gaps_are_named_and_measured() -> None:
    lines = ("party H company", "party G public_body", "owns H T 40%", "owns G T 30%", "owns P T 20%", "owns Z T 5%")
    gaps = beneficial_owners(ledger(*lines), companies=["T"]).gaps
    assert gaps.drop("company", "share_max").rows() == [
        ("H", "no owner of it is stated", 0.4), ("G", "a public body, which nobody owns", 0.3),
        ("Z", "nothing is known of it", 0.05), (None, "no holder of it is stated", 0.05),
    ]  # fmt: skip


def test_companies_that_only_own_each_other_are_a_gap() -> None:
    gaps = beneficial_owners(ledger("owns X Y 100%", "owns Y X 100%", "owns Y T 70%", "owns P T 30%")).gaps
    assert set(gaps.select("company", "share_min").iter_rows()) == {("X", 1.0), ("Y", 1.0), ("T", 0.7)}


def test_more_than_the_whole_is_shown_and_not_changed() -> None:
    found = beneficial_owners(ledger("owns P A 60%", "owns Q A 60%"))
    assert found.oversubscribed.rows() == [("A", 1.2)]
    assert found.frame["share_min"].unique().to_list() == [0.6]
    assert found.notes[0] == "Shares add up to more than the whole, and are used as stated, in A (120 %)."
    assert "is only what stays" in found.notes[1]
    assert set(found.frame.select("article", "certain").iter_rows()) == {("52(1)", True), ("53(2)(c)", False)}


def test_votes_above_the_whole_are_said_and_make_no_majority_certain() -> None:
    lines = [f"owns {p} A 75-100% votingRights" for p in "PQR"]
    found = beneficial_owners(ledger(*lines, "owns A T 100%"))
    assert found.notes[1] == "Voting rights add up to more than the whole, and are used as stated, in A (225 %)."
    assert not found.frame["certain"].any()
    assert set(found.frame["company"]) == {"A", "T"}
    assert found.frame.filter(pl.col("company") == "A")["votes_min"].unique().to_list() == [0.75]
    two = beneficial_owners(ledger("owns P A 50-75% votingRights", "owns Q A 50-75% votingRights"))
    assert "in A (more than 100 %)" in two.notes[0]
    assert not two.frame.filter(pl.col("article") == "53(3)(a)")["certain"].any()


def test_whose_votes_are_not_stated_has_from_none_to_as_many_as_his_shares() -> None:
    found = beneficial_owners(ledger("owns P A 60%", "owns P A 60% votingRights", "owns Q A 40%", "owns Q B 30%"))
    votes = found.frame.filter(company="A").select("person", "votes_min", "votes_max").unique().sort("person")
    assert votes.rows() == [("P", 0.6, 0.6), ("Q", 0.0, 0.4)]
    assert found.notes[0].startswith("Votes are stated of some holders only, in A")
    assert found.notes[1] == "No votes are stated in 1 company: shares vote."
    left = beneficial_owners(ledger("owns P A 90% votingRights", "owns Q A 40%")).frame
    assert left.filter(person="Q")["votes_max"].to_list() == [0.1]


def test_circles_and_own_shares_are_named() -> None:
    lines = ("owns P X 70%", "owns Y X 30%", "owns X Y 40%", "owns Q Y 60%", "owns R Z 80%", "owns Z Z 20%")
    for found in (beneficial_owners(ledger(*lines)), fm.owners(ledger(*lines))):
        assert found.notes == (
            "Companies own each other in a circle, which is solved as a whole: X, Y.",
            "Companies hold shares of themselves, which count for their other owners: Z (20 %).",
        )


def test_a_company_that_controls_without_shares_and_has_nobody_behind_it_is_a_gap() -> None:
    lines = ("party A company", "party K company", "owns K A otherInfluenceOrControl")
    assert beneficial_owners(ledger(*lines), companies=["A"]).gaps.rows()[1:] == [
        ("A", "K", "it controls by other means; nobody is known behind it", None, None)
    ]
    known = beneficial_owners(ledger(*lines, "owns P K 60%"), companies=["A"])
    assert known.gaps["at"].to_list() == [None]
    assert known.frame["person"].to_list() == ["P"]


def test_a_company_in_its_own_circle_is_solved() -> None:
    found = beneficial_owners(ledger("owns P X 70%", "owns Y X 30%", "owns X Y 40%", "owns Q Y 60%", "owns X X 0%"))
    shares = {(c, p): s for c, p, s in found.frame.select("company", "person", "share_min").iter_rows()}
    assert shares[("X", "P")] == pytest.approx(35 / 44)
    assert shares[("Y", "Q")] == pytest.approx(15 / 22)
    assert found.gaps.is_empty()


def test_a_day_and_what_was_known_on_a_day() -> None:
    lines = ("owns P A 100% start=2020-01-01 end=2022-06-30", "owns Q A 100% start=2022-06-30")
    assert {p for _, p, _ in articles(*lines, as_of="2022-06-29")} == {"P"}
    assert {p for _, p, _ in articles(*lines, as_of="2022-06-30")} == {"Q"}
    rows = ledger(*lines).interests.with_columns(
        known_from=pl.Series(["2020-01-02", "2023-01-01"]).str.to_date(),
        known_to=pl.Series([None, None], dtype=pl.Date),
    )
    tables = {"interests": rows}
    day, early, late = (pl.Series([d]).str.to_date()[0] for d in ("2022-07-01", "2022-12-31", "2023-01-01"))
    assert in_force(tables, "interests", day, early).is_empty()
    assert in_force(tables, "interests", day, late)["owner"].to_list() == ["Q"]
    assert in_force({"interests": rows.with_columns(known_to=pl.lit(early))}, "interests", day).is_empty()


def test_registers_that_do_not_say_when_they_knew_are_said_so() -> None:
    if "known_from" not in ledger().interests.columns:
        assert "do not say when they knew" in beneficial_owners(ledger("owns P A 60%"), known_on="2024-01-01").notes[0]


def test_no_registers_no_owners() -> None:
    found = beneficial_owners(ledger())
    assert found.frame.columns == [
        "company", "person", "article", "ground", "certain", "share_min", "share_max", "votes_min", "votes_max", "path",
    ]  # fmt: skip
    assert found.frame.is_empty()
    assert "path" not in beneficial_owners(ledger("owns P A 60%"), paths=False).frame.columns


@st.composite
def interests(draw):
    """Holdings between few parties, some of them votes or other control."""
    pairs = draw(st.lists(st.tuples(st.sampled_from([*PERSONS, *COMPANIES]), st.sampled_from(COMPANIES)), max_size=9))
    rows = []
    for owner, owned in sorted({(a, b) for a, b in pairs if a != b}):
        low = draw(st.sampled_from([0, 10, 15, 24, 25, 26, 50, 51, 100]))
        kind = draw(st.sampled_from(["shareholding"] * 4 + ["votingRights", "appointmentOfBoard"]))
        rows.append((owner, owned, kind, low, draw(st.sampled_from([low, 100]))))
    return rows


def plain(rows, end, integrated):
    """Pairs (controller, company) by 53 and by 54(a), as the least fixed point, company by company."""

    def held(owners, company, kind):
        voted = [r[3] for r in rows if r[1] == company and r[2] == "votingRights"]
        wanted = {"shareholding"} if kind == "share" or not voted else {"votingRights"}
        found = sum(r[end] for r in rows if r[0] in owners and r[1] == company and r[2] in wanted)
        if kind == "vote" and voted and end == 4:  # whose votes are not stated has at most as many as his shares
            left = max(0, 100 - sum(voted))
            found += sum(min(r[4], left) for r in rows if r[0] in owners and r[1:3] == (company, "shareholding"))
        return found

    def enough(r):
        return 1e-4 if r[3] == 50 < r[4] and end == 3 else 0

    control, layered = set(), set()
    for who in (*PERSONS, *COMPANIES):
        mine = {who}
        while True:
            new = set()
            for company in COMPANIES:
                rights = [r for r in rows if r[0] in mine and r[1] == company]
                board = any(
                    r[2] == "appointmentOfBoard" and (r[end] > 50 or (r[3] == 50 and r[4] > 50)) for r in rights
                )
                more = sum(enough(r) for r in rights if r[2] != "appointmentOfBoard")
                if company not in mine and (
                    board or held(mine, company, "share") + more > 50 or held(mine, company, "vote") + more > 50
                    or (who, company) in integrated
                ):  # fmt: skip
                    new.add(company)
            if not new:
                break
            mine |= new
        control |= {(who, c) for c in mine - {who}}
        for company in set(COMPANIES) - mine:
            if max(held(mine - {who}, company, k) for k in ("share", "vote")) >= 25:
                layered.add((who, company))
    return control, layered


def fair(rows):
    """Every least share without all that is stated above the whole."""

    def least(r):
        return r[3] + (1e-4 if r[3] == 50 < r[4] else 0)

    found = []
    for r in rows:
        much = sum(least(o) for o in rows if o[1:3] == r[1:3]) - 100
        right = r[2] != "appointmentOfBoard" and much > 1e-7
        found.append((*r[:3], round(max(0, least(r) - much), 9) if right else r[3], r[4]))
    return found


@examples(25)
@given(interests())
def test_what_is_too_much_is_certain_of_nobody(rows) -> None:
    sure = []
    for told in (rows, fair(rows)):
        frame = beneficial_owners(
            ledger(*(f"owns {o} {w} {a}-{b}% {k}" for o, w, k, a, b in told), persons=PERSONS)
        ).frame
        sure.append(frame.filter(pl.col("certain")).select("company", "person", "article"))
    assert sure[0].sort(sure[0].columns).equals(sure[1].sort(sure[1].columns))


@examples(40)
@given(interests().map(fair))
def test_control_equals_a_plain_fixed_point(rows) -> None:
    made = ledger(*(f"owns {o} {w} {a}-{b}% {k}" for o, w, k, a, b in rows), persons=PERSONS)
    frame = beneficial_owners(made).frame
    for end, column in ((3, "_min"), (4, "_max")):
        over = frame.filter((pl.col(f"share{column}") > 0.5 + 1e-9) | (pl.col(f"votes{column}") > 0.5 + 1e-9))
        control, layered = plain(rows, end, set(over.select("person", "company").iter_rows()))
        part = frame.filter(pl.col("certain")) if end == 3 else frame
        by_53 = part.filter(pl.col("article").str.starts_with("53"))
        assert set(by_53.select("person", "company").iter_rows()) == {p for p in control if p[0] in PERSONS}
        by_52 = part.filter(pl.col("article") == "52(1)")
        wanted = part.filter((pl.col(f"share{column}") >= 0.25 - 1e-9) | (pl.col(f"votes{column}") >= 0.25 - 1e-9))
        assert set(by_52.select("person", "company").iter_rows()) >= set(wanted.select("person", "company").iter_rows())
        by_54 = set(part.filter(pl.col("article") == "54(a)").select("person", "company").iter_rows())
        already = set(part.filter(~pl.col("article").str.starts_with("54")).select("person", "company").iter_rows())
        assert by_54 - already == {p for p in layered if p[0] in PERSONS} - already


@examples(20)
@given(interests(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_compiling_change_nothing(rows, random) -> None:
    lines = [f"owns {o} {w} {a}-{b}% {k}" for o, w, k, a, b in rows]
    found = beneficial_owners(ledger(*lines, persons=PERSONS))
    shuffled = ledger(*random.sample(lines, len(lines)), persons=PERSONS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_kernels, "_WORTH_COMPILING", 0)
        again = beneficial_owners(shuffled)
        assert effective(shuffled).equals(effective(ledger(*lines, persons=PERSONS)))
    assert found.frame.equals(again.frame)
    assert found.gaps.equals(again.gaps)


def test_the_tables_asked_are_only_what_is_above() -> None:
    lines = ("owns P A 60%", "owns A T 60%", "owns T D 60%", "owns Q Z 60%")
    whole = beneficial_owners(ledger(*lines)).frame
    for company in "ATDZ":
        part = beneficial_owners(ledger(*lines), companies=[company])
        assert part.frame.equals(whole.filter(pl.col("company") == company))
        assert effective(ledger(*lines), companies=[company]).equals(
            effective(ledger(*lines)).filter(pl.col("company") == company)
        )
