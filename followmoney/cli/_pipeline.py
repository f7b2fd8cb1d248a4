"""The six stages of a run in order, each from the results on disk of those before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followmoney.cli import _answers as answers
from followmoney.cli._apart import apart
from followmoney.cli._count import count
from followmoney.cli._fingerprint import fingerprint
from followmoney.cli._latest import keep_settings, note
from followmoney.cli._open import LEDGER, allowed
from followmoney.cli._paths import run_of
from followmoney.cli._publish import clear, publish
from followmoney.cli._stages import Result, key, stage
from followmoney.cli._tables import read, write
from followmoney.errors import ReconcileError
from followmoney.readers._found import given

if TYPE_CHECKING:
    from followmoney.case import Case, Journal
    from followmoney.communities import Networks
    from followmoney.finding import Findings
    from followmoney.graph import FlowGraph
    from followmoney.ledger import Ledger
    from followmoney.settings import Settings
    from followmoney.tracing import Trace

REPORT = "report"
"""Name of the report's folder in that of the stage `report`."""


class Pipeline:
    """A run over some paths. A stage whose result is there is not done again, and what it needs is not even loaded."""

    def __init__(self, paths: Sequence[Path], settings: Settings, out: Path) -> None:
        self.paths, self.settings, self.out = given(paths), settings, out
        self.specification = settings.specification()
        """The import specification; None: what the paths bring with them."""
        self.journal_file: Path | None = settings.journal()
        """The journal of the case; None: nothing was decided."""
        self.template: Path | None = settings.template()
        """The template of the statement; None: ours."""
        run_of(self.paths)
        apart(out, *self.paths)
        self.results: dict[str, Result] = {}
        self.keys: dict[str, str] = {}

    def run(self, ended: Callable[[str], None] = lambda _: None) -> Mapping[str, Result]:
        """Do what is not done yet; afterwards `results` has every stage (no trace if nothing is claimed).

        `ended` is told the name of each stage when its result is there.
        """
        clear(self.out)
        template = answers.ready(self.settings, self.template)
        journal = self.journal
        settings = self.settings = answers.decided(self.settings, journal)
        specification = self.specification
        self._stage(
            "check",
            {"files": fingerprint(*self.paths)}
            | ({"specification": fingerprint(specification)} if specification else {}),
            self._check,
        )
        ended("check")
        allowed(self.ledger, settings, self._folder("check") / "refused.parquet")
        self.settings = settings = answers.settled(settings, self.ledger)
        check = {"check": self.keys["check"]}
        self._stage("detect", check | {"settings": settings.digest("detect", "patterns")}, self._detect)
        ended("detect")
        also = ("owners",) if settings.communities.by == "beneficial_owner" else ()
        self._stage("cluster", check | {"settings": settings.digest("communities", *also)}, self._cluster)
        ended("cluster")
        self.keys["trace"] = ""
        if self.claim:
            wanted = {
                "settings": settings.digest("trace"),
                "claim": hashlib.sha256(json.dumps(self.claim).encode()).hexdigest(),
            }
            self._stage("trace", check | wanted, self._trace)
        ended("trace")
        before = {name: self.keys[name] for name in ("check", "detect", "cluster", "trace")}
        before |= {"journal": journal.head} if len(journal) else {}
        self._stage("case", before | {"settings": settings.digest("case")}, self._case)
        ended("case")
        self.settings = settings = answers.kept(settings)
        asked = {"case": self.keys["case"], "settings": settings.digest()} | (
            {"template": template} if template else {}
        )
        self._stage("report", asked, self._report)
        publish(self._folder("report") / REPORT, self.out)
        keep_settings(self.out, settings.to_toml())
        ended("report")
        return self.results

    @property
    def finding(self) -> str:
        """The case in one paragraph."""
        return str(self.results["case"].facts["sentence"])

    @property
    def report(self) -> Path:
        """Where the report is, once it is written: always the newest, straight in the folder of the run."""
        return self.out / self.results["report"].facts["report"]

    def sentence(self, name: str) -> str:
        """What a stage came to, in a few words."""
        if name not in self.results:
            return answers.no_claim(self.settings)
        facts = self.results[name].facts
        if name == "check":
            rows = count(facts["rows"], "row")
            return f"{rows} = {facts['taken']:,} taken + {facts['refused']:,} refused"
        if name in ("detect", "cluster"):
            what = {"detect": "finding", "cluster": "network"}[name]
            return count(facts[f"{what}s"], what)
        if name == "case":
            return holding(facts["assets"]) if self.claim else "Nothing is claimed."
        return str(facts[{"trace": "choice", "report": "report"}[name]])

    def _stage(self, name: str, inputs: Mapping[str, str], work: Any) -> None:  # noqa: ANN401
        self.keys[name] = key(name, inputs)
        self.results[name] = stage(self.out, name, inputs, work, f"Stage {name}")
        note(self.out, {n: r.folder.name for n, r in self.results.items()})

    def _folder(self, name: str) -> Path:
        return self.results[name].folder

    @cached_property
    def journal(self) -> Journal:
        """What was decided in the case, its chain checked."""
        return answers.journal(self.settings, self.journal_file)

    @cached_property
    def ledger(self) -> Ledger:
        """The checked ledger, from disk: a resumed run computes on exactly what an undisturbed one does."""
        from followmoney.readers import load

        return load(self._folder("check") / LEDGER, verify=True)

    @cached_property
    def graph(self) -> FlowGraph:
        """Its flow graph."""
        from followmoney.graph import FlowGraph

        return FlowGraph(self.ledger)

    @cached_property
    def findings(self) -> Findings:
        """The findings, from disk."""
        from followmoney.finding import Findings

        facts = self.results["detect"].facts
        asked = {name: tuple(facts.get(name, ())) for name in ("looked_for", "not_examined")}
        return replace(read(self._folder("detect"), Findings, "frame", "evidence", notes=facts["notes"]), **asked)

    @cached_property
    def networks(self) -> Networks:
        """The networks, from disk, with the findings inside each."""
        from followmoney.communities import Networks

        found = read(
            self._folder("cluster"), Networks, "frame", "members", notes=self.results["cluster"].facts["notes"]
        )
        return replace(found, graph=answers.grouped(self.graph, self.settings)).with_findings(
            answers.considered(self.findings, self.journal)
        )

    @cached_property
    def claim(self) -> answers.Claim:
        """The transactions claimed, or those of each claimant."""
        if not answers.needs_findings(self.settings):
            return answers.claimed(self.settings, None)
        return answers.claimed(self.settings, answers.considered(self.findings, self.journal))

    @cached_property
    def trace(self) -> Trace | None:
        """The trace: one pass over the ledger, cheaper than reading it back."""
        return answers.trace(self.graph, self.settings, self.claim) if self.claim else None

    @cached_property
    def case(self) -> Case:
        """Everything together."""
        from followmoney.case import Case

        name, found = self.settings.case.name, (self.findings, self.networks, self.trace)
        return Case(
            name, *found, source=self.ledger, journal=self.journal, takes_days=self.settings.takes_days(),
            threshold=self.settings.owners.threshold, lower=self.settings.lower(),
        )  # fmt: skip

    def _check(self, folder: Path) -> Mapping[str, Any]:
        from followmoney.readers import load

        ledger = load(self.paths, specification=self.specification)
        ledger.save(folder / LEDGER)
        summary = ledger.summary()
        write(folder, refused=ledger.refused, sources=ledger.sources, summary=summary, totals=ledger.totals())
        counts = {c: int(summary[c].sum()) for c in ("rows", "taken", "refused")}
        return counts | {"notes": list(ledger.notes), "fingerprint": ledger.fingerprint}

    def _detect(self, folder: Path) -> Mapping[str, Any]:
        found = answers.findings(self.graph, self.settings)
        write(folder, frame=found.frame, evidence=found.evidence)
        asked = {"looked_for": list(found.looked_for), "not_examined": list(found.not_examined)}
        return {"findings": len(found), "notes": list(found.notes), **asked}

    def _cluster(self, folder: Path) -> Mapping[str, Any]:
        found = answers.networks(self.graph, self.settings)
        write(folder, frame=found.frame, members=found.members)
        return {"networks": len(found), "notes": list(found.notes)}

    def _trace(self, folder: Path) -> Mapping[str, Any]:
        trace = self.trace
        assert trace is not None
        totals = trace.reconciliation()
        if not (totals["difference"] == 0).all():
            wrong = totals.filter(totals["difference"] != 0).to_dicts()
            raise ReconcileError(f"The trace does not reconcile: {wrong}. Please report it.")
        write(
            folder,
            holders=trace.holders(),
            exits=trace.exits(),
            transactions=trace.transactions(),
            reconciliation=totals,
        )
        return {"claim": self.claim, "choice": answers.choice(self.settings, self.claim), "notes": list(trace.notes)}

    def _case(self, folder: Path) -> Mapping[str, Any]:
        assets = self.case.assets()
        write(folder, assets=assets)
        return {"assets": len(assets), "sentence": self.case.sentence()}

    def _report(self, folder: Path) -> Mapping[str, Any]:
        from followmoney.reports import report

        page = report(self.case, folder / REPORT, settings=self.settings, template=self.template)
        return {"report": page.relative_to(folder / REPORT).as_posix()}


def holding(number: int) -> str:
    """How many places hold claimed money, as a sentence without its end."""
    return (
        "1 account or asset holds claimed money"
        if number == 1
        else f"{number:,} accounts and assets hold claimed money"
    )
