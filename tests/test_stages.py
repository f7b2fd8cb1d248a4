"""A stage of a run is there whole, or not at all, whenever the process is killed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from followmoney.cli._stages import MANIFEST, alone, stage, whole
from followmoney.errors import SettingsError

STAGE = """
import os, signal, sys
from pathlib import Path
from followmoney.cli._latest import note
from followmoney.cli._stages import alone, stage
out, last = Path(sys.argv[1]), int(sys.argv[2])
seen = 0
def hook(event, args):
    global seen
    if event in {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"} and str(out) in str(args[0]):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)
def write(folder):
    (folder / "sub").mkdir()
    for name in ("a", "b", "sub/c"):
        (folder / name).write_text(name * 1000)
    return {"rows": 3}
sys.addaudithook(hook)
with alone(out):
    made = stage(out, "check", {"files": "f"}, write, "check")
    note(out, {"check": made.folder.name})
print(seen)
"""


def play(out: Path, last: int = 0) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", STAGE, str(out), str(last)], capture_output=True, text=True, check=False
    )


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_killed_at_any_moment_it_ends_with_the_same_bytes(tmp_path: Path):
    done = play(tmp_path / "calm")
    assert done.returncode == 0, done.stderr
    calm = tree(tmp_path / "calm")
    for last in range(1, int(done.stdout) + 1):
        out = tmp_path / f"killed{last}"
        assert play(out, last).returncode == -9
        assert all(whole(p) for p in out.glob("check-*"))
        assert play(out).returncode == 0
        assert tree(out) == calm


def write(folder: Path) -> dict[str, int]:
    (folder / "x").write_text("x")
    return {"rows": 1}


def test_what_is_there_is_kept_and_what_was_changed_is_made_again(tmp_path: Path):
    first = stage(tmp_path, "check", {"files": "f"}, write, "")
    assert first.state == "done"
    assert first.facts == {"rows": 1}
    assert stage(tmp_path, "check", {"files": "f"}, write, "").state == "kept"
    (first.folder / "x").write_text("changed by hand")
    assert stage(tmp_path, "check", {"files": "f"}, write, "").state == "done"
    assert (first.folder / "x").read_text() == "x"


def test_other_inputs_are_another_result(tmp_path: Path):
    names = {stage(tmp_path, n, {"files": f}, write, "").folder.name for n in ("check", "detect") for f in ("f", "g")}
    assert len(names) == 4


def test_the_manifest_says_what_went_in_and_what_came_out(tmp_path: Path):
    made = stage(tmp_path, "check", {"files": "f"}, write, "")
    manifest = json.loads((made.folder / MANIFEST).read_text())
    assert manifest["inputs"] == {"files": "f"}
    assert set(manifest["files"]) == {"x"}
    assert made.folder.name == f"check-{manifest['key'][:12]}"


def test_an_error_leaves_no_result(tmp_path: Path):
    def fail(folder: Path) -> dict[str, int]:
        (folder / "x").write_text("half")
        raise SettingsError("no")

    with pytest.raises(SettingsError), alone(tmp_path):
        stage(tmp_path, "check", {"files": "f"}, fail, "")
    assert list(tmp_path.iterdir()) == []
    with alone(tmp_path):
        assert list(tmp_path.iterdir()) == []


def test_two_runs_never_write_to_one_folder(tmp_path: Path):
    pytest.importorskip("fcntl", reason="folders cannot be locked on this system")
    with alone(tmp_path), pytest.raises(SettingsError, match="Another run"), alone(tmp_path):
        pass
