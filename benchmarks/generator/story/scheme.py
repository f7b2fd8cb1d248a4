"""What was done with the money of the port: from cash at the machine to a villa by the sea."""

from __future__ import annotations

from typing import Final

from .book import Book
from .sheet import rows

DEPOSITS: Final = """
day        | account   | amount   | where
2024-02-12 | koorn     | 9,450.00 | Storting automaat Havenplein
2024-02-14 | koorn     | 9,800.00 | Storting automaat Havenplein
2024-02-16 | koorn     | 9,300.00 | Storting automaat Stationsplein
2024-02-12 | palinckx  | 9,700.00 | Storting eigen geld
2024-02-13 | palinckx  | 9,650.00 | Storting eigen geld
2024-02-15 | palinckx  | 9,850.00 | Storting eigen geld
2024-02-13 | ottenvaer | 8,900.00 | Storting automaat Kerkplein
2024-02-15 | ottenvaer | 9,900.00 | Storting automaat Havenplein
2024-02-19 | ottenvaer | 9,500.00 | Storting automaat Kerkplein
2024-02-14 | waterhuis | 9,750.00 | Storting eigen geld
2024-02-16 | waterhuis | 9,200.00 | Storting eigen geld
2024-02-19 | waterhuis | 9,600.00 | Storting eigen geld
2024-02-13 | vlaskamp  | 9,350.00 | Storting automaat Stationsplein
2024-02-16 | vlaskamp  | 9,500.00 | Storting automaat Stationsplein
2024-02-19 | vlaskamp  | 9,100.00 | Storting automaat Havenplein
2024-04-08 | koorn     | 9,600.00 | Storting automaat Havenplein
2024-04-10 | koorn     | 9,400.00 | Storting automaat Kerkplein
2024-04-12 | koorn     | 9,900.00 | Storting automaat Havenplein
2024-04-09 | ottenvaer | 9,850.00 | Storting automaat Kerkplein
2024-04-11 | ottenvaer | 9,550.00 | Storting automaat Kerkplein
2024-04-15 | ottenvaer | 9,250.00 | Storting automaat Stationsplein
2024-04-08 | vlaskamp  | 9,300.00 | Storting automaat Stationsplein
2024-04-09 | vlaskamp  | 9,700.00 | Storting automaat Havenplein
2024-04-12 | vlaskamp  | 9,450.00 | Storting automaat Stationsplein
"""

FORWARDS: Final = """
day        | at    | payer     | amount    | purpose                              | reference
2024-02-16 | 00:00 | palinckx  | 28,000.00 | Factuur pallets & spanbanden          | KQ-24-0117
2024-02-19 | 15:42 | koorn     | 27,400.00 | Inv. "laadklep" reparatie             | KQ-24-0121
2024-02-20 | 09:12 | ottenvaer | 27,150.00 | =KQ24-0122 opslag februari            | KQ-24-0122
2024-02-20 | 00:00 | waterhuis | 27,400.00 | déménagement côté quai, 2 camions     | KQ-24-0125
2024-02-20 | 11:33 | vlaskamp  | 26,800.00 | Opslag box 14 & 15; jan/feb           | KQ-24-0126
2024-04-15 | 10:05 | koorn     | 27,700.00 | Transport "spoed" wk 15               | KQ-24-0240
2024-04-16 | 09:27 | ottenvaer | 27,500.00 | @depot: pallets + folie               | KQ-24-0243
2024-04-15 | 14:51 | vlaskamp  | 27,300.00 | Opslag box 14 & 15; mrt/apr           | KQ-24-0241
"""

