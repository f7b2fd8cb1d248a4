"""Fold: accounts merge by holder and by the person who owns the holder in the end; nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import SettingsError

PEOPLE = """
party P person "Pia Example" ES
party Q person
party A company "A Ltd" LT
party B company
party C trust
"""
ACCOUNTS = """
account a1 holder=A
account a2 holder=A
account b1 holder=B
account p1 holder=P
account c1 holder=C
"""
MONEY = """
2024-03-04 cash -> a1 10.00
2024-03-05 a1 -> a2 9.00
2024-03-06 a2 -> b1 8.00
2024-03-07 b1 -> x 7.00
2024-03-08 x -> p1 6.00
2024-03-09 p1 -> ? 5.00
2024-03-10 p1 -> c1 1.00
"""


def folded(by, *owns):
    return fm.FlowGraph(fm.sketch("\n".join([PEOPLE, ACCOUNTS, *owns, MONEY]))).fold(by)


def owner(company, *owns):
    """The vertex that the only account of a company ends up in."""
    graph = fm.FlowGraph(fm.sketch("\n".join([PEOPLE, f"account t holder={company}", *owns, "2024-03-04 t -> x 1.00"])))
    return graph.fold("beneficial_owner").vertices["id"][0]


def test_accounts_of_one_holder_become_one_vertex() -> None:
    graph = folded("holder")
    assert graph.vertices.columns == ["id", "label", "kind", "country", "accounts", "scheme"]
    assert graph.vertices.rows() == [
        ("(cash EUR)", "(cash EUR)", "account", None, 1, "cash"),
        ("A", "A Ltd", "company", "LT", 2, None),
        ("B", "B", "company", None, 1, None),
        ("x", "x", "account", None, 1, None),
        ("P", "Pia Example", "person", "ES", 1, None),
        ("(unknown EUR)", "(unknown EUR)", "account", None, 1, "unknown"),
        ("C", "C", "trust", None, 1, None),
    ]
    assert graph.to_polars().select("originator", "beneficiary").rows()[:3] == [
        ("(cash EUR)", "A"),
        ("A", "A"),
        ("A", "B"),
    ]


def test_party_is_another_word_for_holder() -> None:
    assert folded("party").vertices.equals(folded("holder").vertices)


def test_cash_and_unknown_ends_stay_outside() -> None:
    assert folded("beneficial_owner").vertices["id"].filter(folded("beneficial_owner").outside).to_list() == [
        "(cash EUR)",
        "(unknown EUR)",
    ]


def test_amounts_times_and_rows_stay_as_they_are() -> None:
    graph = folded("holder")
    flat = fm.FlowGraph(graph.ledger)
    assert graph.amount is flat.amount or (graph.amount == flat.amount).all()
    assert (graph.time == flat.time).all()
    assert (graph.columns.number == flat.columns.number).all()


@pytest.mark.parametrize(
    ("owns", "who"),
    [
        (["owns P A 51%", "owns Q A 49%"], "P"),  # more than half
        (["owns P A 50%", "owns Q A 50%"], "A"),  # a tie
        (["owns P A 25%"], "P"),  # exactly 25 %: article 52 says 25 % or more
        (["owns P A 24.99%"], "A"),
        (["owns P A 30%", "owns Q A 40%"], "Q"),
        (["owns P A 60%", "owns Q A 70%"], "A"),  # the register contradicts itself
        (["owns P B 60%", "owns B A 60%"], "P"),  # a chain: 36 %
        (["owns P B 60%", "owns B A 40%"], "A"),  # a chain: 24 %
        (["owns P B 50%", "owns B A 40%", "owns P C 50%", "owns C A 10%"], "P"),  # two chains: 25 %
        (["owns P B 62.5%", "owns B A 40%"], "P"),
        (["owns P A 20-80%"], "A"),  # at least 20 %
        (["owns P A 60% end=2024-03-04"], "A"),  # no longer held on the day of the last transaction
        (["owns P A 60% end=2024-03-05"], "P"),
        (["owns B A 100%"], "A"),  # nobody behind it
        ([], "A"),
    ],
)
def test_a_company_is_merged_into_the_one_person_who_owns_it_in_the_end(owns, who) -> None:
    assert owner("A", *owns) == who


def test_a_loop_of_companies_is_merged_into_the_person_behind_it() -> None:
    assert owner("A", "owns P A 70%", "owns B A 30%", "owns A B 40%", "owns Q B 60%") == "P"


def test_an_owner_keeps_own_accounts_in_the_same_vertex() -> None:
    graph = folded("beneficial_owner", "owns P A 60%", "owns A B 60%")
    assert graph.vertices.row(1) == ("P", "Pia Example", "person", "ES", 4, None)
    assert graph.vertices["id"].to_list() == ["(cash EUR)", "P", "x", "(unknown EUR)", "C"]


def test_folding_again_starts_from_the_accounts() -> None:
    owns = ("owns P A 60%",)
    again = folded("beneficial_owner", *owns).fold("holder")
    assert again.vertices.equals(folded("holder", *owns).vertices)
    assert (again.originator == folded("holder", *owns).originator).all()


def test_a_part_of_a_fold_is_the_fold_of_the_part() -> None:
    graph = folded("holder")
    one = graph.between("2024-03-06", "2024-03-08")
    other = fm.FlowGraph(graph.ledger).between("2024-03-06", "2024-03-08").fold("holder")
    assert (one.originator == other.originator).all()
    assert one.vertices.equals(other.vertices)


def test_an_account_that_shares_its_id_with_a_party_is_not_merged_with_it() -> None:
    graph = fm.FlowGraph(fm.sketch("party A company\naccount a1 holder=A\n2024-03-04 a1 -> A 1.00")).fold("holder")
    assert graph.vertices["id"].to_list() == ["A", "A (account)"]


def test_a_holder_that_no_register_knows_is_a_vertex_of_unknown_kind() -> None:
    graph = fm.FlowGraph(fm.sketch("account a holder=Z\n2024-03-04 a -> b 1.00")).fold("holder")
    assert graph.vertices.row(0)[:3] == ("Z", "Z", "unknown")


def test_a_ledger_without_holders_folds_to_itself() -> None:
    graph = fm.FlowGraph(fm.sketch("2024-03-04 a -> b 1.00\n2024-03-05 b -> c 1.00"))
    for by in ("holder", "beneficial_owner"):
        assert graph.fold(by).vertices["id"].to_list() == ["a", "b", "c"]
        assert graph.fold(by).originator.tolist() == [0, 1]


def test_an_empty_ledger_folds() -> None:
    assert len(fm.FlowGraph(fm.sketch("party P person")).fold("beneficial_owner")) == 0


def test_an_unknown_fold_names_the_nearest() -> None:
    with pytest.raises(SettingsError, match="Did you mean 'holder'"):
        folded("holders")


MOVES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=9)


@given(st.lists(st.sampled_from("PQR"), min_size=4, max_size=4), MOVES)
def test_it_equals_a_plain_twin(holders, money) -> None:
    lines = [f"account {i} holder={h}" for i, h in enumerate(holders) if h != "R"] + ["party P person"]
    lines += [f"2024-03-04 {a} -> {b} 1.00" for a, b in money if a != b]
    if not any(a != b for a, b in money):
        return
    graph = fm.FlowGraph(fm.sketch("\n".join(lines)))
    of = {str(i): h if h != "R" else str(i) for i, h in enumerate(holders)}
    merged = graph.fold("holder")
    names, flat = merged.vertices["id"].to_list(), graph.vertices["id"].to_list()
    assert [names[v] for v in merged.originator] == [of[flat[v]] for v in graph.originator]
    assert [names[v] for v in merged.beneficiary] == [of[flat[v]] for v in graph.beneficiary]
    assert len(set(names)) == len(names)
    seen = [v for pair in zip(merged.originator, merged.beneficiary, strict=True) for v in pair]
    touched = list(dict.fromkeys(seen))
    assert touched == sorted(touched)
    assert merged.vertices["accounts"].sum() == len(flat)


def test_renaming_accounts_changes_nothing_but_names() -> None:
    text = f"{PEOPLE}{ACCOUNTS}{MONEY}"
    renamed = text.replace("a1", "zz").replace("b1", "aa").replace("p1", "mm")
    one, other = (fm.FlowGraph(fm.sketch(t)).fold("holder") for t in (text, renamed))
    assert one.vertices.equals(other.vertices)
    assert (one.originator == other.originator).all()
