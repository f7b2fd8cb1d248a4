"""Soft links: what is shared by few links; what is shared by many does so only beside something else."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.graph.links import links

OFFICE = 'address {} "Main Street 1" postcode=1000 city=Town BE'


def found(*lines, **asked):
    return links(fm.sketch("\n".join(lines)), **asked)


def test_an_address_in_any_spelling_of_case_links() -> None:
    its = found(OFFICE.format("A"), OFFICE.format("B").replace("Main", "MAIN"), 'address C "Main Street 2" BE')
    assert its.frame.rows() == [("A", "B", "address", "main street 1, 1000, town, BE", 2, False)]


@pytest.mark.parametrize("kind", ["director", "agent", "nominee", "secretary"])
def test_a_post_in_both_links(kind) -> None:
    its = found(f"role P A {kind}", f"role P B {kind}", f"role P C {kind} end=2024-01-01")
    assert its.frame.rows() == [("A", "B", kind, "P", 2, False)]
    assert len(found(f"role P A {kind}", f"role P C {kind} end=2024-01-01", as_of="2023-12-31").frame) == 1


def test_a_signatory_of_accounts_links_their_holders() -> None:
    its = found("account a1 holder=A", "account b1 holder=B", "role P a1 signatory", "role P b1 signatory")
    assert its.frame.rows() == [("A", "B", "signatory", "P", 2, False)]


def test_a_terminal_links_those_who_paid_at_it() -> None:
    money = [f"2024-03-0{n} {a} -> x 1.00 terminal=T1" for n, a in enumerate(("a1", "b1", "b1"), 1)]
    its = found("account a1 holder=A", "account b1 holder=B", *money)
    assert its.frame.rows() == [("A", "B", "terminal", "T1", 2, False)]


def test_a_mass_address_links_nobody_by_itself_and_is_listed() -> None:
    its = found(*(OFFICE.format(name) for name in "ABCD"), "role P A director", "role P B director", most=3)
    assert its.frame.select("party", "other", "what", "mass").rows() == [
        ("A", "B", "address", True), ("A", "B", "director", False),
    ]  # fmt: skip
    assert its.mass.rows() == [("address", "main street 1, 1000, town, BE", 4, 1)]


def test_a_kind_nobody_knows_and_a_link_of_one_are_errors() -> None:
    with pytest.raises(SettingsError, match="Did you mean 'director'"):
        found("party A company", kinds=["directors"])
    with pytest.raises(SettingsError, match="give 2 or more"):
        found("party A company", most=1)


def test_nothing_shared_nothing_linked() -> None:
    assert found("party A company").frame.columns == ["party", "other", "what", "value", "shared_by", "mass"]
    assert found("role P A director").mass.is_empty()


POSTS = st.lists(
    st.tuples(st.sampled_from("PQR"), st.sampled_from("ABCD"), st.sampled_from(["director", "agent"])), max_size=14
)


@given(POSTS, st.integers(2, 4))
def test_it_equals_a_plain_twin(posts, most) -> None:
    has = {}
    for who, company, kind in posts:
        has.setdefault((kind, who), set()).add(company)
    by_few = {pair for c in has.values() if len(c) <= most for pair in combinations(sorted(c), 2)}
    wanted = {
        (a, b, *thing, len(c), len(c) > most)
        for thing, c in has.items()
        for a, b in combinations(sorted(c), 2)
        if len(c) <= most or (a, b) in by_few
    }
    its = found("party A company", *(f"role {w} {c} {k}" for w, c, k in posts), most=most)
    assert its.frame.rows() == sorted(wanted)
    assert set(its.mass.select("what", "value", "parties").iter_rows()) == {
        (*thing, len(c)) for thing, c in has.items() if len(c) > most
    }
