# ruff: noqa: E501 - one line an asset
"""What the parties of the harbour matter own; `bought` names the lines of the book that paid for it."""

from __future__ import annotations

from typing import Final

ASSETS: Final = """
kind        | description                                       | holder     | value      | currency | valued     | bought | encumbrance | country
real_estate | House Duinrand 4, Zandermeer                      | halvermaat | 468,000.00 | EUR      | 2024-01-01 |        | 301,500.00  | NL
vehicle     | Truck tractor, 2021, plate 99-ZQ-41               | kestrel    | 101,000.00 | EUR      | 2024-06-30 | truck  | 40,250.00   | NL
vehicle     | Estate car, 2023, plate ZZ-417-Q                  | halvermaat | 36,900.00  | EUR      | 2024-06-30 | car    |             | NL
real_estate | Villa "Punta Velada", Vallmarina, land reg. 2.217 | velamar    | 305,000.00 | EUR      | 2024-09-15 | villa  | 110,000.00  | ES
receivable  | Loan to Velamar Costa Norte S.L., agr. 1/2024     | zephyrine  | 52,000.00  | EUR      | 2024-02-26 | lent_z |             | CY
receivable  | Loan to Velamar Costa Norte S.L., agr. 2/2024     | lantern    | 33,000.00  | EUR      | 2024-02-28 | lent_l |             | MT
real_estate | Flat Kerkpad 18, Zandermeer                       | schravel   | 289,000.00 | EUR      | 2024-01-01 |        |             | NL
business    | Fish shop Vismarkt 3                              | aalbrecht  | 74,000.00  | EUR      | 2024-01-01 |        |             | NL
vehicle     | Van with cold store, 2019, plate 99-VZ-08         | vishandel  | 14,500.00  | EUR      | 2024-06-30 |        |             | NL
"""
