"""Pictures reconcile to the cent, nothing on them covers anything else, and they are the same at every run."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET

import matplotlib as mpl
import pytest
from drawn_cases import HARBOUR, any_trace, harbour
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from matplotlib._pylab_helpers import Gcf
from matplotlib.figure import Figure

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.reports import _chronology_plan, _flow_plan, _ownership_plan, chronology, flow, ownership, picture
from followmoney.reports._labels import compact, printable, short_account, shorten, width, wrapped
from followmoney.reports._layers import layers
from followmoney.reports._paper import overlap
from followmoney.schema.codes import money

SEEDS = st.integers(0, 10_000)
FEW = examples(12)


@pytest.fixture
def planned(monkeypatch):
    """The plans behind the drawings made in a test."""
    found = []

    def watch(module, owner):
        real = module.plan

        def keep(*args, **kwargs):
            found.append(real(*args, **kwargs))
            return found[-1]

        monkeypatch.setattr(owner, "plan", keep)

    for module, owner in ((_flow_plan, flow), (_chronology_plan, chronology), (_ownership_plan, ownership)):
        watch(module, owner)
    return found


def drawn(caption: str) -> tuple[dict[str, str], dict[str, str], int, int]:
    """What a caption says: drawn and all amounts by currency, drawn and all transactions."""
    match = re.search(r"Drawn (.+?) of (.+?) in ([\d,]+) of ([\d,]+) transactions", caption)
    assert match
    amounts = [dict(part.split(" ") for part in re.split(r", | and ", match[i])) for i in (1, 2)]
    return amounts[0], amounts[1], int(match[3].replace(",", "")), int(match[4].replace(",", ""))


def cents(text: str) -> int:
    return int(text.replace(",", "").replace(".", ""))


def apart(labels) -> bool:
    return not any(overlap(a.area(), b.area()) for a, b in itertools.combinations(labels, 2))


# -- columns, words ----------------------------------------------------------------------------------------------------


def longest(size, pairs):
    """Plain twin of `layers` where there are no circles."""
    column = [0] * size
    for _ in range(size):
        for a, b in pairs:
            column[b] = max(column[b], column[a] + 1)
    return column


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 6)), max_size=14))
def test_columns_are_longest_paths_where_nothing_turns_back(steps) -> None:
    pairs = [(a, a + step) for a, step in steps]
    assert layers(13, [(a, b, 1) for a, b in pairs]) == longest(13, pairs)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 9)), max_size=9))
def test_hardly_more_turns_back_than_must(arrows) -> None:
    arrows = [a for a in arrows if a[0] != a[1]]
    least = min(
        sum(w for a, b, w in arrows if line.index(a) > line.index(b)) for line in itertools.permutations(range(5))
    )
    column = layers(5, arrows)
    assert sum(w for a, b, w in arrows if column[a] >= column[b]) <= 1.5 * least
    assert layers(5, arrows[::-1]) == column


def test_the_smallest_flow_of_a_circle_turns_back() -> None:
    assert layers(3, [(0, 1, 500), (1, 2, 400), (2, 0, 3)]) == [0, 1, 2]


def test_amounts_in_few_letters_are_rounded_half_up() -> None:
    assert [compact(a, "EUR") for a in (0, 49, 50, 99_949, 1_234_560, 188_000_000, -1_500_000)] == [
        "0", "0", "1", "999", "12.3k", "1.88m", "-15k",
    ]  # fmt: skip
    assert compact(1_500, "JPY") == "1.5k"


def test_words_fit_their_room_and_lose_whatever_could_turn_them_around() -> None:
    assert printable("a\u202eb\x00\n c") == "ab c"
    assert short_account("ES9121000418450200051332") == "ES91…1332"
    long = "The Very Long Named Family Settlement of 1987 (Jersey)"
    assert width(shorten(long, 1.0, 8), 8) <= 1.0
    assert all(width(line, 8) <= 1.2 for line in wrapped(long, 1.2, 8))
    assert wrapped("short", 1.0, 8) == ["short"]


# -- flow --------------------------------------------------------------------------------------------------------------


@FEW
@given(SEEDS, st.sampled_from([40, 6]))
def test_a_flow_reconciles_to_the_cent(seed: int, most: int) -> None:
    trace = any_trace(seed)
    found = flow.drawing(trace, most=most)
    shown, every, n, of = drawn(found.caption)
    moved = trace.transactions()
    assert (cents(every["EUR"]), of) == (moved["amount"].sum(), len(moved))
    back = [re.search(r": EUR ([\d,.]+) in ([\d,]+) transaction", s) for s in found.omitted]
    assert cents(shown["EUR"]) + sum(cents(m[1]) for m in back if m) == cents(every["EUR"])
    assert n + sum(cents(m[2]) for m in back if m) == of
    assert f"{len(found.omitted)} return flow" in found.caption


def free(plan) -> None:
    """Labels cover nothing, ribbons pass around bars and around labels."""
    titles = [t for t in plan.labels if t.align == "center"]
    assert apart(titles)
    assert apart(plan.labels)
    for ribbon in plan.ribbons:
        for stage in ribbon.stages:
            area = (stage.left, stage.top, stage.right, stage.top + stage.height)
            assert not any(overlap(area, title.area()) for title in titles)
        for stage in ribbon.stages[1:-1]:
            area = (stage.left, stage.top, stage.right, stage.top + stage.height)
            for bar in plan.bars:
                assert not overlap(area, (bar.x - 0.06, bar.top, bar.x + 0.06, bar.top + bar.height))
    for a, b in itertools.combinations(plan.bars, 2):
        assert a.x != b.x or a.top + a.height <= b.top or b.top + b.height <= a.top


def test_nothing_covers_anything_in_a_flow(planned) -> None:
    for trace in [harbour().trace, *map(any_trace, range(8)), any_trace(3, accounts=60, payments=900)]:
        flow.drawing(trace)
        free(planned[-1])


def test_ribbons_leave_and_arrive_within_their_bars(planned) -> None:
    flow.drawing(harbour().trace)
    plan = planned[-1]
    bars = {b.box.key: b for b in plan.bars}
    for ribbon in plan.ribbons:
        for key, stage in ((ribbon.link.source, ribbon.stages[0]), (ribbon.link.target, ribbon.stages[-1])):
            bar = bars[key]
            assert bar.top - 1e-6 <= stage.top
            assert stage.top + stage.height <= bar.top + bar.height + 1e-6


def test_a_flow_keeps_what_was_said_of_the_claim(planned) -> None:
    flow.drawing(harbour().trace)
    names = {label.text for label in planned[-1].labels}
    assert {"cash EUR", "paid in", "left", "Villa, Marbella", "ES91…2051"} <= names
    assert any(re.fullmatch(r"holds [\d.]+k GBP", name) for name in names)


def test_many_accounts_are_few_bars_and_the_sums_stay_whole(planned) -> None:
    trace = any_trace(3, accounts=80, payments=800)
    assert len(trace.holders()) > flow.MOST
    found = flow.drawing(trace)
    assert len(planned[-1].bars) <= flow.MOST
    assert "“all others” is the rest of a step" in found.caption
    held = sum(a for bar in planned[-1].bars for e in bar.box.ends for a in e.held.values())
    assert held == trace.holders()["claim"].sum()
    ends = [e.key for bar in planned[-1].bars for e in bar.box.ends]
    assert len(ends) == len(set(ends))


# -- chronology --------------------------------------------------------------------------------------------------------


@FEW
@given(SEEDS, st.sampled_from([100, 5]))
def test_a_chronology_reconciles_to_the_cent(seed: int, most: int) -> None:
    trace = any_trace(seed)
    found = chronology.drawing(trace, most=most)
    shown, every, n, of = drawn(found.caption)
    moved = trace.transactions()
    assert (cents(every["EUR"]), of) == (moved["amount"].sum(), len(moved))
    left = [re.search(r"^([\d,]+) transactions? of EUR ([\d,.]+), claim", s) for s in found.omitted]
    assert cents(shown["EUR"]) + sum(cents(m[2]) for m in left if m) == cents(every["EUR"])
    assert n + sum(cents(m[1]) for m in left if m) == of <= len(moved)
    assert n <= most


def test_nothing_covers_anything_in_a_chronology(planned) -> None:
    for trace in [harbour().trace, *map(any_trace, range(6)), any_trace(3, accounts=60, payments=300)]:
        chronology.drawing(trace)
        plan = planned[-1]
        assert apart(plan.labels)
        for label, arrow in itertools.product(plan.labels, plan.arrows):
            assert not overlap(
                label.area(),
                (
                    arrow.x - arrow.wide / 2,
                    *sorted((arrow.start, arrow.end))[:1],
                    arrow.x + arrow.wide / 2,
                    max(arrow.start, arrow.end),
                ),
            ), label
        xs = [arrow.x for arrow in plan.arrows]
        assert xs == sorted(xs)


def test_the_dark_part_of_an_arrow_is_its_share_of_claim(planned) -> None:
    chronology.drawing(harbour().trace)
    for arrow in planned[-1].arrows:
        assert arrow.claim / arrow.wide == pytest.approx(arrow.move.row["claim"] / arrow.move.row["amount"])


# -- ownership ---------------------------------------------------------------------------------------------------------


def test_an_ownership_chart_shows_owners_above_and_closes_circles_along_the_side(planned) -> None:
    found = ownership.drawing(fm.sketch(HARBOUR), party="Costa Norte S.L.")
    plan = planned[-1]
    top = {p.card.name: p.top for p in plan.places}
    assert (
        top["Ana Kowalska"]
        < top["Baltic Trading OÜ"]
        < top["Azur Holding SA"]
        < top["Costa Norte S.L."]
        < top["Villa, Marbella"]
    )
    assert [w.holding.said for w in plan.ways if w.back] == ["5%"]
    assert {"100%", "25–50%", "60%", "40%", "75%", "director", "holds"} <= {t.text for t in plan.said}
    assert "Drawn 6 of 6 interests. 1 holding closing a circle" in found.caption
    assert found.alt.endswith("natural persons: Ana Kowalska, Jan de Vries.")


def test_nothing_covers_anything_in_an_ownership_chart(planned) -> None:
    for party in ("C4", "C3", "P1"):
        ownership.drawing(fm.sketch(HARBOUR), party=party)
        plan = planned[-1]
        assert apart([*plan.said, *plan.names])
        cards = [p.area() for p in plan.places]
        assert not any(overlap(a, b) for a, b in itertools.combinations(cards, 2))
        assert not any(overlap(t.area(), c) for t in plan.said for c in cards)
        for way in plan.ways:
            for (x0, y0), (x1, y1) in itertools.pairwise(way.points):
                line = (min(x0, x1), min(y0, y1) + 1e-6, max(x0, x1), max(y0, y1) - 1e-6)
                assert not way.back or not any(overlap(line, c) for c in cards)


def test_a_chart_that_is_too_big_says_what_it_leaves_out() -> None:
    ledger = fm.sketch(
        "\n".join(['party C company "C"', *(f'party P{i} person "P {i}"\nowns P{i} C 1%' for i in range(40))])
    )
    found = ownership.drawing(ledger, party="C")
    assert "Drawn 23 of 40 interests." in found.caption
    assert found.omitted == ("17 parties further away, not drawn.",)


def test_a_party_nobody_knows_is_an_error_with_the_nearest_name() -> None:
    with pytest.raises(SettingsError, match=r"Did you mean 'Costa Norte S\.L\.'"):
        ownership.draw(fm.sketch(HARBOUR), party="Costa Norte SL")
    with pytest.raises(SettingsError, match="2 parties are called 'X'"):
        ownership.draw(fm.sketch('party A company "X"\nparty B company "X"'), party="X")


# -- every picture -----------------------------------------------------------------------------------------------------


def pictures():
    case = harbour()
    yield picture("flow", case.trace)
    yield picture("chronology", case.trace)
    yield picture("ownership", case.ledger, party="C4")
    yield picture("network", fm.cluster(case.trace.graph)[0])
    yield picture("countries", case)
    yield picture("over_time", case.trace)
    yield picture("waterfall", fm.detect(case.trace.graph)[0])


def test_pictures_are_the_same_at_every_run() -> None:
    assert [p.svg for p in pictures()] == [p.svg for p in pictures()]


def test_pictures_need_no_styles_no_scripts_and_nothing_from_elsewhere() -> None:
    for found in pictures():
        root = ET.fromstring(found.svg)  # noqa: S314
        assert not {"style", "script", "metadata"} & {e.tag.rpartition("}")[2] for e in root.iter()}
        attributes = [(k.rpartition("}")[2], v) for e in root.iter() for k, v in e.attrib.items()]
        assert not {"style", "target", "onclick"} & {k for k, _ in attributes}
        assert all(v.startswith("#") for k, v in attributes if k == "href")
        assert "Drawn" in found.caption
        assert found.alt
        assert len(found.rows())


def test_names_are_drawn_as_they_are_written() -> None:
    text = 'party P person "$x_1$ & <b> 贪 \u202eevil"\naccount A holder=P\n2024-01-02 cash -> A 5.00 EUR cash'
    trace = fm.trace(fm.FlowGraph(fm.sketch(text)), claim="t1")
    for kind in ("flow", "chronology"):
        svg = picture(kind, trace).svg
        assert "$x_1$ &amp; &lt;b&gt; 贪" in svg
        assert "\u202e" not in svg


def test_a_picture_can_be_drawn_on_given_axes_and_leaves_no_trace_in_matplotlib() -> None:
    case, before = harbour(), dict(mpl.rcParams)
    ax = Figure(figsize=(6, 4)).add_subplot()
    assert case.trace is not None
    assert case.trace.flow(ax=ax) is ax
    assert max(t.get_fontsize() for t in ax.texts) < 6
    own = case.trace.chronology()
    assert own.get_figure().get_size_inches()[0] > 7
    assert own._repr_html_().startswith("<div")
    assert dict(mpl.rcParams) == before
    assert Gcf.get_all_fig_managers() == []


def test_whatever_cannot_be_drawn_says_so() -> None:
    ledger = fm.sketch("2024-01-02 A -> B 5.00\n2024-01-03 B -> C 5.00")
    trace = fm.trace(fm.FlowGraph(ledger), claim="t2", until="2024-01-02")
    for kind in ("flow", "chronology"):
        assert picture(kind, trace).alt.startswith("Nothing to draw")


def test_an_unknown_picture_is_an_error() -> None:
    with pytest.raises(SettingsError, match="Did you mean 'flow'"):
        picture("flows", None)


def test_money_in_captions_is_whole() -> None:
    trace = harbour().trace
    assert trace is not None
    claimed = money(trace.claimed["EUR"], "EUR")
    assert flow.drawing(trace).alt.startswith(f"Flow of {claimed} claimed")
