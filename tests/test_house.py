"""The house rules: small files, one thing a file, a light import, everything public explained."""

from __future__ import annotations

import ast
import json
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import followmoney

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "followmoney"
FILES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {
    "polars",
    "lxml",
    "igraph",
    "matplotlib",
    "numba",
    "pandas",
    "networkx",
    "numpy",
    "pyarrow",
    "dataframely",
    "jinja2",
}
UNWANTED = {"utils", "util", "helpers", "helper", "misc", "common", "tools"}
WORDS = re.compile(r"(?i)\bUBOs?\b|fraud score|\bguilty\b|\bsuspicious\b|\bsuspects?\b|\bcriminals?\b(?! proceeds)")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def imported(path: Path) -> set[str]:
    """The outermost packages a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "import_module":
            first = node.args[0]
            if isinstance(first, ast.Constant):
                found.add(str(first.value).split(".")[0])
    return found


def undocumented(node: ast.AST, path: str) -> Iterator[str]:
    if not ast.get_docstring(node):  # type: ignore[arg-type]
        yield path
    for child in getattr(node, "body", []):
        if isinstance(child, ast.ClassDef):
            if not child.name.startswith("_"):
                yield from undocumented(child, f"{path}.{child.name}")
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            overload = any(isinstance(d, ast.Name) and d.id in {"overload", "override"} for d in child.decorator_list)
            if not child.name.startswith("_") and not overload and not ast.get_docstring(child):
                yield f"{path}.{child.name}"


def in_a_fresh_python(code: str) -> set[str]:
    """The heavy packages that are loaded after running `code`."""
    report = "; import json, sys; print(json.dumps(sorted(m for m in sys.modules if '.' not in m)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code + report], capture_output=True, text=True, check=True, cwd=ROOT)
    return HEAVY & set(json.loads(done.stderr.splitlines()[-1]))


def test_no_file_is_over_400_lines() -> None:
    lines = {
        name(f): len(f.read_text(encoding="utf-8").splitlines()) for f in [*FILES, *(ROOT / "tests").rglob("*.py")]
    }
    assert {f: n for f, n in lines.items() if n > 400} == {}


def test_half_of_the_files_fit_on_a_screen_or_two() -> None:
    assert statistics.median(map(length, FILES)) <= 100


def test_no_room_for_odds_and_ends() -> None:
    assert [name(f) for f in FILES if {p.strip("_") for p in f.with_suffix("").parts[-2:]} & UNWANTED] == []


def test_everything_public_is_explained() -> None:
    assert [u for f in FILES for u in undocumented(tree(f), name(f))] == []


def test_every_public_name_is_there() -> None:
    assert {n: getattr(followmoney, n, None) is not None for n in followmoney.__all__} == dict.fromkeys(
        followmoney.__all__, True
    )
    assert set(followmoney.__all__) <= set(dir(followmoney))


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        _ = followmoney.lod


def test_importing_followmoney_loads_nothing_heavy() -> None:
    assert in_a_fresh_python("import followmoney") == set()


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    call = f"from followmoney.cli import main\ntry:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
    assert in_a_fresh_python(f"exec({call!r})") == set()


def test_numba_is_spoken_in_kernel_files_only() -> None:
    assert [name(f) for f in FILES if "numba" in imported(f) and not f.stem.startswith("_kernel")] == []


def test_only_the_command_line_writes_to_the_output() -> None:
    printing = {
        name(f)
        for f in FILES
        for node in ast.walk(tree(f))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
        and not any(k.arg == "file" and ast.unparse(k.value) == "sys.stderr" for k in node.keywords)
    }
    assert {f for f in printing if not f.startswith("followmoney/cli/")} == set()


def test_words_that_judge_a_person_are_never_used() -> None:
    texts = {
        f"{name(f)}:{node.lineno}": node.value
        for f in FILES
        for node in ast.walk(tree(f))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } | {f: (ROOT / f).read_text(encoding="utf-8") for f in ("README.md", "CHANGELOG.md")}
    assert {where: found for where, text in texts.items() if (found := WORDS.findall(text))} == {}


def test_the_licence_is_in_the_package() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.split()[:5] == ["GNU", "GENERAL", "PUBLIC", "LICENSE", "Version"]
    assert "either version 3 of the License, or\n(at your option) any later version" in (ROOT / "README.md").read_text(
        encoding="utf-8"
    )


def test_everything_imported_is_declared_and_everything_declared_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {
        re.split(r"[<>=\[]", d)[0].replace("mt-940", "mt940")
        for d in [
            *project["dependencies"],
            *(d for x in ("bank", "i2", "report", "seal") for d in project["optional-dependencies"][x]),
        ]
    }
    found = {package for f in FILES for package in imported(f)} - set(sys.stdlib_module_names)
    declared = {
        {"python-docx": "docx", "python-stdnum": "stdnum"}.get(name, name) for name in declared
    }  # imported under another name
    assert found - {"followmoney", "llvmlite"} == declared  # numba brings the one llvmlite it works with
