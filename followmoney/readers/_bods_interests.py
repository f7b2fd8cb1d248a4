"""BODS relationships → interests and roles, a row for each time in which the register said the same."""

from __future__ import annotations

import polars as pl

from followmoney.readers._bods_shape import RIGHTS, ROLES
from followmoney.readers._partial_dates import first_day, last_day
from followmoney.schema.sentence import sentence

UNNAMED = "(not named: {})"
_SAME = ("share_min", "share_max", "start")
_WHO = ("record", "owner", "owned", "kind", "nth")
_OUT = ("file", "row", "owner", "owned", "kind", "share_min", "share_max", "direct", "start", "end", "known_from",
        "known_to", "detail")  # fmt: skip


def rights(relations: pl.DataFrame) -> pl.DataFrame:
    """A row an interest of a statement: file, row, owner, owned (as named there), why no owner is named, the right."""
    owned, owner, told = pl.col("subject").struct, pl.col("interestedParty").struct, "_told"
    reason = pl.concat_str(pl.col(told).struct.field("reason"), pl.col(told).struct.field("description"),
                           separator=": ", ignore_nulls=True).replace("", None)  # fmt: skip
    frame = relations.with_columns(
        owned=owned.field("describedByEntityStatement").replace("", None),
        owner=pl.coalesce(
            owner.field("describedByPersonStatement").replace("", None),
            owner.field("describedByEntityStatement").replace("", None),
        ),
        _told=pl.struct(
            pl.coalesce(owner.field("unspecified").struct.field(n), owner.field(n)).alias(n)
            for n in ("reason", "description")
        ),
        parts=pl.sum_horizontal(pl.col("componentRecords", "componentStatementIDs").list.len()),
    ).with_columns(
        reason=pl.when(pl.col("owner").is_null()).then(reason.fill_null("no reason given")),
    )  # fmt: skip
    frame = frame.select("file", "row", "owner", "owned", "reason", "parts", "interests")
    return _typed(frame.explode("interests", empty_as_null=True))


def stated(told: pl.DataFrame, heads: pl.DataFrame) -> pl.DataFrame:
    """The same with the identifiers of parties, and with what is known of the statement (see `Statements.heads`)."""
    about = ("record", "version", "versions", "day", "following", "status")
    frame = told.join(heads.select("file", "row", *about), on=["file", "row"], how="inner", maintain_order="left")
    ids = heads.filter((pl.col("type") != "relationship") & (pl.col("statement") != pl.col("record")))
    for end in ("owner", "owned") if len(ids) else ():
        frame = frame.join(
            ids.select(pl.col("statement").alias(end), id="record"), on=end, how="left", maintain_order="left"
        )
        frame = frame.with_columns(pl.coalesce("id", end).alias(end)).drop("id")
    frame = frame.with_columns(owner=pl.coalesce("owner", sentence("unnamed:{}", "record")))
    return frame.with_columns(nth=pl.int_range(pl.len()).over("file", "row", "owner", "owned", "kind"))


def _typed(frame: pl.DataFrame) -> pl.DataFrame:
    """Kinds, shares and days in our words."""
    interest = pl.col("interests").struct
    share = interest.field("share").struct
    number = [share.field(n).replace("", None) for n in ("exact", "minimum", "maximum")]
    least, most = (
        pl.coalesce(number[0], n).alias(a) for n, a in zip(number[1:], ("share_min", "share_max"), strict=True)
    )
    straight = pl.coalesce(interest.field("directOrIndirect"), interest.field("interestLevel"))
    whole = pl.when(pl.col("parts") > 0).then(pl.lit(value=False))
    kind = interest.field("type").replace("", None).fill_null("unknownInterest").replace(RIGHTS)
    detail = pl.when(kind.is_in(["boardChair"])).then(pl.lit("boardChair"))
    return frame.with_columns(
        kind.replace(ROLES).alias("kind"),
        _percent(least), _percent(most),
        straight.replace_strict({"direct": True, "indirect": False}, default=None, return_dtype=pl.Boolean)
        .fill_null(whole).alias("direct"),
        first_day(interest.field("startDate")).alias("start"),
        last_day(interest.field("endDate")).alias("end"),
        pl.coalesce(detail, interest.field("details").replace("", None)).alias("detail"),
    ).drop("interests", "parts")  # fmt: skip


