"""Hits → findings: amount, dates, id, sentence, strength and counter-evidence, computed here and nowhere else."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import numpy as np
import polars as pl

from followmoney.finding import EVIDENCE, FINDINGS, Findings
from followmoney.graph import FlowGraph
from followmoney.patterns._flows import Flows
from followmoney.patterns._hit import Hit
from followmoney.patterns._hits import IN, ROLES, Hits
from followmoney.patterns._joined import told, windows
from followmoney.patterns._margins import steps, strength
from followmoney.patterns._pattern import Pattern, Unchecked
from followmoney.patterns._words import Words


def assemble(pattern: Pattern, hits: Hits, flows: Flows, graph: FlowGraph) -> Findings:
    """The findings of one pattern. Cost: per finding, not per transaction."""
    notes = [*pattern.notes(flows), *_unresolved(pattern, hits, graph)]
    if not len(hits):
        return Findings.empty(notes)
    evidence = _evidence(hits, flows, graph)
    parameters = json.dumps(pattern.parameters(), sort_keys=True)
    labels = flows.once(_labels)
    rows: list[dict[str, Any]] = []
    for i, seen in enumerate(_measures(pattern, evidence).iter_rows(named=True)):
        subject = int(hits.subject[i])
        label, identifier = labels[subject], graph.vertices["id"][subject]
        hit = slice(int(hits.ptr[i]), int(hits.ptr[i + 1]))
        context = Hit(pattern, flows, subject, hits.at[hit], hits.role[hit])
        seen |= {
            "name": label if label == identifier else f"{label} ({identifier})",
            "through": [labels[v] for v in seen["passed"]],
            "reached": None if seen["arrived"] is None else labels[seen["arrived"]],
            "goal": [labels[v] for v in seen["ends"]],
            "more": pattern.more(context),
            "windows": windows(context),
        }
        past, sentence = steps(pattern, seen), pattern.sentence.format_map(Words(pattern, seen))
        said = [text for check in pattern.innocent if (text := check(context)) is not None]
        unchecked = [text for text in said if isinstance(text, Unchecked)]
        rows.append(
            {
                "id": hashlib.sha256(f"{pattern.name}\n{seen['key']}".encode()).hexdigest()[:12],
                "pattern": pattern.name,
                "subject": identifier,
                "label": label,
                "amount": seen["amount"] if seen["currency"] else None,
                "currency": seen["currency"],
                "first": seen["begin"],
                "last": seen["end"],
                "transactions": seen["transactions"],
                "strength": strength(past),
                "margins": json.dumps(past, ensure_ascii=False),
                "explanation": " ".join([sentence, *told(pattern, seen["windows"]), *unchecked]),
                "counter": [text for text in said if not isinstance(text, Unchecked)],
                "unchecked": [str(text) for text in unchecked],
                "amltrix": pattern.amltrix,
                "parameters": parameters,
            }
        )
    frame = pl.DataFrame(rows, schema=FINDINGS)
    shown = evidence.with_columns(finding=frame["id"].gather(evidence["hit"]))
    return Findings(frame, shown.select(*EVIDENCE), tuple(notes))


def _evidence(hits: Hits, flows: Flows, graph: FlowGraph) -> pl.DataFrame:
    """A row a transaction and role: what the reader of a finding sees, and the numbers behind it."""
    at, columns, ids = hits.at, graph.columns, graph.vertices["id"]
    number = columns.number[at]
    credit = hits.role == IN
    code = np.where(credit, columns.currency_received[at], columns.currency[at])
    frame = graph.ledger.numbered
    ledger = frame.select("id", "booked_at", "source", "row")[number]
    channel = (
        frame["channel"].gather(number).cast(pl.String)
        if "channel" in frame.columns
        else pl.Series([None] * len(at), dtype=pl.String)
    )
    return ledger.select(
        pl.Series("hit", hits.hit, pl.UInt32),
        pl.col("id").alias("transaction"),
        pl.Series("role", np.array(ROLES)[hits.role]),
        "booked_at",
        ids.gather(columns.originator[at]).alias("originator"),
        ids.gather(columns.beneficiary[at]).alias("beneficiary"),
        pl.Series("amount", np.where(credit, columns.received[at], columns.amount[at])),
        pl.Series("currency", list(graph.currencies), pl.String).gather(code),
        pl.col("source").cast(pl.String),
        pl.col("row").cast(pl.Int64),
        pl.Series("payee", columns.beneficiary[at]),
        pl.Series("cash", flows.cash[at]),
        (channel == "crypto").fill_null(value=False).alias("crypto"),
    )


def _measures(pattern: Pattern, evidence: pl.DataFrame) -> pl.DataFrame:
    """What can be said of each hit, one row a hit in order; amounts with the one currency they are in, or none."""
    role, amount, currency = pl.col("role"), pl.col("amount"), pl.col("currency")
    counted, came, gone = role == pattern.counted, role == "in", role == "out"

    def one(rows: pl.Expr, name: str) -> pl.Expr:
        kinds = currency.filter(rows)
        return pl.when(kinds.n_unique() == 1).then(kinds.first()).alias(name)

    def total(rows: pl.Expr, name: str) -> list[pl.Expr]:
        return [amount.filter(rows).sum().alias(name), one(rows, f"currency_of_{name}")]

    micros = pl.col("booked_at").to_physical()
    return (
        evidence.group_by("hit", maintain_order=True)
        .agg(
            *total(counted, "amount"), *total(came, "came"), *total(gone, "gone"), one(counted, "currency"),
            amount.filter(counted).min().alias("smallest"), one(counted, "currency_of_smallest"),
            amount.filter(counted).max().alias("largest"), one(counted, "currency_of_largest"),
            counted.sum().alias("count"), pl.col("transaction").n_unique().alias("transactions"),
            pl.col("originator").filter(came).n_unique().alias("payers"),
            pl.col("beneficiary").filter(gone).n_unique().alias("payees"),
            pl.col("originator").filter(gone).n_unique().alias("mules"),
            pl.col("originator").filter(gone).n_unique().alias("reaching"),
            pl.col("payee").filter(came).n_unique().alias("receiving"),
            pl.col("payee").filter(came).unique(maintain_order=True).alias("ends"),
            micros.min().alias("begin"), micros.max().alias("end"), (micros.max() - micros.min()).alias("span"),
            pl.col("payee").filter(role.is_in(["out", "link"])).alias("passed"),
            pl.col("payee").filter(came | (role == "link")).last().alias("arrived"),
            (role == "link").sum().alias("links"),
            amount.filter(gone & pl.col("cash")).sum().alias("in_cash"),
            amount.filter(gone & pl.col("crypto")).sum().alias("in_crypto"),
            pl.concat_str("transaction", "role", separator="\t").sort().str.join("\n").alias("key"),
        )
        .sort("hit")
    )  # fmt: skip


def _labels(flows: Flows) -> pl.Series:
    """For every vertex the name of its holder (or its own, where it is a party), else its identifier."""
    if flows.graph is None:
        raise ValueError("Only the whole graph knows names.")
    graph, vertices = flows.graph, flows.graph.vertices
    who = pl.col("holder").fill_null(pl.col("id")) if "holder" in vertices.columns else pl.col("id")
    parties = graph.ledger.tables.get("parties")
    if parties is None or "name" not in parties.columns:
        return vertices["id"]
    names = parties.select(pl.col("id").alias("who"), "name")
    named = vertices.select("id", who.alias("who")).join(names, on="who", how="left", maintain_order="left")
    return named.select(pl.coalesce("name", "id")).to_series()


def _unresolved(pattern: Pattern, hits: Hits, graph: FlowGraph) -> list[str]:
    if not len(hits.unresolved):
        return []
    size = len(hits.unresolved)
    ids = graph.ledger.numbered["id"].gather(graph.columns.number[hits.unresolved[:10]])
    named = ", ".join(ids) + (f" and {size - len(ids):,} more" if size > len(ids) else "")
    return [
        (
            f"{pattern.name}: the search budget (`budget`) was used up at {size:,} first transaction"
            f"{'' if size == 1 else 's'} ({named}). What starts there may be missing; raise `budget`, or look at a "
            "part of the graph."
        )
    ]
