"""Effective ownership: chains multiplied and added, loops solved, days, ranges, gaps, and a plain twin in fractions."""

from fractions import Fraction
from itertools import pairwise

import polars as pl
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.graph import _loops
from followmoney.graph.ownership import effective, owners

PERSONS = ("P1", "P2", "P3")
COMPANIES = ("C1", "C2", "C3", "C4")


def ledger(*lines, persons="PQR"):
    return fm.sketch("\n".join([*(f"party {p} person" for p in persons), *lines]))


def shares(of, as_of=None):
    frame = effective(of, as_of)
    return {(p, c): (low, high) for p, c, low, high in frame.drop("path").iter_rows()}


def exactly(**of):
    return {tuple(k.split("_")): (pytest.approx(float(v), abs=1e-12),) * 2 for k, v in of.items()}


AMLR_52 = ("owns P A 60%", "owns A T 40%", "owns P T 5%", "owns Q H 51%", "owns H T 30%", "owns R T 25%")
LOOP = ("owns P X 70%", "owns Y X 30%", "owns X Y 40%", "owns Q Y 60%")


def test_shares_are_multiplied_along_chains_and_added_over_chains() -> None:
    found = shares(ledger(*AMLR_52))
    assert found == exactly(
        P_A=Fraction(3, 5), P_T=Fraction(29, 100), Q_H=Fraction(51, 100), Q_T=Fraction(153, 1000), R_T=Fraction(1, 4)
    )


def test_a_circular_holding_is_solved() -> None:
    found = shares(ledger(*LOOP))
    assert found == exactly(P_X=Fraction(35, 44), Q_X=Fraction(9, 44), P_Y=Fraction(7, 22), Q_Y=Fraction(15, 22))


def test_a_company_that_owns_some_of_itself_is_owned_by_the_others() -> None:
    assert shares(ledger("owns P X 60%", "owns Q X 20%", "owns X X 20%")) == exactly(P_X=0.75, Q_X=0.25)


def test_the_strongest_chain_is_written_out() -> None:
    found = effective(ledger("owns P A 50%", "owns A T 50%", "owns P B 33.33%", "owns B C 90%", "owns C T 25-40%"))
    path = dict(found.filter(pl.col("person") == "P").select("company", "path").iter_rows())
    assert path["T"] == "P → A (50 %) → T (50 %) and more by other ways"
    assert path["C"] == "P → B (33.33 %) → C (90 %)"


@pytest.mark.parametrize("steps", [40, 41, 1_500])
def test_of_a_long_chain_both_ends_are_written_and_how_much_is_between(steps) -> None:
    names = ["P", *(f"C{n}" for n in range(1, steps + 1))]
    told = ledger(*(f"owns {a} {b} 100%" for a, b in pairwise(names)))
    whole = " → ".join(["P", *(f"{name} (100 %)" for name in names[1:])]).split(" → ")
    shown = whole if steps == 40 else [*whole[:21], f"… {steps - 40:,} more …", *whole[-20:]]
    frame = effective(told)
    path = dict(frame.select("company", "path").iter_rows())
    assert path[names[-1]] == " → ".join(shown)
    assert path["C40"] == " → ".join(whole[:41])
    assert set(frame["share_min"]) == {1.0}
    assert max(map(len, path.values())) < 1_000


def test_of_equal_chains_the_shorter_is_shown_then_the_first_by_name() -> None:
    equal = ["owns P A 50%", "owns A T 50%", "owns P B 50%", "owns B T 50%"]
    longer = ["owns P Z 25%", "owns P Y 100%", "owns Y Z 25%"]
    path = dict(effective(ledger(*equal, *longer)).select("company", "path").iter_rows())
    assert (path["T"], path["Z"]) == (
        "P → A (50 %) → T (50 %) and 25 % by other ways",
        "P → Z (25 %) and 25 % by other ways",
    )


def test_ranges_are_carried_through() -> None:
    assert shares(ledger("owns P A 50-75%", "owns A T 20-40%"))[("P", "T")] == (
        pytest.approx(0.1),
        pytest.approx(0.3),
    )


