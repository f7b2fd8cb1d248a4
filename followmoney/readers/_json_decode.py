"""Records as text → columns of the shape asked for; a record that has not that shape is broken, never fatal."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping

import polars as pl

from followmoney.readers._json_plain import plain
from followmoney.readers._json_plan import plan

_JSON, _SHAPE, _DEEP, _NUMBER = "line|json", "line|shape", "line|deep", "line|number"
_WORTH_LOADING, _WORTH_SCANNING = 8 * 2**20, 64 * 2**10
"""Bytes of records; fewer are parsed sooner than the first kernel of a process is loaded, or one that is."""
_STRING = r'("(?:[^"\\]|\\.)*")'


def bare(text: pl.Expr, keys: Mapping[str, str]) -> pl.Expr:
    """Where a key holds a text and may also hold an object: the text as that object's member so called."""
    for key, member in keys.items():
        text = text.str.replace_all(rf'"{key}"\s*:\s*{_STRING}', f'"{key}":{{"{member}":$1}}')
    return text


def decoded(batch: pl.DataFrame, shape: pl.Struct, keys: Mapping[str, str] | None = None) -> pl.DataFrame:
    """`row`, `broken` and the members of every record, in order; empty texts count as not stated by those who read on.

    Args:
        batch: row, text, broken, as `records` gives them.
        shape: What is wanted of a record; numbers and flags become text where it says so, the rest is passed over.
        keys: See `bare`.

    Cost: 5 to 10 µs a record of 1,000 bytes that is plainly written, 10 to 20 µs of another, or where there are few; as
    much again for every record that is no JSON.
    """
    sound = batch.filter(pl.col("broken").is_null())
    nothing = pl.lit(None, dtype=pl.String).alias("broken")
    frames = [
        batch.filter(pl.col("broken").is_not_null()).select("row", "broken", pl.lit(None, dtype=shape).alias("value"))
    ]
    looked = plan(shape, keys or {}) if _worth_it(sound["text"]) else None
    if looked:
        values, which = plain(sound["text"], looked)
        taken = pl.Series(which)
        frames.append(sound.filter(taken).select("row", nothing, values.alias("value")))
        sound = sound.filter(~taken)
    if len(sound):
        frames.append(_parsed(sound, shape, keys or {}))
    frames = [frame for frame in frames if len(frame)] or frames[:1]
    whole = frames[0] if len(frames) == 1 else pl.concat(frames).sort("row")
    return whole.unnest("value").rechunk()  # polars 2.1 panics where texts are joined over empty chunks


def _worth_it(texts: pl.Series) -> bool:
    """Whether the compiled pass is the sooner one; either gives the same."""
    loaded = "followmoney.readers._kernel_json" in sys.modules
    return texts.str.len_bytes().sum() >= (_WORTH_SCANNING if loaded else _WORTH_LOADING)


def _parsed(sound: pl.DataFrame, shape: pl.Struct, keys: Mapping[str, str]) -> pl.DataFrame:
    texts = sound.select(bare(pl.col("text"), keys)).to_series()
    parts, wrong = list[pl.Series](), dict[int, str]()
    _halves(texts, 0, shape, parts, wrong)
    values = pl.concat([pl.Series("value", [], dtype=shape), *parts])
    rules = [wrong.get(i) for i in range(len(sound))] if wrong else [None] * len(sound)
    return sound.select("row", pl.Series("broken", rules, dtype=pl.String), values.alias("value"))


def _halves(texts: pl.Series, start: int, shape: pl.Struct, into: list[pl.Series], wrong: dict[int, str]) -> None:
    """Read all at once; where one of them cannot be read, by halves, down to that one."""
    if not len(texts):
        return
    try:
        values = texts.str.json_decode(shape)
        if len(values) == len(texts):
            nothing = values.is_null()
            wrong.update((start + i, _SHAPE) for i in nothing.arg_true().to_list())
            into.append(values.alias("value"))
            return
    except pl.exceptions.ComputeError:
        pass
    if len(texts) == 1:
        wrong[start] = _why(texts[0])
        into.append(pl.Series("value", [None], dtype=shape))
        return
    half = len(texts) // 2
    _halves(texts.slice(0, half), start, shape, into, wrong)
    _halves(texts.slice(half), start + half, shape, into, wrong)


def _why(text: str) -> str:
    try:
        json.loads(text, parse_int=_finite, parse_float=_finite, parse_constant=_none)
    except OverflowError:
        return _NUMBER
    except ValueError:
        return _JSON
    except RecursionError:
        return _DEEP
    return _SHAPE


def _finite(number: str) -> float:
    """The number; an error where it is too large for any of ours."""
    if math.isinf(found := float(number)):
        raise OverflowError(number)
    return found


def _none(word: str) -> None:
    """NaN and Infinity, which Python knows and JSON does not."""
    raise ValueError(word)
