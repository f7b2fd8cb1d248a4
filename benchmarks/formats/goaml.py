"""Reports to a financial intelligence unit in goAML XML, with both accounts, their holders and signatories."""

from __future__ import annotations

from pathlib import Path

from .format import Format, Way, parsed_xml

_CUSTOMERS, _OTHERS = 500, 20_000


def _write(path: Path, entries: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<report><rentity_id>77</rentity_id><submission_code>E'
            "</submission_code><report_code>STR</report_code><report_date>2024-06-01T00:00:00</report_date>"
            "<currency_code_local>EUR</currency_code_local>\n"
        )
        file.writelines(_transaction(number) for number in range(entries))
        file.write("</report>\n")
    return path


def _transaction(number: int) -> str:
    own, other, amount = number % _CUSTOMERS, number * 31 % _OTHERS, 100 + number * 7919 % 500_000
    return f"""<transaction><transactionnumber>T{number}</transactionnumber>
 <transaction_description>Invoice {number}</transaction_description>
 <date_transaction>2024-{1 + number % 12:02}-{1 + number % 28:02}T10:03:00</date_transaction>
 <transmode_code>B</transmode_code><amount_local>{amount // 100}.{amount % 100:02}</amount_local>
 <t_from><from_funds_code>EFT</from_funds_code><from_account><institution_name>First</institution_name>
  <swift>FIRSUS33</swift><account>9{other:09}</account><currency_code>EUR</currency_code></from_account>
  <from_country>US</from_country></t_from>
 <t_to_my_client><to_funds_code>EFT</to_funds_code><to_account><institution_name>Hafenbank</institution_name>
  <swift>HAFEDEHHXXX</swift><account>{own:010}</account><currency_code>EUR</currency_code>
  <t_entity><name>Company {own} GmbH</name><incorporation_number>HRB {own}</incorporation_number>
   <incorporation_country_code>DE</incorporation_country_code></t_entity>
  <signatory><is_primary>1</is_primary><t_person><first_name>Ines</first_name><last_name>Roth {own}</last_name>
   <birthdate>1970-02-03T00:00:00</birthdate></t_person><role>A</role></signatory>
  <opened>2019-06-01T00:00:00</opened></to_account><to_country>DE</to_country></t_to_my_client></transaction>
"""


FORMAT = Format(
    "goAML", "transactions", ".xml", _write, {"parsing alone": Way("lxml", parsed_xml("transaction"))}
)  # fmt: skip
