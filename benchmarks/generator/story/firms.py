"""Honest and half-honest business around the port: trade, wages, taxes, takings and a notary's other clients."""

from __future__ import annotations

from typing import Final

from .book import Book
from .calendar import every, monthly
from .sheet import cents, day, rows

STANDING: Final = """
payer     | payee     | on | amount    | purpose
kestrel   | belasting | 24 | 7,905.00  | Loonheffing
kestrel   | terminal  | 12 | 2,210.00  | Kade- en liggelden
kestrel   | verzeker  | 3  | 1,118.40  | Premie wagenpark polis 0031-774
kestrel   | woning    | 1  | 5,480.00  | Huur loods Noorderdok 7
kestrel   | schravadm | 8  | 1,250.00  | Administratie & salarisverwerking
kestrel   | energie   | 18 | 1,436.70  | Stroom + gas loods
kestrel   | halvermaat| 26 | 4,200.00  | Advies logistiek conform ovk.
kestrel   | mgbank    | 29 | 38.50     | Kosten zakelijk pakket
terminal  | belasting | 24 | 11,340.00 | Loonheffing
terminal  | energie   | 18 | 9,880.25  | Walstroom Zuidpier
terminal  | gemeente  | 15 | 3,125.00  | Precariobelasting
koelhuis  | terminal  | 9  | 18,400.00 | Overslag & opslag
vennemaat | terminal  | 10 | 14,250.00 | Overslag rollen
terminal  | schravadm | 8  | 2,400.00  | Salarisverwerking & jaarwerk
vennemaat | schravadm | 8  | 1,900.00  | Salarisverwerking
vishandel | gemeente  | 2  | 845.00    | Huur marktkraam/pand Vismarkt 3
vishandel | energie   | 19 | 612.35    | Stroom koelcel
schravadm | belasting | 27 | 1,860.00  | Loonheffing & BTW
velamar   | orvbank   | 28 | 12.00     | Comisión mantenimiento
velamar   | castelvell| 27 | 650.00    | Honorarios administración
club      | gemeente  | 16 | 390.00    | Huur velden Sportlaan
hobekivi  | schravadm | 20 | 95.00     | Virtual office
"""

TRADE: Final = """
payer     | days | first      | low      | high      | purpose
roodkaap  | 14   | 2024-01-05 | 7,200.00 | 9,900.00  | Transport kratten & fusten
vennemaat | 14   | 2024-01-09 | 8,400.00 | 12,600.00 | Rollen papier, ritten
tulpveld  | 12   | 2024-01-11 | 5,100.00 | 9,400.00  | Koeltransport veiling
koelhuis  | 14   | 2024-01-16 | 8,900.00 | 13,100.00 | Containers 40ft reefer
"""

COSTS: Final = """
payer     | payee     | days | first      | low      | high      | purpose
kestrel   | osterloo  | 10   | 2024-01-08 | 3,900.00 | 7,600.00  | Charter trekkers
kestrel   | belasting | 91   | 2024-01-30 | 13,800.00| 16,900.00 | BTW kwartaal
vishandel | afslag    | 7    | 2024-01-03 | 11,600.00| 15,900.00 | Veilingnota
vishandel | belasting | 91   | 2024-01-29 | 3,100.00 | 4,400.00  | BTW kwartaal
zorg      | gemeente  | 91   | 2024-02-06 | 4,100.00 | 4,900.00  | Wijkverpleging voorschot
"""

CUSTOMS: Final = """
day        | payer     | amount    | duty
2024-01-22 | koelhuis  | 14,210.00 | 13,985.00
2024-02-27 | tulpveld  | 11,480.00 | 11,300.00
2024-04-03 | koelhuis  | 16,925.00 | 16,660.00
2024-06-11 | vennemaat | 12,300.00 | 12,110.00
2024-08-20 | koelhuis  | 15,040.00 | 14,800.00
"""

