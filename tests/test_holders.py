"""The least and the most beside each holder and exit; holders of a party or a country together, by one flow each."""

import pytest

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.tracing import _holders

MIXED = """
party P person "Ana Example" ES
party Q person "Ben Example" PT
account A1 holder=P ES
account A2 holder=P PT
account B holder=Q PT
asset V vehicle "Car" holder=P ES by=buy
2024-01-01 ? -> A1 50.00
2024-01-02 ? -> A1 100.00 #c
2024-01-03 A1 -> A2 60.00
2024-01-04 A1 -> B 60.00
2024-01-05 A2 -> Shop 20.00 #buy
2024-01-06 B -> cash 10.00
2024-01-07 B -> X 10.00
"""


def trace(text=MIXED, claim=("c",), rule="pro_rata", **options):
    return fm.trace(fm.FlowGraph(fm.sketch(text)), claim if isinstance(claim, dict) else list(claim), rule, **options)


def test_each_holder_and_exit_has_what_holds_under_every_rule():
    its = trace()
    table = {(kind, name): tuple(ends) for kind, name, _, *ends in its.all_bounds().iter_rows()}
    for row in its.holders().iter_rows(named=True):
        assert (row["least"], row["most"]) == table["account", row["account"]]
        assert row["least"] <= row["claim"] <= row["most"]
    for row in its.exits().iter_rows(named=True):
        assert (row["least"], row["most"]) == table[row["kind"], row["to"]]
    columns = its.holders().columns
    assert columns[columns.index("claim") :][:3] == ["claim", "least", "most"]
    assert not any("would take long" in note for note in its.notes)


@pytest.mark.parametrize(("by", "groups"), [("party", ("P", "Q")), ("country", ("ES", "PT"))])
def test_a_party_or_a_country_is_bounded_as_one_with_its_assets(by, groups):
    its = trace()
    found = {row[by]: row for row in its.holders(by).iter_rows(named=True)}
    for name in groups:
        ends = its.bounds(name)
        assert (found[name]["least"], found[name]["most"]) == (ends.least, ends.most)
        assert ends.least <= found[name]["claim"] <= ends.most


def test_the_most_of_a_party_is_not_the_sum_of_the_mosts_of_its_accounts():
    text = "party P person\naccount A holder=P\naccount B holder=P\n"
    its = trace(text + "2024-01-01 ? -> A 100.00\n2024-01-02 ? -> A 100.00 #c\n2024-01-03 A -> B 100.00")
    assert its.holders().select("least", "most").rows() == [(0, 10_000), (0, 10_000)]
    assert its.holders("party").select("least", "most").rows() == [(10_000, 10_000)]


def test_a_party_has_its_accounts_and_assets_counted_and_its_last_movement():
    its = trace()
    found = {row["party"]: row for row in its.holders("party").iter_rows(named=True)}
    assert (found["P"]["name"], found["P"]["country"], found["P"]["accounts"], found["P"]["assets"]) == (
        "Ana Example", "ES", 2, 1,
    )  # fmt: skip
    assert str(found["P"]["last_moved"])[:10] == "2024-01-05"
    assert found["P"]["balance"] == 7_000
    held, things = its.holders().filter(holder="P")["claim"].sum(), its.exits().filter(kind="asset")["claim"].sum()
    assert found["P"]["claim"] == held + things
    assert found[None]["accounts"] == 1  # X, of no known holder
    whole = its.holders("party")["claim"].sum()
    assert whole == its.holders()["claim"].sum() + things == its.holders("country")["claim"].sum()


def test_claimants_keep_their_columns_when_taken_together():
    its = trace(MIXED + "2024-01-08 ? -> A1 5.00 #d", {"Ana": ["c"], "Ben": ["d"]})
    found = its.holders("party")
    assert found.columns[-2:] == ["claim_Ana", "claim_Ben"]
    assert (found["claim_Ana"] + found["claim_Ben"]).equals(found["claim"].rename("claim_Ana"))
    ben = its.of("Ben").holders().row(0, named=True)
    assert (ben["account"], ben["claim"], ben["least"], ben["most"]) == ("A1", 500, 500, 500)


def test_what_one_payment_bought_for_two_parties_is_certain_for_neither():
    text = """
        party P person "Ana Example" ES
        party Q person "Ben Example" ES
        asset V vehicle holder=P by=buy
        asset W vessel holder=Q by=buy
        account A holder=P
        2024-01-01 ? -> A 100.00 #c
        2024-01-02 A -> Shop 60.00 #buy
    """
    found = {row["party"]: row for row in trace(text).holders("party").iter_rows(named=True)}
    assert (found["P"]["least"], found["P"]["claim"], found["P"]["most"]) == (4_000, 4_000, 10_000)
    assert [found[None][name] for name in ("least", "claim", "most")] == [6_000, 6_000, 6_000]


def test_where_it_would_take_long_it_is_left_open_and_said(monkeypatch):
    monkeypatch.setattr(_holders, "_WORK", 10)
    its = trace()
    assert its.holders()["least"].null_count() == len(its.holders()) - 1
    assert its.holders("country")["most"].null_count() == 2
    assert "3 of 4 holders would take long here; ask bounds" in its.notes[-1]
    monkeypatch.setattr(_holders, "_MOST_TRANSACTIONS", 3)
    its = trace()
    assert its.exits()["most"].null_count() == len(its.exits())
    assert "The least and the most of the holders would take long" in its.notes[-1]


def test_an_unknown_way_to_group_is_answered_with_the_nearest():
    with pytest.raises(SettingsError, match="Did you mean 'party'"):
        trace().holders("partie")
