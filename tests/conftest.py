"""What every test shares: repeatable random input, few threads, no window, and the sample case."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("POLARS_MAX_THREADS", "2")  # read once, when polars is first imported
os.environ.setdefault("MPLBACKEND", "Agg")

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from followmoney import Ledger

ROOT = Path(__file__).parents[1]

settings.register_profile(
    "repeatable",  # the same examples at every run and on every machine, so that a red build can be repeated
    deadline=None,
    derandomize=True,
    max_examples=20,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile(  # pytest --hypothesis-profile=search: look further, with new examples each time
    "search",
    settings.get_profile("repeatable"),
    derandomize=False,
    max_examples=1_000,
)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite what is generated, instead of comparing it")


@pytest.fixture(scope="session")
def update(request: pytest.FixtureRequest) -> bool:
    """Whether generated text (tests/golden, the README's table of commands) is to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def sample() -> Path:
    """The folder of the sample case."""
    return ROOT / "sample_data" / "harbour"


@pytest.fixture(scope="session")
def harbour(sample: Path) -> Ledger:
    """The sample case, loaded once; a ledger never changes, so tests may share it."""
    import followmoney as fm

    return fm.load(sample)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Data that is not part of the project (see tests that use it)."""
    path = ROOT.parent / "shared" / "data"
    if not path.is_dir():
        pytest.skip("needs the data folder ../shared/data, which is not part of the project")
    return path
