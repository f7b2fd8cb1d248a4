"""Work that is a number of questions: how long each took, so that the table can give the median and the slowest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

ENOUGH = 1.0  # CPU seconds of questions, and one more; so that a slow answer does not hold up everything


@dataclass(frozen=True)
class Answers:
    """CPU seconds of every question, and what was answered (kept until the memory was read)."""

    seconds: tuple[float, ...]
    kept: tuple[Any, ...]


def asked(answer: Callable[[Any], Any], questions: Iterable[Any], *, parts: int = 1) -> Answers:
    """Answer one question after the other; `parts`: how many the table counts in each (the two ends of an interval)."""
    seconds: list[float] = []
    kept: list[Any] = []
    for question in questions:
        began = time.process_time()
        kept.append(answer(question))
        seconds.append((time.process_time() - began) / parts)
        if sum(seconds) * parts > ENOUGH:
            break
    return Answers(tuple(seconds), tuple(kept))
