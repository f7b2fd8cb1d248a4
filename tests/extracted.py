"""Every text that catalogues of translations must have, taken from the source and from the objects that run."""

from __future__ import annotations

import ast
import itertools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import get_args

from told import SILENT, TOLD, WHOLE

from followmoney.schema.sentence import in_number

PACKAGE = Path(__file__).parents[1] / "followmoney"
Text = tuple[str, str | None]
"""A text, and what it is for more than one."""
_NO_WORDS = {"cast", "expect", "unknown", "threshold", "option"}
NUMBERED = {"many", "_many", "count", "_number"}


def said() -> set[Text]:
    """What the report says itself: whatever `say`, `count`, `columns` and `mark` are called with."""
    found: set[Text] = set()
    reports = [path for path in sorted((PACKAGE / "reports").rglob("*.py")) if path.parent.name != "exports"]
    for path in [*reports, PACKAGE / "case" / "_sentence.py", PACKAGE / "languages" / "say.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found |= set(_called(node.func.id, [_literal(a) for a in node.args]))
    return found


def _called(name: str, given: list[str | None]) -> Iterator[Text]:
    texts = [text for text in given if text]
    if name in {"say", "mark", "marks", "columns"}:
        yield from ((text.rstrip(">|") if name == "columns" else text, None) for text in texts)
    elif name == "count" and len(texts) == 2:
        yield texts[0], texts[1]
    elif name in NUMBERED and texts:
        yield f"{{n}} {texts[0]}", f"{{n}} {texts[1] if len(texts) > 1 else texts[0] + 's'}"


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def codes() -> set[Text]:
    """Codes of the tables that a report says as words: from the lists that define them."""
    from followmoney.case.entry import KINDS
    from followmoney.case.handling import known
    from followmoney.communities import ROLES
    from followmoney.patterns import catalogue
    from followmoney.patterns._hits import ROLES as EVIDENCE
    from followmoney.schema import codes as lists
    from followmoney.tracing.assertions import Kind

    names = {
        *lists.ASSET_KINDS, *KINDS, *lists.ROLE_KINDS, *EVIDENCE, *get_args(Kind), "account", "asset", "cash",
        "unknown", "debt", "fee", "pooled", "good_faith", "backward",
    }  # fmt: skip
    rights = {re.sub("(?=[A-Z])", " ", kind).lower() for kind in lists.INTEREST_KINDS}
    roles = {role.replace("_", "-") for role in ROLES}
    shown = {name.replace("_", " ") for name in {*names, *catalogue()}} | {"good_faith"}
    sums = {"Claimant", "Currency", "Claimed", "Converted", "Held", "Left", "Discharged", "Lost", "Difference"}
    sums |= {"Accrued", "Beyond"}
    handling = {code.meaning for code in known().values()}
    return {(text, None) for text in shown | rights | roles | sums | handling}


def told() -> set[Text]:
    """What results say of themselves in English, before any report: sentences and phrases of the files in `TOLD`."""
    from followmoney.case._measures import table as measures
    from followmoney.case.clocks import clocks
    from followmoney.communities import ROLES
    from followmoney.patterns import catalogue, error_rates
    from followmoney.tracing import catalogue as rules

    found: set[Text] = set(WHOLE)
    for name in TOLD:
        for path in sorted(PACKAGE.glob(name)):
            found |= set(_sentences(ast.parse(path.read_text(encoding="utf-8"))))
    margins = [(cls, margin.threshold) for cls in catalogue().values() for margin in cls.margins]
    helps = {field.metadata["help"] for cls, name in margins for field in fields(cls) if field.name == name}
    docs = {(rule.__doc__ or "").strip().splitlines()[0] for rule in rules().values()}
    ways = error_rates().ways
    kinds = {name.replace("_", " ") for name in catalogue()}
    law = {*map(str, measures()), *map(str, clocks())}
    ours = [tomllib.loads(path.read_text("utf-8")) for path in (PACKAGE / "readers").glob("*.toml")]
    more = {*law, *kinds, *helps, *docs, *ROLES.values(), *error_rates().how, ways["as shipped"], ways["one number"]}
    more |= {known["description"] for known in ours}
    return {(one, several) for one, several in found | {(text, None) for text in more} if one not in SILENT}


def _sentences(tree: ast.Module) -> Iterator[Text]:
    skipped = {id(n) for node in ast.walk(tree) for part in _apart(node) for n in ast.walk(part)}
    inner = {id(n) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for n in ast.walk(node)} - {
        id(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
    }
    nested = {
        id(n)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for value in node.values
        if isinstance(value, ast.FormattedValue)
        for n in _inline(value.value)
    } | {id(n) for node in ast.walk(tree) if _added(node) for n in ast.walk(node) if n is not node}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NUMBERED:
            texts = [text for a in node.args if (text := _literal(a))]
            if texts:
                yield f"{{n}} {texts[0]}", f"{{n}} {texts[1] if len(texts) > 1 else texts[0] + 's'}"
                skipped |= {id(a) for a in node.args}
        elif id(node) not in nested and (
            isinstance(node, ast.JoinedStr)
            or _added(node)
            or (isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner)
        ):
            yield from (_in_number(text) for text in templates(node) if _worded(text))


def _in_number(text: str) -> Text:
    """`{} [is|are]` is a text for one thing and for more."""
    text = re.sub(r"\{(?:n:,)?\}", "{n}", text)
    one, more = (in_number(text, number) for number in (1, 2))
    return one, more if more != one else None


def _apart(node: ast.AST) -> Iterator[ast.AST]:
    """What is no sentence of a result: errors, documentation, examples, format codes."""
    if isinstance(node, ast.Raise | ast.Assert):
        yield node
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
        yield from (b for b in node.body if isinstance(b, ast.Expr) and isinstance(b.value, ast.Constant))
    if isinstance(node, ast.FunctionDef) and node.name in {"__repr__", "_repr_html_", "html", "__post_init__"}:
        yield node
    if isinstance(node, ast.FunctionDef):
        yield from filter(None, [node.returns, *(a.annotation for a in node.args.args)])
    if isinstance(node, ast.AnnAssign):
        yield node.annotation
    if isinstance(node, ast.FormattedValue) and node.format_spec:
        yield node.format_spec
    if isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        if isinstance(target, ast.Name) and target.id in {"example", "counter_example", "Innocent"}:
            yield node
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _NO_WORDS:
        yield node


def _worded(text: str) -> bool:
    words = re.sub(r"\{\w+\}", "", text)
    return " " in text and re.search("[a-z]{2}", words) is not None


def templates(node: ast.expr) -> list[str]:
    """A text with its gaps named; one for each way in which the parts chosen on the spot can come out."""
    return [_named(parts) for parts in _ways(node)]


def _ways(node: ast.expr) -> list[list[str | ast.expr]]:
    if isinstance(node, ast.Constant):
        return [[str(node.value)]]
    if isinstance(node, ast.IfExp) and all(map(_plain, (node.body, node.orelse))):
        return [*_ways(node.body), *_ways(node.orelse)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and _plain(node.left) and _plain(node.right):
        return [[*one, *other] for one in _ways(node.left) for other in _ways(node.right)]
    if isinstance(node, ast.JoinedStr):
        parts = [_ways(v.value) if isinstance(v, ast.FormattedValue) else _ways(v) for v in node.values]
        return [list(itertools.chain.from_iterable(way)) for way in itertools.product(*parts)]
    return [[node]]


def _plain(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _plain(node.body) and _plain(node.orelse)
    return isinstance(node, ast.JoinedStr) or _literal(node) is not None


def _added(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and _plain(node.left) and _plain(node.right)


def _inline(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.IfExp) and all(map(_plain, (node.body, node.orelse))):
        return [node, *_inline(node.body), *_inline(node.orelse)]
    return [node] if isinstance(node, ast.JoinedStr) else []


def _named(parts: list[str | ast.expr]) -> str:
    seen: dict[str, int] = {}
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        name = _name(part)
        seen[name] = seen.get(name, 0) + 1
        text += f"{{{name}{seen[name] if seen[name] > 1 else ''}}}"
    return text


def _name(node: ast.expr) -> str:  # noqa: PLR0911 - one a kind
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_").lower()
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name.lower()
        case ast.Subscript(value=inner) | ast.BinOp(left=inner) | ast.UnaryOp(operand=inner) | ast.Compare(left=inner):
            return _name(inner)
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=[inner, *_]):
            return _name(inner)
        case ast.Call(args=[inner, *_]):
            return _name(inner)
        case ast.Call(func=inner):
            return _name(inner)
        case ast.GeneratorExp(generators=[first, *_]) | ast.ListComp(generators=[first, *_]):
            return _name(first.iter)
        case ast.Tuple(elts=[inner, *_]) | ast.List(elts=[inner, *_]) | ast.BoolOp(values=[inner, *_]):
            return _name(inner)
        case _:
            return "x"
