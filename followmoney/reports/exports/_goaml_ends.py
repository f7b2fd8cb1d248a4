"""The two sides of a transaction in a goAML report: account, holder, directors, addresses."""

from __future__ import annotations

import re

from followmoney.ledger import Ledger
from followmoney.reports._money import decimal
from followmoney.reports.exports._goaml_text import around, element
from followmoney.reports.exports._rows import Row, day, outside, rows

_CODES = {"cash": "CASH", "wire": "EFT", "card": "CARD", "cheque": "CHEQUE", "crypto": "CRYPTO",
          "securities": "SECURITIES"}  # fmt: skip
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


class Ends:
    """Accounts and parties of a ledger, as a report writes them."""

    def __init__(self, ledger: Ledger) -> None:
        self._accounts = {row["id"]: row for row in rows(ledger, "accounts")}
        self._parties = {row["id"]: row for row in rows(ledger, "parties")}
        self._places: dict[str, list[Row]] = {}
        for row in rows(ledger, "addresses"):
            self._places.setdefault(row["party"], []).append(row)
        self._directors: dict[str, list[Row]] = {}
        for row in rows(ledger, "roles"):
            if row["kind"] == "director" and self._is_person(row["party"]):
                self._directors.setdefault(row["of"], []).append(self._parties[row["party"]])

    @staticmethod
    def code(channel: str | None) -> str | None:
        """How the money moved, as a code that says it itself."""
        return _CODES.get(channel or "")

    def side(self, side: str, account: str, row: Row) -> str:
        """`t_from` or `t_to`; of cash and unknown ends only what is known: the means."""
        told = element(f"{side}_funds_code", self.code(row["channel"]))
        if side == "to" and row["amount_received"] is not None:
            received = row["currency_received"]
            told += around(
                "to_foreign_currency",
                element("foreign_currency_code", received)
                + element("foreign_amount", decimal(row["amount_received"], received)),
            )
        if not outside(account):
            known = self._accounts[account]
            told += around(f"{side}_account", self._account(known)) + element(f"{side}_country", known["country"])
        return around(f"t_{side}", told)

    def _is_person(self, party: str) -> bool:
        return self._parties.get(party, {}).get("kind") == "person"

    def _account(self, row: Row) -> str:
        bank = row["institution"] or ""
        holder = self._parties.get(row["holder"] or "")
        iban = row["scheme"] == "IBAN"
        person = holder is not None and holder["kind"] == "person"
        told = [
            element("swift" if _BIC.fullmatch(bank) else "institution_name", bank), element("account", row["id"]),
            element("currency_code", row["currency"]), element("iban", row["id"] if iban else None),
            "" if holder is None or person else around("t_entity", self._entity(holder)),
            around("signatory", "<is_primary>1</is_primary>" + around("t_person", self._person(holder)))
            if holder is not None and person else "",
            element("opened", day(row["opened"])), element("closed", day(row["closed"])),
        ]  # fmt: skip
        return "".join(told)

    def _person(self, row: Row) -> str:
        first, _, last = (row["name"] or "").rpartition(" ")
        exact = row["founded_latest"] in (None, row["founded"])
        told = [
            element("first_name", first), element("last_name", last),
            element("birthdate", day(row["founded"]) if exact else None), element("id_number", row["register_number"]),
            element("residence", row["country"]), self._addresses(row), element("tax_reg_number", row["vat"]),
            element("date_deceased", day(row["dissolved"])),
        ]  # fmt: skip
        return "".join(told)

    def _entity(self, row: Row) -> str:
        exact = row["founded_latest"] in (None, row["founded"])
        told = [
            element("name", row["name"]), element("incorporation_number", row["register_number"]),
            element("business", row["sector"]), self._addresses(row),
            element("incorporation_country_code", row["country"]),
            *(around("director_id", self._person(one) + element("role", "DIRECTOR"))
              for one in self._directors.get(row["id"], [])),
            element("incorporation_date", day(row["founded"]) if exact else None),
            element("date_business_closed", day(row["dissolved"])), element("tax_reg_number", row["vat"]),
        ]  # fmt: skip
        return "".join(told)

    def _addresses(self, row: Row) -> str:
        told = [
            around("address", element("address", place["street"]) + element("city", place["city"])
                   + element("zip", place["postcode"]) + element("country_code", place["country"]))
            for place in self._places.get(row["id"], [])
        ]  # fmt: skip
        return around("addresses", "".join(told))
