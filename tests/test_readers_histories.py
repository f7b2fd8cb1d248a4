"""What a register said over time, laid out in columns, equals the same worked out one version at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import polars as pl
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from followmoney.readers._bods_interests import intervals

DAY = date(2020, 1, 1)


class Said(NamedTuple):
    """An interest as one version of a relationship states it."""

    share: str
    start: str | None
    end: str | None


Version = tuple[date, bool, Said | None]
"""Day of the statement, whether it closes the record, and the interest if it is stated."""
Row = tuple[str, str | None, str | None, date, date | None]


def naive(versions: list[Version]) -> set[Row]:
    """The rows of one relationship with at most one interest: version by version."""
    rows: list[Row] = []
    stated: set[tuple[str, str | None, str | None]] = set()
    began: str | None = None
    for at, (day, closed, said) in enumerate(versions):
        if said is None:
            continue
        before = versions[at - 1][2] if at else None
        if before is None:
            began = said.start
        elif (before.share, before.start) != (said.share, said.start):
            began = change(before, said, day)
        end = said.end or (day.isoformat() if closed else None)
        following = versions[at + 1] if at + 1 < len(versions) else None
        if (began, end) == (said.start, said.end):
            stated.add((said.share, began, end))
        rows.append((said.share, began, end, day, following[0] if following else None))
        if following is None:
            continue
        after = following[2]
        if after is None:
            over = following[0].isoformat()
        elif (after.share, after.start) == (said.share, said.start):
            continue
        else:
            over = change(said, after, following[0])
        rows.append((said.share, began, min(e for e in (end, over) if e), following[0], None))
    return {row for row in merged(rows) if row[1] is None or row[2] is None or row[1] < row[2] or row[:3] in stated}


def change(before: Said, after: Said, day: date) -> str:
    later = after.start is not None and (before.start is None or after.start > before.start)
    return str(after.start) if later else day.isoformat()


def merged(rows: list[Row]) -> list[Row]:
    """Rows that say the same one after the other, as one; those known on no day left out."""
    found: list[Row] = []
    told = [row for row in rows if row[3] != row[4]]
    for row in told:
        last = next((k for k, old in enumerate(found) if old[:3] == row[:3] and old[4] == row[3]), None)
        if last is None:
            found.append(row)
        else:
            found[last] = (*row[:3], found[last][3], row[4])
    return found


def in_columns(versions: list[Version]) -> set[Row]:
    rows = [
        {
            "file": 0, "row": at, "record": "R", "version": at + 1, "versions": len(versions), "day": day,
            "following": versions[at + 1][0] if at + 1 < len(versions) else None,
            "status": "closed" if closed else "updated", "owner": "P", "owned": "C", "kind": "shareholding",
            "share_min": said.share, "share_max": said.share, "direct": None, "start": said.start, "end": said.end,
            "detail": None, "nth": 0, "reason": None,
        }
        for at, (day, closed, said) in enumerate(versions)
        if said is not None
    ]  # fmt: skip
    schema = {"following": pl.Date, "start": pl.String, "end": pl.String, "direct": pl.Boolean, "detail": pl.String}
    found = intervals(pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None))
    return set(found.select("share_min", "start", "end", "known_from", "known_to").rows())


days = st.sampled_from([(DAY + timedelta(days=30 * n)).isoformat() for n in range(4)])
says = st.builds(Said, st.sampled_from(["0.3", "0.4"]), st.none() | days, st.none() | days)
histories = st.lists(st.tuples(st.booleans(), st.none() | says), min_size=2, max_size=5)


@examples(60)
@given(histories, st.lists(st.integers(1, 90), min_size=5, max_size=5))
def test_histories_equal_their_plain_twin(told: list[tuple[bool, Said | None]], steps: list[int]) -> None:
    versions: list[Version] = []
    day = DAY
    for at, (closed, said) in enumerate(told):
        day += timedelta(days=steps[at])
        versions.append((day, closed and at == len(told) - 1, said))
    if not any(said for _, _, said in versions):
        return
    assert in_columns(versions) == naive(versions)


def test_on_every_day_one_share_is_in_force() -> None:
    """Shares restated from the same day are not counted twice on any day."""
    versions: list[Version] = [
        (DAY + timedelta(days=10 * n), False, Said(share, "2019-01-01", None))
        for n, share in enumerate(["0.3", "0.4", "0.3", "0.5"])
    ]
    now = [row for row in in_columns(versions) if row[4] is None]
    for n in range(60):
        day = (DAY + timedelta(days=n)).isoformat()
        assert len([r for r in now if (r[1] or "") <= day and (r[2] is None or day < r[2])]) == 1