def test_a_share_that_is_not_stated_is_anything_and_said_so() -> None:
    found = owners(ledger("owns P A", "owns A T 40%"))
    assert found.frame.select("company", "share_min", "share_max").rows() == [("A", 0.0, 1.0), ("T", 0.0, 0.4)]
    assert found.notes == ("1 share is not stated and taken as 0 to 100 %: in A.",)


def test_a_holding_counts_from_its_first_day_and_not_on_its_last() -> None:
    sold = ledger("owns P A 100% start=2020-01-01 end=2022-06-30", "owns Q A 100% start=2022-06-30")
    assert shares(sold, "2019-12-31") == {}
    assert set(shares(sold, "2020-01-01")) == {("P", "A")}
    assert set(shares(sold, "2022-06-29")) == {("P", "A")}
    assert set(shares(sold, "2022-06-30")) == {("Q", "A")}
    assert set(shares(sold)) == {("Q", "A")}
    assert owners(sold, "2022-06-30").notes == ()


def test_only_direct_shareholdings_count() -> None:
    found = owners(ledger("owns P A 60%", "owns A T 50%", "owns P T 30% indirect", "owns Q T 100% votingRights"))
    assert shares(ledger("owns P A 60%", "owns A T 50%"))[("P", "T")] == (pytest.approx(0.3), pytest.approx(0.3))
    assert found.frame["person"].unique().to_list() == ["P"]
    assert found.notes[0] == "1 indirect interest is left out: beside the chains they would count twice."


def test_who_controls_without_shares_is_named_as_left_out() -> None:
    told = ledger("owns Q T 75-100% votingRights", "owns Q T 75-100% votingRights", "owns T S 30%")
    found = owners(told)
    assert found.frame.is_empty()
    assert found.notes[0].endswith("at T: nobody is known to hold shares in them, but some control them.")
    assert "stated of T: see `beneficial_owners` (at the command line `owners --by-law`)" in found.notes[1]
    asked = owners(told, companies=["T"]).notes
    assert asked[0] == "No holder of shares in T is stated."
    assert "--by-law" in asked[1]
    assert not any("--by-law" in note for note in owners(ledger("owns P A 60%", "owns P A 60% votingRights")).notes)


def test_shares_above_the_whole_are_used_as_stated_and_said() -> None:
    found = owners(ledger("owns P A 60%", "owns Q A 60%"))
    assert found.frame["share_min"].to_list() == [0.6, 0.6]
    assert found.notes == ("Shares add up to more than the whole, and are used as stated, in A (120 %).",)


def test_an_owner_of_whom_nothing_is_known_is_a_gap_not_a_person() -> None:
    found = owners(ledger("party H company", "owns H T 40%", "owns G T 30%", "owns P T 30%"))
    assert found.frame["person"].to_list() == ["P"]
    assert found.notes == ("Chains end without a known person at G, H: nobody is known to own them.",)


def test_companies_that_only_own_each_other_have_no_person_behind_them() -> None:
    found = owners(ledger("owns X Y 100%", "owns Y X 100%"))
    assert found.frame.is_empty()
    assert found.notes == (
        "Companies own each other in a circle, which is solved as a whole: X, Y.",
        "Chains end without a known person at X: nobody is known to own them.",
    )


def test_a_loop_that_owns_more_than_itself_has_bounds_only() -> None:
    found = owners(ledger("owns P X 10%", "owns Y X 100%", "owns X Y 100%"))
    low, high = found.frame.filter(pl.col("company") == "X").select("share_min", "share_max").row(0)
    assert 0.1 <= low <= high == 1.0
    assert "The loop through X, Y holds all of itself or more: only bounds are given for it." in found.notes


def test_nobody_holds_shares_in_a_person() -> None:
    found = owners(ledger("owns A P 50%", "owns Q A 100%"))
    assert shares(ledger("owns A P 50%", "owns Q A 100%")) == exactly(Q_A=1)
    assert found.notes == ("1 interest is left out: nobody holds shares in a natural person.",)


