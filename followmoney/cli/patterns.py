"""`followmoney patterns`: what can be looked for."""

from __future__ import annotations

from followmoney.cli._output import AUTO, Output, show


def patterns(*, output: Output = AUTO) -> None:
    """List the patterns; `followmoney explain NAME` says more about one."""
    import polars as pl

    from followmoney.cli._explained import first_sentence
    from followmoney.patterns import catalogue
    from followmoney.settings import leaves, written

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
