"""Everyday life: wages, rent, energy, groceries, the football club."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from .book import Book
from .calendar import every, monthly
from .sheet import rows

WAGES: Final = """
payer    | payee      | on | amount   | purpose
kestrel  | buitendam  | 25 | 2,480.16 | Salaris
kestrel  | cortlever  | 25 | 2,215.90 | Salaris
kestrel  | doornik    | 25 | 2,890.45 | Salaris
kestrel  | eikelrode  | 25 | 2,612.08 | Salaris
kestrel  | huizema    | 25 | 2,344.71 | Salaris
kestrel  | overdiep   | 25 | 2,190.00 | Salaris
kestrel  | brakel     | 25 | 4,310.22 | Salaris directie
terminal | koorn      | 24 | 2,705.33 | Salaris planner
terminal | ijzerman   | 24 | 2,988.17 | Salaris
terminal | kalverdijk | 24 | 2,530.64 | Salaris
terminal | meerveen   | 24 | 3,402.90 | Salaris
terminal | vlaskamp   | 24 | 1,980.50 | Salaris oproep
gemeente | nettelaar  | 23 | 3,115.48 | Salaris
gemeente | jonkvorst  | 23 | 2,477.60 | Salaris
gemeente | waterhuis  | 23 | 1,095.02 | Uitkering
vishandel| aalbrecht  | 28 | 2,600.00 | Privé-opname eigenaar
vishandel| ottenvaer  | 28 | 1,410.00 | Salaris zaterdag & markt
pensioen | grevenbos  | 22 | 1,864.77 | Pensioen
pensioen | lemmerzaal | 22 | 1,522.19 | Pensioen
schravadm| schravel   | 26 | 3,900.00 | DGA-salaris
schravadm| palinckx   | 27 | 640.00   | Bijbaan archief
koelhuis | fluitert   | 27 | 655.40   | Bijbaan weekend
"""

RENTS: Final = """
payer      | amount
koorn      | 812.40
ottenvaer  | 745.10
waterhuis  | 598.75
vlaskamp   | 690.00
buitendam  | 905.20
cortlever  | 731.66
doornik    | 940.00
eikelrode  | 828.15
fluitert   | 455.00
palinckx   | 455.00
huizema    | 788.90
jonkvorst  | 760.35
overdiep   | 702.10
lemmerzaal | 611.80
"""

ENERGY: Final = ("halvermaat", "brakel", "buitendam", "grevenbos", "meerveen", "nettelaar")
PHONES: Final = ("koorn", "ottenvaer", "jonkvorst", "huizema", "overdiep")
MORTGAGES: Final = ("halvermaat", "schravel", "brakel", "aalbrecht", "ijzerman", "kalverdijk", "meerveen", "nettelaar")
SHOPPERS: Final = (
    "halvermaat koorn palinckx ottenvaer waterhuis vlaskamp brakel aalbrecht buitendam cortlever doornik eikelrode "
    "fluitert grevenbos huizema ijzerman jonkvorst kalverdijk lemmerzaal meerveen nettelaar overdiep schravel"
)
MEMBERS: Final = (
    "koorn ottenvaer aalbrecht buitendam cortlever doornik eikelrode grevenbos huizema ijzerman jonkvorst kalverdijk "
    "meerveen nettelaar overdiep brakel schravel fluitert"
)
HOLIDAYS: Final = """
payer     | on | amount   | purpose
vidrellan | 5  | 1,450.00 | Lloguer apartament 3r 1a
ullastell | 6  | 980.00   | Lloguer local baixos
"""


def live(book: Book) -> None:
    """Write nine months of ordinary life into the book."""
    _wages(book)
    _homes(book)
    for r in rows(HOLIDAYS):
        for when in monthly(int(r["on"])):
            book.wire(when, r["payer"], "velamar", r["amount"], r["purpose"])
    for n, payer in enumerate(PHONES):
        for when in monthly(20):
            book.wire(when, payer, "telecom", 2_150 + 250 * (n % 3), "Mobiel + internet")
    _shop(book)
    _club(book)
    _small_things(book)


def _wages(book: Book) -> None:
    # A payroll is one file at the bank: the same minute for all, told apart by the posting sequence.
    for r in rows(WAGES):
        for when in monthly(int(r["on"])):
            month = f"{when:%m/%Y}"
            book.wire(when, r["payer"], r["payee"], r["amount"], r["purpose"], reference=month, at="06:30")


def _homes(book: Book) -> None:
    for r in rows(RENTS):
        opened = book.accounts[r["payer"]].opened
        for when in monthly(1):
            if opened is None or when >= opened:
                month = f"{when:%m-%Y}"
                book.wire(when, r["payer"], "woning", r["amount"], "Huur & servicekosten", reference=month)
    for n, payer in enumerate(ENERGY):
        for when in monthly(17):
            customer = f"00{48_210 + n}"
            book.wire(when, payer, "energie", 11_240 + 731 * n, "Termijnbedrag stroom/gas", reference=customer)
    for n, payer in enumerate(MORTGAGES):
        for when in monthly(2):
            loan = f"H-{4_170 + n}"
            book.wire(when, payer, "mgbank", 98_400 + 7_315 * n, "Hypotheek rente + aflossing", reference=loan)


def _shop(book: Book) -> None:
    for payer in SHOPPERS.split():
        for when in every(32, _first_visit(book, payer, 3, 12)):
            book.card(when, payer, "jutter", book.dice.between(2_890, 24_460))
        for when in every(75, _first_visit(book, payer, 5, 30)):
            shop = book.dice.one_of(("stoepje", "tankpunt", "deloods", "vishandel"))
            book.card(when, payer, shop, book.dice.between(640, 7_900))


def _first_visit(book: Book, payer: str, low: int, high: int) -> date:
    first = date(2024, 1, book.dice.between(low, high))
    opened = book.accounts[payer].opened
    return first if opened is None else max(first, opened + timedelta(days=7))


def _club(book: Book) -> None:
    # Many people pay one account within days: only members' fees.
    for fee, first in ((7_250, date(2024, 1, 15)), (14_500, date(2024, 8, 19))):
        for payer in MEMBERS.split():
            when = date.fromordinal(first.toordinal() + book.dice.between(0, 4))
            book.wire(when, payer, "club", fee, f"Contributie {when:%Y} • voetbal", label="fees")
    book.wire("2024-08-29", "club", "clubsave", "1,500.00", "Naar spaarrekening nieuwe kunstgrasmat")


def _small_things(book: Book) -> None:
    for when in monthly(11):
        book.wire(when, "halvermaat", "halversave", "250.00", "Sparen", channel="internal")
    book.wire("2024-01-30", "kestrel", "kestrelsave", "5,000.00", "Reservering BTW", channel="internal")
    book.wire("2024-04-29", "kestrelsave", "kestrel", "12,000.00", "Opname reservering BTW", channel="internal")
    book.wire("2024-05-04", "grevenbos", "fluitert", "150.00", 'Voor je verjaardag, liefs opa "Theo"')
    book.wire("2024-07-01", "brakel", "zorg", "412.00", "Eigen risico 2023/'24")
    book.pay_in("2024-05-21", "lemmerzaal", "1,200.00", "Verkoop caravan")
    for payer, when in (("lemmerzaal", "2024-02-05"), ("grevenbos", "2024-03-11"), ("eikelrode", "2024-06-28")):
        book.take_out(when, payer, "200.00", "Opname automaat Kerkplein")
    book.card("2024-09-30", "meerveen", "deloods", "64.80", status="pending")
