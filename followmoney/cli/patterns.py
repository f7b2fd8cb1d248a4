"""`followmoney patterns`: what can be looked for, how often it was right, and the cash limits it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.cli._output import AUTO, Output, say, show

if TYPE_CHECKING:
    import polars as pl

_SHOWN = ("pattern", "data", "way", "schemes", "alerts", "right", "found", "f1", "transactions", "accounts")


def patterns(*, error_rates: bool = False, limits: bool = False, output: Output = AUTO) -> None:
    """List the patterns; `followmoney explain NAME` says more about one.

    Parameters
    ----------
    error_rates:
        Show instead how often each was right and how much it missed on labelled ledgers, as measured when this version
        was made; on your ledger it may be quite different.
    limits:
        List instead the cash limits of countries, each with the law that sets it and the days on which it is in force.
    """
    import polars as pl

    from followmoney.cli._explained import first_sentence
    from followmoney.patterns import catalogue
    from followmoney.settings import leaves, written

    if limits:
        show(_limits(), output, empty="No cash limit is known.")
        return
    if error_rates:
        _rates(output)
        return
    rows = [
        {
            "pattern": name,
            "what_it_is": first_sentence(cls),
            "thresholds": [
                f"{leaf.name} = {written(leaf.default)}"
                for leaf in leaves().values()
                if leaf.section == f"patterns.{name}"
            ],
            "amltrix": str(getattr(cls, "amltrix", "")),
        }
        for name, cls in sorted(catalogue().items())
    ]
    schema = {"pattern": pl.String, "what_it_is": pl.String, "thresholds": pl.List(pl.String), "amltrix": pl.String}
    show(pl.DataFrame(rows, schema=schema), output, empty="There are no patterns.")


def _rates(output: Output) -> None:
    """A row a pattern, ledger and way; on a terminal also what was measured and how."""
    import polars as pl

    from followmoney.patterns import error_rates

    rates = error_rates()
    short = {"finding_precision": "right", "finding_recall": "found", "finding_f1": "f1",
             "transaction_f1": "transactions", "account_f1": "accounts"}  # fmt: skip
    if output.kind != "table":
        show(rates.frame, output, empty="Nothing was measured.")
        return
    shares = (pl.col(name).map_elements("{:.2f}".format, pl.String) for name in short.values())
    frame = rates.frame.rename(short).with_columns(shares)
    show(frame.select(_SHOWN), output, empty="Nothing was measured.")
    ways = (f"way {name}: {said}." for name, said in rates.ways.items())
    for sentence in (*rates.sentences(), *ways, *(f"{name}: {said}." for name, said in rates.data.items())):
        say(sentence)


def _limits() -> pl.DataFrame:
    import dataclasses

    import polars as pl

    from followmoney.patterns import cash_limits

    rows = [dataclasses.asdict(limit) | {"limit": f"{limit.currency} {limit.amount:,}"} for limit in cash_limits()]
    from_on = pl.when("inclusive").then(pl.lit("from this amount")).otherwise(pl.lit("above this amount"))
    return pl.DataFrame(rows).select(
        "place", "instrument", "whom", "limit", from_on.alias("applies"), "since", "until", "source", "kind", "url"
    )
