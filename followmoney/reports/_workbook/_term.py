"""A formula and what it comes to, made together, so that the figure stored in a cell is the figure of its formula."""

from __future__ import annotations

from dataclasses import dataclass

LIMB = 4096
"""Products are taken apart at this power of two: no figure on the way has more digits than a spreadsheet keeps (15)."""
LARGEST = LIMB**3
"""Minor units up to which shares are exact."""


@dataclass(frozen=True, slots=True)
class Term:
    """The text of a formula, without its "=", and its value; whole numbers only."""

    text: str
    value: int

    def __add__(self, other: Given) -> Term:
        return Term(f"{self.text}+{_within(other)}", self.value + of(other).value)

    def __sub__(self, other: Given) -> Term:
        return Term(f"{self.text}-{_within(other)}", self.value - of(other).value)

    def __lt__(self, other: Given) -> Term:
        return Term(f"({self.text}<{of(other).text})", int(self.value < of(other).value))

    def __le__(self, other: Given) -> Term:
        return Term(f"({self.text}<={of(other).text})", int(self.value <= of(other).value))

    def __gt__(self, other: Given) -> Term:
        return Term(f"({self.text}>{of(other).text})", int(self.value > of(other).value))

    def __ge__(self, other: Given) -> Term:
        return Term(f"({self.text}>={of(other).text})", int(self.value >= of(other).value))

    def same(self, other: Given) -> Term:
        """Whether both come to the same."""
        return Term(f"({self.text}={of(other).text})", int(self.value == of(other).value))


Given = Term | int


def of(given: Given) -> Term:
    """A number as a term."""
    return given if isinstance(given, Term) else Term(str(given), given)


def when(condition: Term, yes: Given, no: Given) -> Term:
    """IF."""
    chosen = of(yes if condition.value else no).value
    return Term(f"IF({condition.text},{of(yes).text},{of(no).text})", chosen)


def both(one: Term, other: Term) -> Term:
    """AND."""
    return Term(f"AND({one.text},{other.text})", int(bool(one.value and other.value)))


def most(one: Given, other: Given) -> Term:
    """MAX."""
    return Term(f"MAX({of(one).text},{of(other).text})", max(of(one).value, of(other).value))


def least(one: Given, other: Given) -> Term:
    """MIN."""
    return Term(f"MIN({of(one).text},{of(other).text})", min(of(one).value, of(other).value))


def guess(part: Term, of_amount: Term, whole: Term) -> Term:
    """The quotient part × amount / whole, rounded down, at most one off. All three are cells; whole may be 0."""
    value = part.value * of_amount.value // whole.value if whole.value > 0 else 0
    return Term(f"IF({whole.text}>0,INT({part.text}*{of_amount.text}/{whole.text}),0)", value)


def rest(part: Term, of_amount: Term, whole: Term, guessed: Term) -> Term:
    """What is left, part × amount − guess × whole, exactly, in three steps of twelve bits. All four are cells."""

    def step(first: str, second: str) -> str:
        return f"{part.text}*{first}-{whole.text}*{second}"

    square = LIMB * LIMB
    a, q = of_amount.text, guessed.text
    high = step(f"INT({a}/{square})", f"INT({q}/{square})")
    middle = step(f"MOD(INT({a}/{LIMB}),{LIMB})", f"MOD(INT({q}/{LIMB}),{LIMB})")
    low = step(f"MOD({a},{LIMB})", f"MOD({q},{LIMB})")
    value = part.value * of_amount.value - guessed.value * whole.value
    return Term(f"(({high})*{LIMB}+{middle})*{LIMB}+{low}", value)


def nearest(guessed: Term, left: Term, whole: Term) -> Term:
    """The share of which these are guess and rest, to the nearest unit; an exact tie goes to other money."""
    w, r = whole.text, left.text
    value = guessed.value + _ceil_half(left.value, whole.value)
    return Term(f"{guessed.text}+(2*{r}>{w})+(2*{r}>3*{w})-(2*{r}<=-{w})", value)


def below(guessed: Term, left: Term, whole: Term) -> Term:
    """The same, rounded down."""
    value = guessed.value + (left.value >= whole.value) - (left.value < 0)
    return Term(f"{guessed.text}+({left.text}>={whole.text})-({left.text}<0)", value)


def _ceil_half(left: int, whole: int) -> int:
    return (2 * left > whole) + (2 * left > 3 * whole) - (2 * left <= -whole)


def _within(given: Given) -> str:
    """As a summand: in brackets where it is itself a sum or a negative number."""
    text = of(given).text
    return text if text[0] != "-" and not set(text.partition("(")[0]) & set("+-") else f"({text})"
