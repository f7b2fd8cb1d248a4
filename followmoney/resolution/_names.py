"""A name as written → the words that tell it from others, its legal form, and the numbers in it."""

from __future__ import annotations

import polars as pl

from followmoney.resolution._legal_forms import FIRST, forms, last_of_several, longest

_FILLING = ("and", "und", "et", "the", "y", "i", "e")
_TITLES = ("mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "sir", "dame")
_ROMAN = ("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv")
_BY_HAND = 3  # words
_COUNTED = rf"\d|\b(?:{'|'.join(_ROMAN)})\b"


def plain(written: pl.Series) -> pl.Series:
    """Names in plain small letters and digits with one space between words: "Müller & Söhne S.A." → "muller sohne sa".

    Dots and apostrophes vanish, every other sign parts words. Cost: letters beyond ASCII are looked up one name at a
    time (about 5 µs), the rest is one pass.
    """
    foreign = written.str.contains(r"[^\x00-\x7F]").fill_null(value=False).arg_true()
    if len(foreign):
        from anyascii import anyascii

        latin = [anyascii(one) for one in written.gather(foreign)]
        written = written.clone().scatter(foreign, pl.Series(latin, dtype=pl.String))
    words = written.str.to_lowercase().str.replace_all(r"[.'`]", "")
    parted_ = words.str.contains(r"[^a-z0-9 ]|  ").fill_null(value=False).arg_true()  # most have nothing but blanks
    if len(parted_):
        words = words.scatter(parted_, words.gather(parted_).str.replace_all(r"[^a-z0-9]+", " "))
    return words.str.strip_chars().alias("plain")


def parted(names: pl.DataFrame) -> pl.DataFrame:
    """Names taken apart.

    Args:
        names: Columns name, person (Boolean), country.

    Returns:
        A row a name, in order: `base` (words in the order written), `words` (the same, sorted), `form` (legal form, or
        null) and `numbers` (words that count: "2", "iii"; null for persons and where there is none).
    """
    told = names.with_columns(plain(names["name"]).str.split(" ").alias("_words"))
    told = _formed(told.with_columns(pl.col("person").fill_null(value=False)))
    told = told.with_columns(pl.col("_rest").list.join(" ").alias("base"), _in_order(told["_rest"]).alias("words"))
    return told.select("base", "words", "form", _numbers(told).alias("numbers"))


def _numbers(told: pl.DataFrame) -> pl.Series:
    """Words that count, of the names that have some; no person's."""
    found = pl.repeat(None, len(told), dtype=pl.String, eager=True)
    at = told.select(~pl.col("person") & pl.col("base").str.contains(_COUNTED)).to_series().arg_true()
    words = told["words"].gather(at).str.split(" ")
    counts = pl.element().str.contains(r"\d") | pl.element().is_in(list(_ROMAN))
    return found.scatter(at, words.list.eval(pl.element().filter(counts)).list.join(" ")) if len(at) else found


def _in_order(words: pl.Series) -> pl.Series:
    """Words of every name in order, as one text. Up to three are put in order by hand: sorting many lists is slow."""
    told = pl.DataFrame({"words": words}).select(
        pl.col("words").list.len().alias("size"),
        *(pl.col("words").list.get(at, null_on_oob=True).alias(name) for at, name in enumerate("abc")),
    )
    told = told.with_columns(low=pl.min_horizontal("a", "b"), high=pl.max_horizontal("a", "b"))
    found = told.select(pl.when(pl.col("size") == 1).then("a").otherwise(pl.concat_str("low", "high", separator=" ")))
    found = found.to_series()
    at = (told["size"] == _BY_HAND).arg_true()
    if len(at):
        three = told[at].with_columns(middle=pl.max_horizontal("low", "c"))
        parts = (
            pl.min_horizontal("low", "c"),
            pl.min_horizontal("middle", "high"),
            pl.max_horizontal("middle", "high"),
        )
        found = found.scatter(at, three.select(pl.concat_str(parts, separator=" ")).to_series())
    at = (told["size"] > _BY_HAND).arg_true()
    if len(at):
        more = pl.DataFrame({"at": at, "word": words.gather(at)}).explode("word", empty_as_null=True)
        joined = more.sort("at", "word").group_by("at", maintain_order=True).agg(pl.col("word").str.join(" "))
        found = found.scatter(joined["at"], joined["word"])
    return found


def _without(words: pl.Expr, filling: tuple[str, ...]) -> pl.Expr:
    """Without such words, if anything is left."""
    kept = words.list.filter(~pl.element().is_in(list(filling)))
    return pl.when(kept.list.len() > 0).then(kept).otherwise(words)


def _formed(told: pl.DataFrame) -> pl.DataFrame:
    """With `form` and, in `_rest`, the words without it: the longest ending that is a legal form, or a beginning.

    Of persons without titles, of others without little words. Endings of several words are looked for only behind the
    last word of one.
    """
    told = told.with_row_index("_at")
    persons, others = told.filter("person"), told.filter(~pl.col("person"))
    several = pl.col("_words").list.last().is_in(sorted(last_of_several())).fill_null(value=False)
    parts = [_ended(others.filter(several), longest()), _ended(others.filter(~several), 1)]
    parts = [part.select("_at", "person", "form", _without(pl.col("_rest"), _FILLING).alias("_rest")) for part in parts]
    none = pl.lit(None, dtype=pl.String).alias("form")
    parts.append(persons.select("_at", "person", none, _without(pl.col("_words"), _TITLES).alias("_rest")))
    return pl.concat(parts).sort("_at")


def _ended(told: pl.DataFrame, most: int) -> pl.DataFrame:
    """The same for those that are no persons, with endings of `most` words at most."""
    words = pl.col("_words")
    length = words.list.len()
    endings = range(most, 0, -1)
    found = [
        _form(words.list.last() if count == 1 else words.list.tail(count).list.join(" "), length > count)
        for count in endings
    ]
    first = words.list.first()
    before = _form(first, (length > 1) & first.is_in(sorted(FIRST)))
    named = [part.alias(f"_{count}") for count, part in zip(endings, found, strict=True)]
    frame = told.with_columns(*named, before.alias("_before"))
    ending = pl.coalesce(pl.when(pl.col(f"_{count}").is_not_null()).then(count) for count in endings)
    rest = (
        pl.when(ending.is_not_null())
        .then(words.list.head(length - ending))
        .when(pl.col("_before").is_not_null())
        .then(words.list.slice(1))
        .otherwise(words)
    )
    form = pl.coalesce(*(f"_{count}" for count in endings), "_before")
    return frame.with_columns(form.alias("form"), rest.alias("_rest")).drop(*(f"_{count}" for count in endings))


def _form(part: pl.Expr, fits: pl.Expr) -> pl.Expr:
    """The legal form that these words are, in the country of the party before anywhere; null where they are none."""
    key = pl.when(fits).then(part)
    there = key + " @" + pl.col("country")
    return pl.coalesce(one.replace_strict(forms(), default=None, return_dtype=pl.String) for one in (there, key))
