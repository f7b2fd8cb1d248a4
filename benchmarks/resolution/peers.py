"""Splink on the same parties, as its own documentation sets such a job up; it is no dependency."""

from __future__ import annotations

import resource
from importlib.metadata import version
from importlib.util import find_spec
from time import process_time
from typing import Any

from .dirty import Dirty
from .score import rates

SKIPPED = "Splink: not installed (pip install splink)"


def splink(world: Dirty) -> None:
    """Link the holders to the register with Splink: the same blocking keys of names, weights learned by it."""
    if not find_spec("splink"):
        print(SKIPPED)
        return
    import polars as pl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink import comparison_library as compare

    before = process_time()
    sides = _sides(world)
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="id",
        blocking_rules_to_generate_predictions=[
            block_on("words"), block_on("rare"), block_on("first", "second"), block_on("postcode", "initials"),
        ],
        comparisons=[
            compare.JaroWinklerAtThresholds("words", [0.95, 0.9, 0.8]).configure(term_frequency_adjustments=True),
            compare.ExactMatch("form"), compare.ExactMatch("country"), compare.ExactMatch("postcode"),
            compare.ExactMatch("founded"),
        ],
    )  # fmt: skip
    api = DuckDBAPI()
    tables = [api.register(frame.to_arrow(), dataset_display_name=name) for name, frame in sides.items()]
    linker = Linker(tables, settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("words"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("postcode", "initials"))
    found: Any = linker.inference.predict(threshold_match_weight=-4)
    frame: Any = pl.from_arrow(found.as_duckdbpyrelation().arrow().read_all())
    took, peak = process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"Splink {version('splink')}: {took:.1f} CPU-s, {peak:,.0f} MB at most", flush=True)
    for at in (-4, 0, 4, 8, 12):
        kept = frame.filter(pl.col("match_weight") >= at)
        pairs = kept.select(left=pl.min_horizontal("id_l", "id_r"), right=pl.max_horizontal("id_l", "id_r"))
        precision, recall, f1 = rates(pairs, world.truth)
        print(f"weight from {at}: precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}", flush=True)


def _sides(world: Dirty) -> dict[str, Any]:
    """Names taken apart as ours are, so that both begin with the same."""
    import polars as pl

    from followmoney.resolution._names import parted

    parties = pl.read_parquet(world.folder / "sources" / "parties.parquet")
    where = pl.read_parquet(world.folder / "sources" / "addresses.parquet").select(id="party", postcode="postcode")
    names = parted(parties.select("name", (pl.col("kind") == "person").alias("person"), "country"))
    frame = pl.concat([parties.drop("name"), names], how="horizontal").join(where, on="id", how="left")
    word = frame.select("id", pl.col("words").str.split(" ").alias("word")).explode("word", empty_as_null=True)
    spread = word.group_by("word").len("n")
    ranked = word.join(spread, on="word").sort("id", "n", "word").group_by("id", maintain_order=True)
    rare = ranked.agg(pl.col("word").first().alias("rare"), pl.col("n").first().alias("n"))
    rare = rare.select("id", pl.when(pl.col("n") <= 100).then("rare").alias("rare"))
    parts = pl.col("words").str.split(" ")
    frame = frame.join(rare, on="id", how="left").with_columns(
        parts.list.get(0, null_on_oob=True).str.slice(0, 4).alias("first"),
        parts.list.get(1, null_on_oob=True).str.slice(0, 4).alias("second"),
        parts.list.get(0, null_on_oob=True).str.slice(0, 3).alias("initials"),
    )
    holder = pl.col("id").str.starts_with("h")
    return {"holders": frame.filter(holder), "register": frame.filter(~holder)}
