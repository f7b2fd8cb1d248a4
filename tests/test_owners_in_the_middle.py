"""Who owns enough of a company that controls (art. 54(b)) equals the plain search; long chains cost what they show."""

import polars as pl
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.graph import _cone, _kernels
from followmoney.graph.beneficial import beneficial_owners
from followmoney.graph.ownership import effective, owners

PEOPLE, COMPANIES = ("P1", "P2"), tuple("ABCDEFGH")


def ledger(holdings):
    lines = [f"owns {a} {b} {share}%" if share else f"owns {a} {b} appointmentOfBoard" for a, b, share in holdings]
    return fm.sketch("\n".join([*(f"party {p} person" for p in PEOPLE), *lines]))


@st.composite
def groups(draw):
    """Holdings mostly along a chain, some of several together or in a circle; 0: the right to appoint the board."""
    rows = []
    for n, company in enumerate(COMPANIES):
        near = COMPANIES[max(0, n - 3) : n] or PEOPLE
        who = st.one_of(st.sampled_from(near), st.sampled_from([*PEOPLE, *COMPANIES]))
        left = 100
        for owner in draw(st.lists(who, max_size=3, unique=True)):
            share = draw(st.sampled_from([0, 20, 30, 30, 51, 60, 100]))
            if owner != company and share <= left:
                rows.append((owner, company, share))
                left -= share
    return rows


def controlled(x, holdings):
    """Everything that a company controls: the least fixed point, company by company."""
    mine = {x}
    while True:
        new = {
            c for c in {*COMPANIES} - mine
            if sum(s for a, b, s in holdings if a in mine and b == c) > 50
            or any(a in mine and b == c and not s for a, b, s in holdings)
        }  # fmt: skip
        if not new:
            return mine - {x}
        mine |= new


@examples(20)
@given(groups(), st.booleans())
def test_owners_of_companies_that_control_equal_the_plain_search(holdings, compiled) -> None:
    made = ledger(holdings)
    with pytest.MonkeyPatch.context() as patch:
        if compiled:
            patch.setattr(_kernels, "_WORTH_COMPILING", 0)
        frame = beneficial_owners(made).frame
    by_middle = pl.col("article") == "54(b)"
    already = set(frame.filter(~pl.col("article").str.starts_with("54")).select("person", "company").iter_rows())
    wanted: dict[tuple[str, str], tuple[str, str]] = {}
    enough = effective(made).filter(pl.col("share_min") >= 0.25 - 1e-9)
    for person, middle, share, path in enough.select("person", "company", "share_min", "path").iter_rows():
        for company in controlled(middle, holdings):
            ground = f"owns {share * 100:.4g} % of {middle}, which controls it"
            pair = (person, company)
            if pair not in already and ground < wanted.get(pair, ("~", ""))[0]:
                wanted[pair] = (ground, f"{path}, and {middle} → ")
    found = frame.filter(by_middle).select("person", "company", "ground", "path")
    assert {(p, c): ground for p, c, ground, _ in found.iter_rows()} == {k: ground for k, (ground, _) in wanted.items()}
    assert all(path.startswith(wanted[p, c][1]) for p, c, _, path in found.iter_rows())


def chain(first, *steps):
    return ledger([("P1", "C0", first), *((f"C{n}", f"C{n + 1}", share) for n, share in enumerate(steps))])


def test_a_long_way_of_control_is_written_by_its_ends() -> None:
    frame = beneficial_owners(chain(30, *[60] * 59), companies=["C40", "C59"]).frame
    short, long = frame["path"].to_list()
    assert (short.count("→"), "…" in short) == (41, False)
    assert long.startswith("P1 → C0 (30 %), and C0 → C1 (60 %)")
    assert " → C20 (60 %) → … 19 more … → C40 (60 %) → " in long
    assert long.endswith("→ C59 (60 %)")


def test_many_companies_in_one_chain_take_no_more_than_they_show(monkeypatch) -> None:
    from followmoney.graph import _control

    seen = []
    plain = _control.Rights.controls
    monkeypatch.setattr(_control.Rights, "controls", lambda *a: seen.append(len((c := plain(*a)).frame)) or c)
    frame = beneficial_owners(chain(30, *[100] * 300, *[60] * 300)).frame
    assert sorted(frame["article"].value_counts().rows()) == [("52(1)", 301), ("54(b)", 300)]
    assert frame["path"].str.len_chars().max() < 1_000
    assert sum(seen) == 0  # P1 controls none, and what companies control is not written out


@pytest.mark.parametrize("what", [owners, beneficial_owners])
def test_what_is_above_one_company_is_found_in_one_walk(what) -> None:
    frame = what(chain(*[100] * 3_000), companies=["C2999"]).frame
    assert set(frame.select("person", "company", "share_min").iter_rows()) == {("P1", "C2999", 1.0)}


@examples(30)
@given(st.lists(st.tuples(*[st.sampled_from(COMPANIES)] * 2)), st.sets(st.sampled_from("ABZ")), st.booleans())
def test_one_walk_finds_what_joins_find(pairs, start, compiled) -> None:
    rows = pl.DataFrame(pairs, schema={"owner": pl.String, "owned": pl.String}, orient="row")
    with pytest.MonkeyPatch.context() as patch:
        if compiled:
            patch.setattr(_kernels, "_WORTH_COMPILING", 0)
        for walk in (_cone.above, _cone.below):
            patch.setattr(_cone, "_JOINED", 100)
            joined = walk(rows, pl.Series(sorted(start), dtype=pl.String))
            patch.setattr(_cone, "_JOINED", 0)
            assert walk(rows, pl.Series(sorted(start), dtype=pl.String)).equals(joined)