LAYERS: Final = """
day        | at    | payer      | payee      | amount    | label    | purpose
2024-02-21 | 09:14 | kestrel    | hobekivi   | 62,000.00 | layer    | Invoice HM-0218 ship's stores & spares
2024-02-22 | 08:47 | hobekivi   | zephyrine  | 60,500.00 | layer    | Management services Q1 (agr. 11/2022)
2024-02-23 | 10:31 | kestrel    | lantern    | 41,000.00 | layer    | Charter deposit m/y "Fanal II"
2024-02-26 | 12:20 | zephyrine  | velamar    | 52,000.00 | loan     | Shareholder loan agreement 1/2024
2024-02-28 | 09:55 | lantern    | velamar    | 33,000.00 | loan     | Préstamo socio 2/2024
2024-04-17 | 09:08 | kestrel    | hobekivi   | 48,000.00 | circle   | Invoice HM-0229 ship's stores, lashing
2024-04-18 | 07:36 | hobekivi   | zephyrine  | 46,900.00 | circle   | Management services Q2 (agr. 11/2022)
2024-04-18 | 13:02 | kestrel    | lantern    | 26,000.00 | layer    | Charter balance m/y "Fanal II"
2024-04-22 | 08:10 | zephyrine  | lantern    | 44,000.00 | circle   | Capital contribution Ω-4
2024-04-29 | 11:48 | lantern    | kestrel    | 41,500.00 | circle   | Refund charter deposit m/y "Fanal II"
2024-05-06 | 10:22 | lantern    | halvermaat | 36,000.00 | loanback | Loan agreement d.d. 3 May 2024, 0% p.a.
2024-06-05 | 10:40 | kestrel    | velamar    | 58,000.00 | advance  | Vooruitbetaling opslagruimte 2024-2026
2024-03-04 | 09:30 | kestrel    | koorn      | 3,500.00  | reward   | Bonus planning wk 6-7
2024-04-26 | 09:30 | kestrel    | koorn      | 3,500.00  | reward   | Bonus planning wk 15-16
2024-03-05 | 11:15 | zephyrine  | petrellou  | 1,800.00  | fee      | Director's fee Jan-Mar
2024-07-02 | 11:15 | zephyrine  | petrellou  | 1,800.00  | fee      | Director's fee Apr-Jun
2024-03-06 | 14:05 | zephyrine  | schravadm  | 2,400.00  | fee      | Corporate secretarial 2024/1
2024-07-03 | 14:05 | lantern    | schravadm  | 2,400.00  | fee      | Corporate secretarial 2024/2
2024-07-03 | 14:35 | lantern    | petrellou  | 1,200.00  | fee      | Director's fee H1
"""

PURCHASE: Final = """
day        | at    | payer      | payee      | amount     | label    | purpose
2024-03-15 | 10:02 | velamar    | quinta     | 28,500.00  | villa    | Arras villa "Punta Velada"
2024-06-12 | 08:30 | orvbank    | velamar    | 110,000.00 | mortgage | Disposición préstamo hipotecario 7741-9
2024-06-14 | 09:41 | velamar    | quinta     | 256,500.00 | villa    | Compraventa villa "Punta Velada", finca 2.217
2024-06-14 | 12:12 | quinta     | sorribel   | 258,000.00 | price    | Precio finca 2.217, prot. 845
2024-06-17 | 08:20 | quinta     | fiscales   | 25,800.00  | tax      | Impuesto transmisión finca 2.217
2024-06-17 | 08:25 | quinta     | fiscales   | 260.00     | tax      | Inscripción & copias prot. 845
2024-07-09 | 15:30 | velamar    | obramar    | 11,800.00  | works    | Reforma cocina y baño, ppto. 88
2024-05-13 | 13:17 | halvermaat | autohuis   | 38,500.00  | car      | Aankoop auto, order 24-0513
"""

CASH_OUT: Final = """
day        | account    | amount   | where
2024-02-21 | palinckx   | 800.00   | Opname automaat Stationsplein
2024-02-22 | waterhuis  | 900.00   | Opname automaat Havenplein
2024-02-23 | koorn      | 700.00   | Opname automaat Havenplein
2024-02-23 | vlaskamp   | 1,000.00 | Opname automaat Havenplein
2024-02-26 | ottenvaer  | 900.00   | Opname automaat Kerkplein
2024-04-17 | koorn      | 900.00   | Opname automaat Havenplein
2024-04-18 | ottenvaer  | 1,000.00 | Opname automaat Kerkplein
2024-04-18 | vlaskamp   | 1,000.00 | Opname automaat Stationsplein
2024-05-17 | halvermaat | 1,500.00 | Opname balie Kerkplein
2024-06-21 | halvermaat | 1,500.00 | Opname balie Kerkplein
2024-07-19 | halvermaat | 1,500.00 | Opname balie Kerkplein
2024-03-28 | gannet     | 2,500.00 | Counter withdrawal Quay St
2024-05-23 | gannet     | 1,500.00 | Counter withdrawal Quay St
"""

LONDON: Final = """
day        | at    | payee  | amount    | received  | purpose
2024-03-12 | 10:57 | gannet | 24,000.00 | 20,496.00 | Consultancy retainer Q1 - agreed rate 0.8540
"""


def launder(book: Book) -> None:
    """Write the offence into the book."""
    for r in rows(DEPOSITS):
        book.pay_in(r["day"], r["account"], r["amount"], r["where"], label="claim")
    for r in rows(FORWARDS):
        told = {"reference": r["reference"], "at": r["at"], "label": "forward"}
        book.wire(r["day"], r["payer"], "kestrel", r["amount"], r["purpose"], **told)
    for r in rows(LAYERS) + rows(PURCHASE):
        book.wire(r["day"], r["payer"], r["payee"], r["amount"], r["purpose"], at=r["at"], label=r["label"])
    for r in rows(LONDON):
        paid = {"purpose": r["purpose"], "at": r["at"], "label": "abroad"}
        book.convert(r["day"], "kestrel", r["payee"], r["amount"], r["received"], **paid)
    for r in rows(CASH_OUT):
        book.take_out(r["day"], r["account"], r["amount"], r["where"], label="cash_out")