def _percent(column: pl.Expr) -> pl.Expr:
    """A percentage as the nearest fraction; a text that is none stays, and the row is refused."""
    name = column.meta.output_name()
    return pl.coalesce((column + "e-2").cast(pl.Float64, strict=False).cast(pl.String), column).alias(name)


def intervals(rows: pl.DataFrame) -> pl.DataFrame:
    """When each interest was held, and when the register said so; see `_in_time`."""
    if not len(rows):
        return rows.select(pl.lit(None, dtype=pl.Date).alias("known_from"), pl.all()).with_columns(
            known_to=pl.col("known_from")
        ).select(_OUT)  # fmt: skip
    if rows["versions"].max() == 1:
        day = pl.when(pl.col("status") == "closed").then(pl.col("day").cast(pl.String))
        return rows.with_columns(
            pl.coalesce("end", day).alias("end"), known_from="day", known_to=pl.lit(None, dtype=pl.Date)
        ).select(_OUT)  # fmt: skip
    return _in_time(rows).select(_OUT)


def _in_time(rows: pl.DataFrame) -> pl.DataFrame:
    """Versions laid one after the other.

    A version that says the same share from the same day as the one before restates or corrects it: the register no
    longer says what the one before said. One that says another share, or another beginning, tells of a change: on the
    beginning it states where that is later, else on the day it was stated; the interest before ends there. An interest
    that is no longer stated ended, at the latest, on the day of the version without it; one that is closed likewise.
    """
    day, begins = pl.col("day").cast(pl.String), pl.col("start")
    rows = rows.sort(*_WHO, "version").with_columns(
        _start="start",
        _end="end",
        end=pl.coalesce("end", pl.when(pl.col("status") == "closed").then(day)),
        _linked=(pl.col("version").shift(1) == pl.col("version") - 1).over(_WHO).fill_null(value=False),
        _next=(pl.col("version").shift(-1) == pl.col("version") + 1).over(_WHO).fill_null(value=False),
    )
    same = pl.all_horizontal(pl.col(c).eq_missing(pl.col(c).shift(1)) for c in _SAME).over(_WHO)
    before = pl.col("start").shift(1).over(_WHO)
    later = pl.when((begins > before) | (before.is_null() & begins.is_not_null())).then(begins).otherwise(day)
    rows = rows.with_columns(_same=same & pl.col("_linked")).with_columns(
        _change=pl.when(pl.col("_linked") & ~pl.col("_same")).then(later), _run=(~pl.col("_same")).cum_sum().over(_WHO)
    )
    rows = rows.with_columns(
        start=pl.coalesce(pl.col("_change").first().over(*_WHO, "_run"), "start"),
        _changes=pl.col("_change").shift(-1).over(_WHO),
        _alike=pl.col("_same").shift(-1).over(_WHO).fill_null(value=False),
    )
    last = pl.col("version") == pl.col("versions")
    rows = rows.with_columns(known_from="day", known_to=pl.when(~last).then(pl.col("following")))
    gone = pl.when(pl.col("_next")).then(pl.col("_changes")).otherwise(pl.col("following").cast(pl.String))
    ended = rows.filter(~last & ~pl.col("_alike")).with_columns(
        end=pl.min_horizontal("end", gone), known_from=pl.col("following"), known_to=pl.lit(None, dtype=pl.Date)
    )
    told = rows.filter(pl.col("known_from").ne_missing(pl.col("known_to")) | last)
    laid = _merged(pl.concat([told, ended.select(told.columns)]))
    empty = (pl.col("start") >= pl.col("end")).fill_null(value=False)
    asked = pl.col("start").eq_missing(pl.col("_start")) & pl.col("end").eq_missing(pl.col("_end"))
    return laid.filter(~empty | asked)  # what was never in force by our reckoning; what a source says of it stays


def _merged(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows that say the very same one after the other as one: known from the first until the last no longer is."""
    what = (*_WHO, "share_min", "share_max", "start", "end", "direct", "detail")
    rows = rows.sort(*what, "known_from", "version")
    goes_on = (pl.col("known_from") == pl.col("known_to").shift(1)).over(what).fill_null(value=False)
    rows = rows.with_columns(_turn=(~goes_on).cum_sum().over(what))
    rows = rows.with_columns(known_to=pl.col("known_to").last().over(*what, "_turn"))
    return rows.filter(pl.struct(*what, "_turn").is_first_distinct()).drop("_turn")
