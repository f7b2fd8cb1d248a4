"""What every tracing rule must obey, today's and tomorrow's: run over the catalogue."""

from dataclasses import replace

import polars as pl
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from random_ledgers import ACCOUNTS, Drawn, drawn
from random_tapes import tapes

import followmoney as fm
from followmoney.tracing import catalogue
from followmoney.tracing._lots import tidy
from followmoney.tracing._sweep import each, sweep
from followmoney.tracing._tape import added
from followmoney.tracing.rule import Draw, Lot, Settlement


def traces(text, claim, until=None):
    """One trace a rule; what is prepared for one is the same for every other."""
    first = fm.trace(fm.FlowGraph(fm.sketch(text)), claim, until=until)
    found = {}
    for name, rule in catalogue().items():
        outcomes = each(first.record.tape, rule())
        found[name] = replace(first, chosen=rule(), outcome=added(outcomes), outcomes=outcomes)
    return found


def same(one, other):
    assert_frame_equal(one.holders(), other.holders())
    assert_frame_equal(one.exits(), other.exits())


@given(ledger=drawn())
@examples(20)
def test_claim_money_is_neither_made_nor_lost(ledger):
    for trace in traces(ledger.text(), ledger.claim).values():
        table = trace.reconciliation()
        assert table["difference"].to_list() == [0] * len(table)
        assert trace.makes_money or table["beyond"].to_list() == [0] * len(table)
        assert dict(table.filter(pl.col("claimed") > 0).select("currency", "claimed").iter_rows()) == trace.claimed
        assert (trace.moved <= trace.graph.amount).all()
        assert (trace.moved >= 0).all()


@given(tape=tapes())
def test_the_claim_in_a_purse_is_between_nothing_and_its_balance(tape):
    for rule in catalogue().values():
        outcome = sweep(tape, rule())
        assert (outcome.claim >= 0).all()
        assert (outcome.claim <= outcome.balance.clip(min=0))[~tape.outside].all()


@given(ledger=drawn(), data=st.data())
@examples(15)
def test_the_order_of_rows_in_files_changes_nothing(ledger, data):
    shuffled = data.draw(st.permutations(ledger.transactions))
    other = traces(ledger.text(shuffled), ledger.claim)
    for rule, trace in traces(ledger.text(), ledger.claim).items():
        same(trace, other[rule])
        assert trace.moved.tolist() == other[rule].moved.tolist()


@given(ledger=drawn())
@examples(15)
def test_renaming_accounts_changes_nothing_but_names(ledger):
    names = dict(zip(ACCOUNTS, ("Zoe", "Yan", "Xin", "Wim"), strict=True))

    def renamed(lines):
        return tuple(" ".join(names.get(word, word) for word in line.split(" ")) for line in lines)

    other = traces("\n".join(renamed(ledger.statements + ledger.transactions)), ledger.claim)
    for rule, trace in traces(ledger.text(), ledger.claim).items():
        assert trace.moved.tolist() == other[rule].moved.tolist()
        keys = ["account", "currency", "balance", "claim"]
        here = trace.holders().select(keys).with_columns(pl.col("account").replace(names)).sort(keys)
        assert_frame_equal(here, other[rule].holders().select(keys).sort(keys))
        assert trace.reconciliation().equals(other[rule].reconciliation())


@given(ledger=drawn(), data=st.data())
@examples(15)
def test_what_comes_later_never_changes_what_was_before(ledger, data):
    day = data.draw(st.sampled_from([line[:10] for line in ledger.transactions]))
    before = Drawn(
        tuple(line for line in ledger.statements if not line.startswith("asset")),
        tuple(line for line in ledger.transactions if line[:10] <= day), ledger.claim,
    )  # fmt: skip
    names = {line.split("#")[1].split()[0] for line in before.transactions}
    claim = [name for name in ledger.claim if name in names]
    if claim:
        other = traces(before.text(), claim)
        whole = before.text([*ledger.transactions])
        for rule, trace in traces(whole, claim, until=day).items():
            same(trace, other[rule])
            assert trace.moved[: len(before.transactions)].tolist() == other[rule].moved.tolist()
            assert not trace.moved[len(before.transactions) :].any()


@given(ledger=drawn())
@examples(15)
def test_an_unrelated_transaction_changes_nothing(ledger):
    other = traces(ledger.text([*ledger.transactions, "2024-02-01T00:00 Q -> R 5.00 #x1"]), ledger.claim)
    for rule, trace in traces(ledger.text(), ledger.claim).items():
        same(trace, other[rule])
        assert_frame_equal(trace.transactions().drop("row"), other[rule].transactions().drop("row"))


@given(ledger=drawn())
@examples(15)
def test_the_account_statement_ends_where_the_holders_stand(ledger):
    for trace in traces(ledger.text(), ledger.claim).values():
        settled = issubclass(catalogue()[trace.rule], Settlement)
        if trace.makes_money and not settled:  # says nothing of single movements
            continue
        held = {(a, c): (b, k) for a, c, b, k in trace.holders()["account", "currency", "balance", "claim"].iter_rows()}
        for account in set(ACCOUNTS) & set(trace.graph.vertices["id"]):
            statement = trace.ledger(account)
            assert (statement["claim"] >= 0).all()
            assert (statement["claim"] <= statement["balance"].clip(lower_bound=0)).all()
            assert settled or "settlement" not in statement["kind"]
            for currency, balance, claim in statement.group_by("currency").agg(
                pl.col("balance", "claim").last()
            ).iter_rows():  # fmt: skip
                assert held.get((account, currency), (balance, 0)) == (balance, claim)


lots = st.lists(st.builds(Lot, st.integers(0, 3), st.integers(1, 50)), min_size=1, max_size=8)


@given(held=lots, data=st.data())
def test_a_rule_splits_what_is_held_and_makes_no_money(held, data):
    for rule in catalogue().values():
        if not issubclass(rule, Draw) or not rule.conserving:
            continue
        own = tidy(held, ordered=rule.ordered)
        amount = data.draw(st.integers(0, sum(lot.amount for lot in own)))
        leaves, stays = rule().take(own, amount)
        assert sum(lot.amount for lot in leaves) == amount
        assert all(lot.amount >= 0 for lot in [*leaves, *stays])
        assert tidy([*leaves, *stays], ordered=False) == tidy(own, ordered=False)


def test_every_rule_says_what_a_reader_must_know():
    for name, rule in catalogue().items():
        assert rule.name == name == rule.__module__.rsplit(".", 1)[1]
        assert rule.__doc__ is not None
        for word in ("Favours:", "Source:", "Mistakes:"):
            assert word in rule.__doc__