NOTARY: Final = """
day        | payer     | payee     | amount     | purpose
2024-04-24 | tarrasol  | quinta    | 192,400.00 | Compraventa piso Carrer de la Sal 12
2024-04-25 | quinta    | quillart  | 175,000.00 | Precio piso prot. 611
2024-04-26 | quinta    | fiscales  | 17,100.00  | Impuesto transmisión prot. 611
2024-05-15 | quillart  | velamar   | 3,900.00   | Reserva temporada apartament 3
2024-07-23 | ullastell | quinta    | 138,900.00 | Compraventa local Plaça Gran 4
2024-07-24 | quinta    | vidrellan | 126,000.00 | Precio local prot. 902
2024-07-25 | quinta    | fiscales  | 12,500.00  | Impuesto transmisión prot. 902
"""

ONCE: Final = """
day        | payer     | payee     | amount     | label     | purpose
2024-02-06 | kestrel   | autohuis  | 58,000.00  | truck     | Aanbetaling trekker 99-ZQ-41, rest lease
2024-07-15 | kestrel   | zilver    | 40,800.00  | dividend  | Interim-dividend 2024 (51%)
2024-07-15 | kestrel   | brakel    | 39,200.00  | dividend  | Interim-dividend 2024 (49%)
2024-07-22 | zilver    | halvermaat| 12,000.00  | dividend  | Dividend
"""

_MARKET_DAYS: Final = (2, 5)  # Wednesday and Saturday takings, brought in next morning


def trade(book: Book) -> None:
    """Write nine months of business into the book."""
    for r in rows(STANDING):
        for when in monthly(int(r["on"])):
            book.wire(when, r["payer"], r["payee"], r["amount"], r["purpose"], reference=f"{when:%Y-%m}")
    for r in rows(TRADE):
        _invoices(book, r | {"payee": "kestrel"}, "KQ")
    for r in rows(COSTS):
        _invoices(book, r, "F")
    for r in rows(ONCE):
        book.wire(r["day"], r["payer"], r["payee"], r["amount"], r["purpose"], label=r["label"])
    for r in rows(CUSTOMS):
        paid = book.wire(r["day"], r["payer"], "pieterw", r["amount"], "Invoerrechten & BTW, voorschot", at="09:40")
        when = book.movements[paid].at.date()
        book.wire(when, "pieterw", "belasting", r["duty"], "Afdracht invoerrechten", at="15:20")
    for r in rows(NOTARY):
        book.wire(r["day"], r["payer"], r["payee"], r["amount"], r["purpose"])
    _takings(book)
    _returned_payment(book)


def _invoices(book: Book, r: dict[str, str], series: str) -> None:
    start = day(r["first"])
    if start is None:
        raise ValueError(f"The invoices of {r['payer']} need a first day.")
    for number, when in enumerate(every(int(r["days"]), start), start=1):
        amount = book.dice.between(cents(r["low"]), cents(r["high"]))
        book.wire(when, r["payer"], r["payee"], amount, r["purpose"], reference=f"{series}-{number:05d}")


def _takings(book: Book) -> None:
    # The shop brings what it took: now and then just under 10,000, as often just above.
    for when in every(1):
        if when.weekday() in _MARKET_DAYS:
            low, high = ("6,400.00", "9,700.00") if when.weekday() == _MARKET_DAYS[0] else ("4,900.00", "12,400.00")
            whole_fives = book.dice.between(cents(low) // 500, cents(high) // 500) * 500
            book.pay_in(when, "vishandel", whole_fives, "Storting dagopbrengst Vismarkt", label="takings")


def _returned_payment(book: Book) -> None:
    line = book.wire("2024-03-19", "kestrel", "osterloo", "4,310.00", "Charter trekkers wk 11", at="09:02")
    book.give_back(line, "2024-03-21", "Retour: dubbel betaald, onze dank", at="13:26")
    book.movements[line].label = "returned"
