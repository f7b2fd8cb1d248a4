"""`retell`: a sentence that was made in English, said again in the language spoken now."""

from __future__ import annotations

from collections.abc import Iterable

from followmoney.languages._known import ENGLISH
from followmoney.languages._templates import book
from followmoney.languages.speaking import spoken


def retell(sentence: str) -> str:
    """The sentence in the language spoken now, or as it is where it is none that followmoney makes.

    Findings, networks and notes are kept, hashed and sealed in English; a report in another language recognises the
    text each was made from, and fills the translation with the same names and figures. Where a name could be read in
    two ways, the sentence stays English: figures are never guessed.
    """
    if spoken() == ENGLISH or not sentence:
        return sentence
    return book(spoken()).told(sentence) or sentence


def retold(sentences: Iterable[str]) -> tuple[str, ...]:
    """The same for several."""
    return tuple(map(retell, sentences))
