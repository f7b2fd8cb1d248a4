"""`followmoney rules`: by which rules money can be traced."""

from __future__ import annotations

from followmoney.cli._output import AUTO, Output, show


def rules(*, output: Output = AUTO) -> None:
    """List the tracing rules; `followmoney explain NAME` says more about one."""
    import polars as pl

    from followmoney.cli._explained import first_sentence
    from followmoney.tracing import catalogue

    rows = [{"rule": name, "what_leaves_first": first_sentence(rule)} for name, rule in sorted(catalogue().items())]
    show(
        pl.DataFrame(rows, schema=dict.fromkeys(("rule", "what_leaves_first"), pl.String)),
        output,
        empty="There are no rules.",
    )
