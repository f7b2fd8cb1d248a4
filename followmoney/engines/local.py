"""This machine: whole, slice by slice, or in a pool of processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from followmoney.engines._plan import plan
from followmoney.engines.scope import Scope, Slice
from followmoney.errors import SettingsError

if TYPE_CHECKING:
    from concurrent.futures import Future

    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Local:
    """Run on this machine; `slices` of time and `shards` of accounts bound the memory, `workers` are processes.

    Whatever the numbers, the answers are the same to the byte. Nothing is cut finer than a question's scope allows.

    Raises:
        SettingsError: A number below 1.
    """

    slices: int | None = None
    shards: int | None = None
    workers: int | None = None
    """None: this process. Workers are started afresh (spawn) and get only their part's columns; in a script, the call
    stands below `if __name__ == "__main__":`, because every worker begins by reading the script."""

    def __post_init__(self) -> None:
        for name in ("slices", "shards", "workers"):
            value = getattr(self, name)
            if value is not None and (not isinstance(value, int) or value < 1):
                raise SettingsError(f"Local({name}={value}): give 1 or more, or leave it out.")

    def run(self, work: Callable[[T], R], cut: Callable[[Slice], T], scope: Scope, time: NDArray[np.int64]) -> list[R]:
        """Answers of `work` to every part, in the order of the plan."""
        parts = plan(scope, time, self.slices or 1, self.shards or 1)
        if self.workers is None:
            return [work(cut(part)) for part in parts]
        return _in_pool(work, cut, parts, self.workers)


def _in_pool(work: Callable[[T], R], cut: Callable[[Slice], T], parts: list[Slice], workers: int) -> list[R]:
    """No more parts are cut than there are workers to take them, so memory stays bounded."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    done: list[R] = []
    ahead: deque[Future[R]] = deque()
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for part in parts:
                if len(ahead) > workers:
                    done.append(ahead.popleft().result())
                ahead.append(pool.submit(work, cut(part)))
            done.extend(future.result() for future in ahead)
    except BrokenProcessPool:
        raise SettingsError(
            'A worker ended before it answered. In a script, call it below `if __name__ == "__main__":`; if it does '
            "so already, there was too little memory: give fewer workers or more slices."
        ) from None
    return done
