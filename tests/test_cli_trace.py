"""The command line of a trace: one answer at a time, with names, and with the sum it rests on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_cli import quiet, saved

import followmoney as fm
from followmoney.cli import main
from followmoney.tracing import Trace

__all__ = ["quiet", "saved"]

TEXT = """
party P1 person "Ana Example" ES
party C1 company "Casa S.L." ES
account A holder=P1 IBAN ES
account B holder=C1 IBAN ES
2024-03-01 cash -> A 1,000.00 EUR #t0
2024-03-04 cash -> A 9,000.00 EUR #t1
2024-03-05 cash -> A 6,000.00 EUR #t2
2024-03-06 A -> B 12,000.00 EUR #t3
2024-03-07 B -> cash 2,000.00 EUR #t4
2024-03-08 B -> W 10,000.00 EUR #t5
asset V1 real_estate "Villa" holder=C1 400,000.00 EUR by=t5
"""


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(fm.sketch(TEXT).save(tmp_path_factory.mktemp("trace") / "ledger"))


def rows(capsys: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--compare", "--bounds"], "--compare and --bounds ask for different answers"),
        (["--part", "exits", "--account", "A"], "--part exits and --account ask for different answers"),
        (["--explain", "--compare"], "--compare and --explain ask for different answers"),
        (["--of", "A"], "--of says more about --bounds"),
        (["--order", "fastest"], "--order says more about --to"),
        (["--limit", "3", "--bounds"], "--limit says more about --to"),
        (["--to", "B", "--explain", "--order", "fastest"], "the one strongest way"),
        (["--by", "party", "--compare"], "--by says more about --part holders"),
    ],
)
def test_flags_that_ask_for_different_answers_are_one_sentence(ledger: str, flags: list[str], says: str, capsys: Any):
    assert main(["trace", ledger, "--claim", "t1", *flags]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says in err


@pytest.mark.parametrize("part", ["compare", "bounds"])
def test_a_part_and_its_flag_give_the_same_answer(ledger: str, part: str, capsys: Any):
    found: list[list[dict[str, Any]]] = []
    for flags in (["--part", part], [f"--{part}"], ["--part", part, f"--{part}"]):
        assert main(["trace", ledger, "--claim", "t1", *flags]) == 0
        found.append(rows(capsys))
    assert found[0] == found[1] == found[2] != []


def test_who_is_behind_the_holders(sample: Path, capsys: Any):
    claim = ["--claim-from", "pass_through"]
    assert main(["trace", str(sample), *claim, "--owners"]) == 0
    found = rows(capsys)
    assert {row["article"] for row in found if row["person"]} & {"52(1)", "53(2)(c)"}
    assert main(["trace", str(sample), *claim, "--part", "holders"]) == 0
    assert {row["account"] for row in rows(capsys)} == {row["account"] for row in found}


def test_the_sum_is_printed_with_every_answer_below_tables_or_beside_machine_output(ledger: str, capsys: Any):
    wanted = (
        "Reconciles: EUR 9,000.00 claimed = EUR 4,000.00 held + EUR 5,000.00 left (asset EUR 5,000.00) + EUR 0.00 "
        "discharged + EUR 0.00 lost.\n"
    )
    for flags in (
        [],
        ["--part", "exits"],
        ["--compare"],
        ["--bounds"],
        ["--explain"],
        ["--account", "A"],
        ["--to", "B"],
    ):
        call = ["trace", ledger, "--claim", "t1", "--rule", "lowest_balance", *flags]
        for kind in ("table", "jsonl", "csv"):
            assert main([*call, "--format", kind]) == 0
            out, err = capsys.readouterr()
            assert (out if kind == "table" else err).endswith(wanted)
            assert ("Reconciles" in out) == (kind == "table")
            assert kind != "table" or err == ""


def test_a_trace_that_does_not_add_up_is_exit_code_4(ledger: str, monkeypatch: pytest.MonkeyPatch, capsys: Any):
    right = Trace.reconciliation
    monkeypatch.setattr(Trace, "reconciliation", lambda self: right(self).with_columns(difference=5))
    assert main(["trace", ledger, "--claim", "t1"]) == 4
    assert "Does NOT reconcile" in capsys.readouterr().err


def test_several_claimants_are_kept_apart_and_reconcile_one_by_one(ledger: str, capsys: Any):
    assert main(["trace", ledger, "--claimant", "Ana=t1", "--claimant", "Ben=t2", "--rule", "fifo"]) == 0
    out, err = capsys.readouterr()
    held = [json.loads(line) for line in out.splitlines()]
    assert all(row["claim"] == row["claim_Ana"] + row["claim_Ben"] for row in held)
    assert [line.partition(":")[0] for line in err.splitlines()] == ["Reconciles for Ana", "Reconciles for Ben"]


def test_an_assertion_in_a_file_ends_the_claim_and_is_counted(tmp_path: Path, ledger: str, capsys: Any):
    said = tmp_path / "said.toml"
    said.write_text('[[assertions]]\nkind="good_faith"\nabout=["B"]\nwhy="paid"\nwho="Ana"\nwhen=2024-03-09\n')
    assert main(["trace", ledger, "--claim", "t1", "--assertions", str(said), "--part", "exits"]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["kind"] for line in out.splitlines()] == ["good_faith"]
    assert "good faith EUR" in err


def test_an_assertion_repeats_the_trace_of_a_run_and_is_in_its_report(tmp_path: Path, ledger: str, capsys: Any):
    said = tmp_path / "said.toml"
    said.write_text('[[assertions]]\nkind="fee"\nabout=["t4"]\nwhy="bank charge"\nwho="Ana Lyst"\nwhen=2024-03-09\n')
    call = ["run", ledger, "--claim", "t1,t2", "--out", str(tmp_path / "run")]
    assert main(call) == 0
    assert main([*call, "--assertions", str(said)]) == 0
    done = [(row["stage"], row["state"]) for row in rows(capsys)][6:]
    assert [stage for stage, state in done if state == "done"] == ["trace", "case", "report"]
    assert "Ana Lyst" in (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert "1 assertion of an analyst" in (tmp_path / "run" / "latest.json").parent.joinpath(
        json.loads((tmp_path / "run" / "latest.json").read_text())["trace"], "stage.json"
    ).read_text(encoding="utf-8")
    assert main(["trace", str(tmp_path / "run"), "--part", "exits"]) == 0  # the run remembers what was asserted
    assert "fee" in {row["kind"] for row in rows(capsys)}


def test_claimants_of_a_run_are_in_its_trace(tmp_path: Path, ledger: str, capsys: Any):
    call = ["run", ledger, "--out", str(tmp_path / "run"), "--claimant", "Ana=t1", "--claimant", "Ben=t2"]
    assert main(call) == 0
    assert main(call) == 0
    states = [(row["stage"], row["state"], row["result"]) for row in rows(capsys)]
    assert {state for _, state, _ in states[6:]} == {"kept"}
    assert "for Ana, Ben (2 transactions)" in states[3][2]


def test_bounds_of_several_places_are_of_all_of_them_together(ledger: str, capsys: Any):
    for places, wanted in ((["V1"], (300_000, 900_000)), (["V1", "A", "cash"], (900_000, 900_000))):
        flags = [word for place in places for word in ("--of", place)]
        assert main(["trace", ledger, "--claim", "t1", "--bounds", *flags]) == 0
        out, err = capsys.readouterr()
        found = json.loads(out)
        assert (found["least"], found["most"]) == wanted
        assert "whichever value-conserving tracing rule is adopted" in err


def test_tables_have_names_beside_identifiers(ledger: str, capsys: Any):
    for flags in (["--bounds"], ["--compare"], ["--part", "exits"], ["--to", "V1"], ["--part", "transactions"]):
        assert main(["trace", ledger, "--claim", "t1,t2", *flags, "--format", "table"]) == 0
        out = capsys.readouterr().out
        assert "Villa" in out or "Casa S.L." in out, flags


def test_only_the_sentences(ledger: str, capsys: Any):
    assert main(["trace", ledger, "--claim", "t1", "--explain", "--format", "table"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("EUR 9,000.00 is claimed")
    assert main(["trace", ledger, "--claim", "t1", "--explain"]) == 0
    assert [row["sentence"] for row in rows(capsys)] == said.partition("\n\nReconciles")[0].splitlines()


def test_a_freeze_says_what_it_would_have_kept(ledger: str, capsys: Any):
    call = ["freeze", ledger, "--claim", "t1", "--account", "B", "--at", "2024-03-07"]
    assert main(call) == 0
    booked, frozen = rows(capsys)
    assert (booked["what"], booked["most_there"], booked["most_out"]) == ("as booked", 0, 900_000)
    assert (frozen["what"], frozen["least_there"], frozen["most_out"]) == ("frozen", 500_000, 0)
    assert main([*call, "--part", "stopped"]) == 0
    assert [row["id"] for row in rows(capsys)] == ["t4", "t5"]
    assert main([*call, "--format", "table"]) == 0
    shown = capsys.readouterr().out
    assert "Had B been frozen on 2024-03-07" in shown
    assert "It stops 2 payments, EUR 12,000.00 (t4, t5)." in shown


def test_a_freeze_that_changes_nothing_says_so(ledger: str, capsys: Any):
    call = ["freeze", ledger, "--claim", "t1", "--account"]
    assert main([*call, "B", "--at", "2024-03-09"]) == 0
    assert "No payment of theirs is booked from then on: the freeze would have changed nothing." in (
        capsys.readouterr().err
    )
    unrelated = ["--claim", "t2", "--until", "2024-03-05", "--account", "A", "--at", "2024-03-01"]
    assert main(["freeze", ledger, *unrelated]) == 0
    assert "changed nothing" in capsys.readouterr().err


@pytest.mark.parametrize("by", ["account", "country"])
def test_a_cut_says_whom_to_freeze(ledger: str, by: str, capsys: Any):
    call = ["cut", ledger, "--claim", "t1", "--to", "V1", "--to", "cash", "--by", by]
    assert main(call) == 0
    out, err = capsys.readouterr()
    assert json.loads(out.splitlines()[-1])["left"] == 0
    assert "stops" in err
    assert main([*call, "--format", "table"]) == 0
    shown = capsys.readouterr().out
    assert "Freezing" in shown
    assert ("Casa S.L." in shown or "Ana Example" in shown) == (by == "account")


def test_the_next_document_is_named(ledger: str, capsys: Any):
    assert main(["document", ledger, "--claim", "t1", "--format", "table"]) == 0
    assert "would narrow what is open" in capsys.readouterr().out
    assert main(["document", ledger, "--claim", "t1", "--of", "A"]) == 0
    assert {row["account"] for row in rows(capsys)} <= {"A", "B", "W"}


@pytest.mark.parametrize("call", [["freeze", "--account", "A"], ["freeze", "--at", "2024-03-07"], ["cut"]])
def test_what_a_question_needs_is_asked_for(ledger: str, call: list[str], capsys: Any):
    assert main([call[0], ledger, "--claim", "t1", *call[1:]]) == 2
    assert "requires an argument" in capsys.readouterr().err


def test_the_account_in_a_table_names_transactions_the_opening_and_the_settlement(
    tmp_path: Path, capsys: Any, monkeypatch: Any
):
    monkeypatch.setenv("COLUMNS", "200")
    text = (
        "balance A 2024-03-01 500.00 EUR opening\n2024-03-04 cash -> A 900.00 EUR #t1\n2024-03-05 A -> B 400.00 EUR #t2"
    )
    path = str(fm.sketch(text).save(tmp_path / "ledger"))
    call = ["trace", path, "--claim", "t1", "--rule", "untoc_cap", "--account", "A"]
    assert main([*call, "--format", "table"]) == 0
    shown = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.strip()][2:6]
    assert shown == ["opening", "t1", "t2", "settlement"]
    assert main(call) == 0
    found = rows(capsys)
    assert [(row["kind"], row["id"]) for row in found][::3] == [("opening", None), ("settlement", None)]
    assert main(["trace", path, "--claim", "t1", "--rule", "untoc_cap"]) == 0
    assert found[-1]["claim"] == next(row["claim"] for row in rows(capsys) if row["account"] == "A")
    assert found[-1]["claim"] != found[-2]["claim"]


def test_every_rule_side_by_side_ends_with_totals_and_is_cut_on_a_terminal(ledger: str, capsys: Any, monkeypatch: Any):
    monkeypatch.setattr("followmoney.cli._side_by_side._PLACES", 1)
    call = ["trace", ledger, "--claim", "t1,t2", "--rule", "fifo", "--compare"]
    assert main([*call, "--format", "table"]) == 0
    whole = capsys.readouterr().out
    monkeypatch.setattr("followmoney.cli._terminal.on_terminal", lambda *, error=False: not error)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    assert main([*call, "--format", "table"]) == 0
    cut = capsys.readouterr().out
    assert "of 3 places shown" not in whole
    assert "1 of 3 places shown, those with most by fifo first; the totals are of all." in cut
    for shown in (whole, cut):
        assert shown.count("all 3 places") == 1
    total = cut[cut.index("all 3 places") :]
    assert "EUR 15,000.00" in total.partition("\n\n")[0]
    assert "poison" not in total.partition("\n\n")[0]
    monkeypatch.undo()
    assert main([*call, "--format", "jsonl"]) == 0
    assert [row["kind"] for row in rows(capsys)].count("total") == 0


def test_places_come_by_the_chosen_rule_and_then_by_the_most_of_rules_that_conserve():
    its = fm.trace(fm.FlowGraph(fm.sketch(TEXT)), ["t1"], "fifo")
    table = its.compare()
    assert table["fifo"].to_list() == sorted(table["fifo"], reverse=True)
    other = its.compare(["poison", "pro_rata"])
    assert other["pro_rata"].to_list() == sorted(other["pro_rata"], reverse=True)


def test_sensitivity_names_assets_and_the_rules_it_leaves_out(ledger: str, capsys: Any):
    assert main(["trace", ledger, "--claim", "t1", "--sensitivity"]) == 0
    out, err = capsys.readouterr()
    named = {row["id"]: row["name"] for row in map(json.loads, out.splitlines())}
    assert named["V1"] == "Villa"
    assert "libr_cap, pari_passu, poison, untoc_cap, usc984" in err


def test_accounts_that_do_not_add_up_are_said_with_every_trace(tmp_path: Path, capsys: Any):
    wrong = "statement A 2024-03-01 2024-03-31 opening=0.00 closing=5,000.00"
    right = "statement B 2024-03-01 2024-03-31 opening=0.00 closing=0.00"
    folder = str(fm.sketch(f"{TEXT}{wrong}\n{right}\n").save(tmp_path / "ledger"))
    assert main(["trace", folder, "--claim", "t1"]) == 0
    assert "1 account that held claim money (A) did not add up" in capsys.readouterr().err
    assert main(["trace", folder, "--claim", "t1", "--format", "table"]) == 0
    assert "1 account that held claim money (A) did not add up" in " ".join(capsys.readouterr().out.split())
