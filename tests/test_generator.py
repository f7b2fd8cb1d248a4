"""The harbour matter adds up and is what its README says; generated worlds repeat and keep their truth."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from benchmarks.generator.harbour import Matter
from benchmarks.generator.harbour import harbour as tell
from benchmarks.generator.iban import is_valid
from benchmarks.generator.scale import scale
from benchmarks.generator.tables import PLACED, SCHEMAS
from benchmarks.generator.world.planted import KINDS

SHIPPED = Path(__file__).parents[1] / "sample_data" / "harbour"
SCHEMES = 2 * len(KINDS)
TABLES = [name for name in SCHEMAS if not name.startswith("truth_")]


@pytest.fixture(scope="module")
def matter() -> Matter:
    return tell()


@pytest.fixture(scope="module")
def shipped() -> dict[str, pl.DataFrame]:
    return {name: pl.read_parquet(SHIPPED / f"{name}.parquet") for name in TABLES}


@pytest.fixture(scope="module")
def rows(shipped: dict[str, pl.DataFrame]) -> list[dict]:
    return shipped["transactions"].to_dicts()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("world")
    scale(out, 20_000, seed=5, schemes=SCHEMES, parts=3)
    return out


def balance(shipped: dict[str, pl.DataFrame], kind: str) -> dict[str, int]:
    table = shipped["balances"].filter(pl.col("kind") == kind)
    return dict(zip(table["account"], table["amount"], strict=True))


def changes(row: dict) -> list[tuple[str, int]]:
    """What a booked transaction does to either account."""
    if row["status"] != "booked":
        return []
    got = row["amount_received"] or row["amount"]
    ends = [(row["originator"], -row["amount"]), (row["beneficiary"], got)]
    return [(account, change) for account, change in ends if account is not None]


# The harbour matter


def test_telling_it_again_gives_the_shipped_tables(matter: Matter, shipped: dict[str, pl.DataFrame]) -> None:
    assert {name for name in TABLES if not matter.tables[name].equals(shipped[name])} == set()
    assert {name: dict(shipped[name].schema) for name in TABLES} == {name: SCHEMAS[name] for name in TABLES}


def test_another_seed_moves_everyday_life_but_not_the_deposits() -> None:
    one, other = tell(1), tell(2)
    assert not one.tables["transactions"].equals(other.tables["transactions"])
    assert claim_total(one) == claim_total(other) == 22_855_000


def claim_total(matter: Matter) -> int:
    table = matter.tables["transactions"]
    return table.filter(pl.col("id").is_in(matter.truth["claim"]))["amount"].sum()


def test_it_is_small(rows: list[dict]) -> None:
    assert 500 <= len(rows) <= 2_000
    assert [r["id"] for r in rows] == [f"t{n:04d}" for n in range(1, len(rows) + 1)]


def test_every_account_reconciles_to_the_cent(shipped: dict[str, pl.DataFrame], rows: list[dict]) -> None:
    held = Counter(balance(shipped, "opening"))
    for row in rows:
        for account, change in changes(row):
            held[account] += change
    closing = balance(shipped, "closing")
    assert {a: held[a] for a in closing} == closing
    banks = shipped["accounts"].filter(pl.col("scheme") == "IBAN")["id"]
    assert set(banks) == set(closing) == set(balance(shipped, "opening"))


def test_stated_balances_stand_after_the_transaction_they_name(
    shipped: dict[str, pl.DataFrame], rows: list[dict]
) -> None:
    stated = shipped["balances"].filter(pl.col("kind") == "stated").to_dicts()
    held, after = Counter(balance(shipped, "opening")), {}
    for row in rows:
        for account, change in changes(row):
            held[account] += change
            after[account, row["id"]] = held[account]
    assert len(stated) > 20
    assert [after[s["account"], s["after"]] for s in stated] == [s["amount"] for s in stated]


def test_rows_stand_in_booking_order_and_ties_have_a_sequence(rows: list[dict]) -> None:
    order = [(r["booked_at"], r["sequence"] or 0, r["id"]) for r in rows]
    assert order == sorted(order)
    stamps = Counter(r["booked_at"] for r in rows)
    ties = [r for r in rows if stamps[r["booked_at"]] > 1]
    assert len(ties) > 100
    assert [r["id"] for r in ties if r["sequence"] is None] == []


def test_every_reference_exists(shipped: dict[str, pl.DataFrame]) -> None:
    parties, accounts = set(shipped["parties"]["id"]), set(shipped["accounts"]["id"])
    known = set(shipped["transactions"]["id"])
    moved = shipped["transactions"]
    references = [
        (shipped["accounts"]["holder"], parties),
        (shipped["addresses"]["party"], parties),
        (shipped["roles"]["party"], parties),
        (shipped["roles"]["of"], parties | accounts),
        (shipped["interests"]["owner"], parties),
        (shipped["interests"]["owned"], parties),
        (shipped["assets"]["holder"], parties),
        (shipped["assets"]["acquired_by"].explode(empty_as_null=False), known),
        (shipped["balances"]["account"], accounts),
        (shipped["balances"]["after"], known),
        (moved["reverses"], known),
        (moved["originator"], accounts),
        (moved["beneficiary"], accounts),
    ]
    assert [set(column.drop_nulls()) - there for column, there in references] == [set()] * len(references)


@pytest.mark.parametrize("name", ["transactions", "accounts", "parties", "assets"])
def test_no_id_is_used_twice(shipped: dict[str, pl.DataFrame], name: str) -> None:
    assert shipped[name]["id"].is_duplicated().sum() == 0


def test_account_numbers_pass_their_check_digits(shipped: dict[str, pl.DataFrame]) -> None:
    banks = shipped["accounts"].filter(pl.col("scheme") == "IBAN")
    assert [i for i in banks["id"] if not is_valid(i)] == []
    assert banks["institution"].n_unique() >= 3


def test_amounts_are_positive_and_an_open_end_is_cash(rows: list[dict]) -> None:
    assert min(r["amount"] for r in rows) > 0
    assert {r["channel"] for r in rows if r["originator"] is None or r["beneficiary"] is None} == {"cash"}
    assert not [r["id"] for r in rows if r["originator"] is None and r["beneficiary"] is None]


def test_one_payment_is_converted_one_returned_one_pending(rows: list[dict]) -> None:
    assert len([r for r in rows if r["currency_received"]]) == 1
    (back,) = [r for r in rows if r["reverses"]]
    (sent,) = [r for r in rows if r["id"] == back["reverses"]]
    assert (back["originator"], back["beneficiary"], back["amount"]) == (
        sent["beneficiary"],
        sent["originator"],
        sent["amount"],
    )
    assert [r["status"] for r in rows if r["status"] != "booked"] == ["pending"]


def test_the_readme_names_what_is_true(matter: Matter) -> None:
    text = (SHIPPED / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bt\d{4}\b", text))
    everyday = {"takings", "fees", "mortgage", "fee", "truck", "tax", "works"}
    assert {i for label, ids in matter.truth.items() if label not in everyday for i in ids} - named == set()
    claimed = text[text.index("**The claim**") : text.index("| what |")]
    assert re.findall(r"\bt\d{4}\b", claimed) == matter.truth["claim"]
    assert f"{matter.tables['transactions'].height:,} transactions" in text
    villa = sum(matter.tables["transactions"].filter(pl.col("id").is_in(matter.truth["villa"]))["amount"].to_list())
    assert villa == 28_500_000


def in_the_villa(shipped: dict[str, pl.DataFrame], matter: Matter, rule: str) -> Fraction:
    """A plain sweep: the claim part of each payment by the rule; what goes into a thing that is bought stays in it."""
    things = shipped["assets"].filter(pl.col("kind") != "receivable")["acquired_by"].explode().to_list()
    held = {a: (Fraction(max(0, b)), Fraction(0)) for a, b in balance(shipped, "opening").items()}
    sent: dict[str, Fraction] = {}
    for row in shipped["transactions"].to_dicts():
        if row["status"] != "booked":
            continue
        payer, payee, amount = row["originator"], row["beneficiary"], Fraction(row["amount"])
        part = amount if row["id"] in matter.truth["claim"] else Fraction(0)
        if payer is not None:
            whole, claim = held[payer]
            used = min(amount, whole)
            take = {
                "lowest_balance": max(Fraction(0), used - (whole - claim)),
                "pro_rata": claim * used / whole if whole else Fraction(0),
                "taint_first": min(claim, used),
            }[rule]
            part = sent[row["reverses"]] if row["reverses"] else take
            held[payer] = (whole - used, claim - part)
        sent[row["id"]] = part
        if payee in held:
            rate = Fraction(row["amount_received"] or row["amount"], row["amount"])
            whole, claim = held[payee]
            held[payee] = (whole + amount * rate, claim + (0 if row["id"] in things else part * rate))
    return sum((sent[i] for i in matter.truth["villa"]), Fraction(0))


@pytest.mark.parametrize("rule", ["lowest_balance", "pro_rata", "taint_first"])
def test_the_readme_says_how_much_of_the_claim_is_in_the_villa(
    shipped: dict[str, pl.DataFrame], matter: Matter, rule: str
) -> None:
    text = (SHIPPED / "README.md").read_text(encoding="utf-8")
    cents = round(in_the_villa(shipped, matter, rule))
    assert f"{rule.replace('_', ' ')} {cents / 100:,.2f}" in text


# Generated worlds


def whole(folder: Path) -> pl.DataFrame:
    return pl.read_parquet(folder / "transactions" / "*.parquet")


def test_the_same_seed_gives_the_same_world(world: Path, tmp_path: Path) -> None:
    scale(tmp_path, 20_000, seed=5, schemes=SCHEMES, parts=3)
    files = sorted(p.relative_to(world) for p in world.rglob("*.parquet"))
    assert files == sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*.parquet"))
    assert [f for f in files if not pl.read_parquet(world / f).equals(pl.read_parquet(tmp_path / f))] == []


def test_another_seed_gives_another_world(world: Path, tmp_path: Path) -> None:
    scale(tmp_path, 20_000, seed=6, schemes=SCHEMES, parts=3)
    assert not whole(tmp_path).equals(whole(world))


def test_a_world_has_exactly_the_transactions_asked_for_in_order(world: Path) -> None:
    table = whole(world)
    assert dict(table.schema) == PLACED
    assert table["id"].to_list() == [f"t{n:09d}" for n in range(1, 20_001)]
    assert table["booked_at"].is_sorted()


def test_a_world_reconciles_and_its_references_exist(world: Path) -> None:
    table, accounts = whole(world), pl.read_parquet(world / "accounts.parquet")
    balances = pl.read_parquet(world / "balances.parquet")
    held = Counter(dict(balances.filter(pl.col("kind") == "opening").select("account", "amount").iter_rows()))
    for row in table.to_dicts():
        for account, change in changes(row):
            held[account] += change
    assert dict(balances.filter(pl.col("kind") == "closing").select("account", "amount").iter_rows()) == held
    assert set(table["originator"].drop_nulls()) | set(table["beneficiary"].drop_nulls()) <= set(accounts["id"])
    assert set(accounts["holder"]) == set(pl.read_parquet(world / "parties.parquet")["id"])


def test_a_world_numbers_its_accounts_well(world: Path) -> None:
    accounts = pl.read_parquet(world / "accounts.parquet")
    assert accounts["id"].is_duplicated().sum() == 0
    assert [i for i in accounts.filter(scheme="IBAN")["id"] if not is_valid(i) or len(i) != 22] == []
    assert set(accounts["scheme"]) == {"IBAN", "BBAN", "wallet"}


def test_papers_name_payments_and_parties_that_there_are(world: Path) -> None:
    trades, assets = pl.read_parquet(world / "trades.parquet"), pl.read_parquet(world / "assets.parquet")
    table, parties = whole(world), set(pl.read_parquet(world / "parties.parquet")["id"])
    paid = [*trades["transaction"].drop_nulls(), *assets["acquired_by"].explode()]
    assert set(paid) <= set(table["id"])
    assert set(table["reference"].drop_nulls()) <= set(trades["document"])
    assert {*trades["seller"], *trades["buyer"].drop_nulls(), *assets["holder"]} <= parties


def test_registers_speak_of_parties_that_there_are_and_shares_stay_within_the_whole(world: Path) -> None:
    parties = set(pl.read_parquet(world / "parties.parquet")["id"])
    interests, roles = pl.read_parquet(world / "interests.parquet"), pl.read_parquet(world / "roles.parquet")
    assert {*interests["owner"], *interests["owned"], *roles["party"]} <= parties
    assert interests.group_by("owned").agg(pl.col("share_min").sum())["share_min"].max() <= 1.0


def test_planted_rows_are_in_the_world(world: Path) -> None:
    schemes = pl.read_parquet(world / "truth" / "truth_schemes.parquet")
    members = pl.read_parquet(world / "truth" / "truth_members.parquet")
    assert schemes.height == SCHEMES
    assert set(schemes["pattern"]) == {kind.__name__ for kind in KINDS}
    found = members.join(whole(world), left_on="transaction", right_on="id", how="inner")
    assert found.height == members.height
    spans = found.group_by("scheme").agg(first=pl.col("booked_at").min(), last=pl.col("booked_at").max())
    assert spans.sort("scheme").equals(schemes.select("scheme", "first", "last").sort("scheme"))


def test_planted_schemes_are_what_they_are_called(world: Path) -> None:
    schemes = pl.read_parquet(world / "truth" / "truth_schemes.parquet")
    members = pl.read_parquet(world / "truth" / "truth_members.parquet")
    rows = members.join(schemes, on="scheme").join(whole(world), left_on="transaction", right_on="id")
    for (pattern, _), group in rows.sort("booked_at").group_by("pattern", "scheme", maintain_order=True):
        payer, payee, amount = group["originator"], group["beneficiary"], group["amount"]
        match pattern:
            case "structuring":
                assert payee.n_unique() == 1
                assert payer.null_count() == len(payer) >= 3
                assert amount.is_between(800_000, 999_999).all()
            case "layering":
                assert payer[1:].equals(payee[:-1].rename(payer.name))
                assert payee[-1] != payer[0]
            case "cycle":
                assert set(payer) == set(payee)
                assert payer.n_unique() == payee.n_unique() == len(payer) >= 3
            case "fan_in":
                assert (payee.n_unique(), payer.n_unique()) == (1, len(payer))
            case "fan_out":
                assert (payer.n_unique(), payee.n_unique()) == (1, len(payee))
            case "scatter_gather":
                middle = group.filter(pl.col("role") == "out")["beneficiary"]
                assert set(middle) == set(group.filter(pl.col("role") == "in")["originator"])
            case "cash_out_cluster":
                assert group["terminal"].n_unique() == 1
                assert payer.n_unique() == len(payer) >= 3
            case "funnel_account":
                places = {kind: set(part["place"]) for (kind,), part in group.group_by("role")}
                assert len(places["in"]) >= 3
                assert not places["in"] & places["out"]
            case "round_trip":
                assert all(i.startswith("DE") for i in (payer[0], payee[-1]))
                assert not any(i.startswith("DE") for i in payer.unique().drop_nulls() if i != payer[0])
            case "high_risk_corridor":
                assert payer.n_unique() == 1
                assert not payee.str.starts_with("DE").any()
            case "crypto_off_ramp":
                came, gone = (group.filter(pl.col("role") == role)["amount"].sum() for role in ("in", "out"))
                assert 0 < gone <= came
            case _:
                pass


def test_a_mules_account_was_opened_shortly_before_it_is_used(world: Path) -> None:
    schemes = pl.read_parquet(world / "truth" / "truth_schemes.parquet").filter(pl.col("pattern") == "mule")
    rows = pl.read_parquet(world / "truth" / "truth_members.parquet").join(schemes, on="scheme")
    paid = rows.filter(pl.col("role") == "in").join(whole(world), left_on="transaction", right_on="id")
    accounts = pl.read_parquet(world / "accounts.parquet")
    used = paid.group_by(id="beneficiary").agg(pl.col("booked_at").dt.date().min()).join(accounts, on="id")
    assert len(used) == len(schemes)
    age = (used["booked_at"] - used["opened"]).dt.total_days()
    assert age.is_between(0, 90).all()


def test_a_world_too_small_for_its_schemes_says_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Ask for fewer with --schemes"):
        scale(tmp_path, 300, accounts=600, schemes=24)