def test_no_interests_no_rows() -> None:
    assert effective(ledger()).columns == ["person", "company", "share_min", "share_max", "path"]
    assert effective(ledger()).is_empty()


@st.composite
def holdings(draw):
    """Random holdings with loops; least and most per cent; no company's shares add up to the whole."""
    rows = []
    for company in COMPANIES:
        left = 99
        for owner in draw(st.permutations([*PERSONS, *COMPANIES]))[: draw(st.integers(0, 4))]:
            most = draw(st.integers(0, left))
            left -= most
            if most:
                rows.append((owner, company, draw(st.integers(0, most)), most))
    return rows


def plain(rows):
    """Person, company → share: every equation of share = direct + Σ share · direct written out and eliminated."""
    found = {}
    for person in PERSONS:
        system = [
            [Fraction(int(a == c)) - sum(Fraction(s, 100) for o, w, s in rows if (o, w) == (c, a)) for c in COMPANIES]
            + [sum((Fraction(s, 100) for o, w, s in rows if (o, w) == (person, a)), Fraction())]
            for a in COMPANIES
        ]
        for i in range(len(COMPANIES)):
            pivot = next(r for r in range(i, len(COMPANIES)) if system[r][i])
            system[i], system[pivot] = system[pivot], system[i]
            system[i] = [v / system[i][i] for v in system[i]]
            for r in range(len(COMPANIES)):
                if r != i:
                    system[r] = [a - system[r][i] * b for a, b in zip(system[r], system[i], strict=True)]
        found |= {(person, company): system[i][-1] for i, company in enumerate(COMPANIES)}
    return found


def written(rows):
    return [f"owns {o} {c} {low}-{high}%" for o, c, low, high in rows]


@given(holdings())
def test_it_equals_elimination_in_fractions(rows) -> None:
    low, high = plain([(o, c, a) for o, c, a, _ in rows]), plain([(o, c, b) for o, c, _, b in rows])
    found = shares(ledger(*written(rows), persons=PERSONS))
    assert set(found) == {k for k, v in high.items() if v}
    for k, share in found.items():
        assert share == (pytest.approx(float(low[k]), abs=1e-9), pytest.approx(float(high[k]), abs=1e-9))


@examples(15)
@given(holdings())
def test_sparse_steps_equal_the_dense_solution(rows) -> None:
    made = ledger(*written(rows), persons=PERSONS)
    dense = effective(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_loops, "DENSE", 0)
        assert effective(made).select("person", "company", "path").equals(dense.select("person", "company", "path"))
        steps = effective(made)
    for column in ("share_min", "share_max"):
        assert steps[column].to_list() == pytest.approx(dense[column].to_list(), abs=1e-9)


@examples(15)
@given(holdings(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random) -> None:
    shuffled = random.sample(rows, len(rows))
    assert effective(ledger(*written(shuffled), persons=PERSONS)).equals(
        effective(ledger(*written(rows), persons=PERSONS))
    )


def chains(rows, person):
    """Every chain without repetition: company → [(product of middles, names)]."""
    found, walk = {}, [((person,), 1.0)]
    while walk:
        chain, product = walk.pop()
        for owner, owned, low, high in rows:
            if owner == chain[-1] and owned not in chain:
                longer = (*chain, owned)
                walk.append((longer, product * (low + high) / 200))
                found.setdefault(owned, []).append((product * (low + high) / 200, longer))
    return found


@given(holdings())
def test_no_chain_is_stronger_than_the_one_shown(rows) -> None:
    frame = effective(ledger(*written(rows), persons=PERSONS))
    for person, company, path in frame.select("person", "company", "path").iter_rows():
        every = {c: p for p, c in chains(rows, person)[company]}
        names = tuple(step.split(" (")[0] for step in path.split(" → "))
        several = sum(product > 0 for product, _ in chains(rows, person)[company]) > 1
        round_ = any(a in names[1:] and b in names[1:] and names.index(a) >= names.index(b) for a, b, *_ in rows)
        assert path.endswith(" by other ways") or not several
        assert several or round_ or not path.endswith(" by other ways")
        assert every[names] == pytest.approx(max(every.values()))
