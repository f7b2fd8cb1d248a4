"""What analysts decide is added and never changed: whatever is altered, removed or put in is found."""

from __future__ import annotations

import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from followmoney import Entry, Journal
from followmoney.case._journal_file import entries as parsed
from followmoney.case.handling import banner, known, meaning
from followmoney.errors import InputError, SettingsError

DAY = date(2024, 10, 1)


def entry(why: str = "Because.", kind: str = "note", *about: str, days: int = 0) -> Entry:
    return Entry(kind, about or ("t1",), why, "A. Analyst", DAY + timedelta(days), "file 12, p. 3")  # type: ignore[arg-type]


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(
    lambda text: bool(text.strip())
)
notes = st.builds(entry, texts, st.sampled_from(["note", "exculpatory", "include", "exclude"]), days=st.integers(0, 3))
journals = st.lists(notes, max_size=5).map(lambda found: Journal(tuple(found)))
BYTES = Journal((entry("Savings."), entry("Not he.", "exclude", "f1"), entry("Zoë: =1+1\n«x»", "exculpatory"))).lines


@examples(50)
@given(journals)
def test_what_is_written_reads_back_word_for_word(journal: Journal):
    assert parsed("".join(f"{line}\n" for line in journal.lines).encode(), "j") == journal.entries


@examples(200)
@given(st.data())
def test_one_changed_bit_anywhere_is_found(data: st.DataObject):
    told = bytearray("".join(f"{line}\n" for line in BYTES).encode())
    bit = data.draw(st.integers(0, 8 * len(told) - 1))
    told[bit // 8] ^= 1 << bit % 8
    with pytest.raises(InputError, match="line"):
        parsed(bytes(told), "j")


@examples(50)
@given(st.permutations(range(3)), st.integers(0, 3), st.integers(0, 2))
def test_lines_removed_moved_or_put_in_are_found_and_the_last_cut_off_by_the_head(
    order: list[int], kept: int, twice: int
):
    lines = [BYTES[at] for at in order[:kept]]
    whole = Journal(parsed("".join(f"{line}\n" for line in BYTES).encode(), "j"))
    if order[:kept] == list(range(kept)):
        cut = Journal(parsed("".join(f"{line}\n" for line in lines).encode(), "j"))
        assert (cut.head == whole.head) == (kept == 3)
    else:
        with pytest.raises(InputError, match="removed, altered or put in"):
            parsed("".join(f"{line}\n" for line in lines).encode(), "j")
    with pytest.raises(InputError, match="not as it was written"):
        parsed("".join(f"{line}\n" for line in [*BYTES, BYTES[twice]]).encode(), "j")


def test_a_file_is_only_added_to_and_private(tmp_path: Path):
    path = tmp_path / "new" / "journal.jsonl"
    first = Journal().add(entry())
    first.save(path)
    before = path.read_bytes()
    second = Journal.read(path).add(entry("More."))
    second.save(path)
    assert path.read_bytes().startswith(before)
    assert Journal.read(path) == second
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(InputError, match="holds other entries"):
        Journal((entry("Another history."), entry("More."))).save(path)
    with pytest.raises(InputError, match="holds other entries"):
        first.save(path)
    assert Journal.read(path) == second


@examples(50)
@given(journals, journals, journals)
def test_two_journals_are_one_whichever_comes_first_and_each_keeps_its_order(
    common: Journal, one: Journal, other: Journal
):
    a, b = common.add(*one), common.add(*other)
    both = a + b
    assert both == b + a
    assert a + a == a
    assert a + common == a
    assert both.entries[: len(common)] == common.entries
    for part in (a, b):
        rest = iter(both)
        assert all(entry in rest for entry in part)  # in this order
    assert len(both) <= len(a) + len(b) - len(common)


def test_the_later_of_two_decisions_counts():
    out, back = entry("Salary.", "exclude", "f1", "f2"), entry("No salary after all.", "include", "f1")
    assert list(Journal((out,)).excluded()) == ["f1", "f2"]
    assert list(Journal((out, back)).excluded()) == ["f2"]
    assert list(Journal((out, back, out)).excluded()) == ["f1", "f2"]
    rules = [entry("Court.", "adopt", "fifo"), entry("Appeal.", "adopt", "pro_rata")]
    assert Journal(tuple(rules)).adopted == "pro_rata"
    codes = [entry("a", "handling", "H1", "h1", "tlp:amber"), entry("b", "handling", "Eyes only")]
    assert Journal((codes[0],)).handling == ("H1", "TLP:AMBER")
    assert Journal(tuple(codes)).handling == ("Eyes only",)


def test_exculpatory_facts_are_found_by_what_they_are_about():
    journal = Journal((entry("a", "exculpatory", "A"), entry("b", "exculpatory", "B", "C"), entry("c")))
    assert [e.why for e in journal.exculpatory()] == ["a", "b"]
    assert [e.why for e in journal.exculpatory("C", "D")] == ["b"]


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"kind": "notes"}, "Did you mean 'note'"),
        ({"why": " "}, "needs a reason"),
        ({"who": ""}, "needs a name"),
        ({"source": None}, "needs a source"),
        ({"about": ()}, "what it is about"),
        ({"about": "t1"}, "what it is about"),
        ({"about": ("",)}, "what it is about"),
        ({"kind": "adopt", "about": ("fifu",)}, "Did you mean 'fifo'"),
        ({"why": "x" * 20_000}, "over 10,000 characters"),
        ({"why": "\ud800"}, "no text"),
        ({"when": "2024-10-01"}, "needs its day"),
    ],
)
def test_an_entry_that_says_too_little_is_refused_in_a_sentence(given_: dict[str, object], said: str):
    whole: dict[str, object] = {
        "kind": "note", "about": ("t1",), "why": "x", "who": "y", "when": DAY, "source": "z"
    } | given_  # fmt: skip
    with pytest.raises(SettingsError, match=said):
        Entry(**whole)  # type: ignore[arg-type]


@pytest.mark.parametrize("told", [b"x\n", b"[]\n", b"{}\n", b'{"number":1}\n', b"\xff\n", b"[" * 100_000 + b"\n", b"{"])
def test_what_is_no_journal_is_refused_in_a_sentence(told: bytes, tmp_path: Path):
    path = tmp_path / "j"
    path.write_bytes(told)
    with pytest.raises(InputError, match=r"j line 1|not whole"):
        Journal.read(path)


def test_every_published_code_has_its_meaning_and_source():
    assert list(known()) == [
        "H0", "H1", "H2", "H3", "TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR",
    ]  # fmt: skip
    assert all(code.meaning and code.source for code in known().values())
    assert meaning("Eyes only") == ""
    assert banner(("H1", "Eyes only")) == "Handling: H1 · Eyes only"
    assert banner(()) == ""
