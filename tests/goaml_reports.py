"""goAML reports written by hand after the published structure: one with transactions, one without."""

from __future__ import annotations

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<report>
 <rentity_id>77</rentity_id><rentity_branch>Main</rentity_branch><submission_code>E</submission_code>
 <report_code>STR</report_code><report_date>2024-06-01T00:00:00</report_date>
 <currency_code_local>EUR</currency_code_local><reporting_user_code>clerk</reporting_user_code>
"""
SHELL = """
   <t_entity>
    <name>Kaiwerft Handels GmbH</name><incorporation_number>HRB 4711</incorporation_number><business>Trade</business>
    <addresses><address><address_type>B</address_type><address>Hafenstr. 1</address><city>Hamburg</city><zip>20457</zip>
     <country_code>DE</country_code></address></addresses>
    <incorporation_country_code>DE</incorporation_country_code>
    <director_id><first_name>Ines</first_name><last_name>Roth</last_name><birthdate>1970-02-03T00:00:00</birthdate>
     <role>A</role></director_id>
    <related_persons>
     <entity_related_person><person><first_name>Otto</first_name><last_name>Kahn</last_name><ssn>900-1</ssn></person>
      <role>UBO</role><relation_date_range><valid_from>2020-01-01</valid_from></relation_date_range>
      <share_percentage>62.5</share_percentage></entity_related_person>
     <entity_related_person><person><first_name>Lea</first_name><last_name>Vogt</last_name></person><role>Q7</role>
     </entity_related_person>
    </related_persons>
    <related_entities><entity_related_entity><entity_entity_relation>SUBSIDIARY</entity_entity_relation>
     <entity><name>Kaiwerft Yachts Ltd</name><incorporation_number>C 1</incorporation_number>
      <incorporation_country_code>MT</incorporation_country_code></entity>
     <share_percentage>100</share_percentage></entity_related_entity></related_entities>
    <incorporation_date>2019-05-06</incorporation_date>
   </t_entity>"""
TO_SHELL = f"""<t_to_my_client><to_funds_code>EFT</to_funds_code>
  <to_account><institution_name>Hafenbank</institution_name><swift>HAFEDEHHXXX</swift><account>0532013000</account>
   <currency_code>EUR</currency_code><iban>de89 3704 0044 0532 0130 00</iban><client_number>5</client_number>
   {SHELL}
   <signatory><is_primary>1</is_primary><t_person><first_name>Ines</first_name><last_name>Roth</last_name>
    <birthdate>1970-02-03T00:00:00</birthdate></t_person><role>A</role></signatory>
   <opened>2019-06-01T00:00:00</opened><balance>1200.50</balance><date_balance>2024-05-31T00:00:00</date_balance>
   <status_code>A</status_code></to_account><to_country>DE</to_country></t_to_my_client>"""
CASH = f"""<transaction><transactionnumber>T1</transactionnumber><transaction_location>Hamburg</transaction_location>
 <transaction_description>Deposit</transaction_description><date_transaction>2024-05-02T10:03:00</date_transaction>
 <transmode_code>B</transmode_code><amount_local>9500.0000</amount_local>
 <t_from><from_funds_code>-</from_funds_code><from_funds_comment>cash</from_funds_comment>
  <from_person><first_name>Bo</first_name><last_name>Lind</last_name>
   <identification><type>P</type><number>X99</number><issue_country>SE</issue_country></identification></from_person>
  <from_country>DE</from_country></t_from>{TO_SHELL}</transaction>"""
FOREIGN = f"""<transaction><transactionnumber>T2</transactionnumber><internal_ref_number>R2</internal_ref_number>
 <date_transaction>2024-05-03T10:00:00+02:00</date_transaction><value_date>2024-05-04</value_date>
 <transmode_code>B</transmode_code><amount_local>900.00</amount_local>
 <t_from><from_funds_code>Z9</from_funds_code><from_foreign_currency><foreign_currency_code>USD</foreign_currency_code>
   <foreign_amount>1000</foreign_amount><foreign_exchange_rate>0.9</foreign_exchange_rate></from_foreign_currency>
  <from_account><institution_name>First</institution_name><swift>FIRSUS33</swift><account>12-34</account></from_account>
  <from_country>US</from_country></t_from>{TO_SHELL}</transaction>"""
PURCHASE = f"""<transaction><transactionnumber>T3</transactionnumber><date_transaction>2024-05-05</date_transaction>
 <transmode_code>B</transmode_code><amount_local>400000</amount_local>
 <involved_parties>
  <party><role>BUYER</role><account_my_client><institution_name>Hafenbank</institution_name><swift>HAFEDEHHXXX</swift>
   <account>1</account><iban>DE89370400440532013000</iban>{SHELL}</account_my_client><country>DE</country></party>
  <party><role>SELLER</role><entity><name>Werft AG</name></entity><funds_code>EFT</funds_code><country>DEU</country>
  </party></involved_parties>
 <goods_services><item><item_type>YACHT</item_type><item_make>Lürssen</item_make><description>24 m</description>
  <presently_registered_to>Kaiwerft Yachts Ltd</presently_registered_to><estimated_value>410000</estimated_value>
  <registration_number>MT-1</registration_number><address><country_code>MT</country_code></address></item>
 </goods_services></transaction>"""
REPORT = f"{HEAD}{CASH}{FOREIGN}{PURCHASE}<report_indicators><indicator>X</indicator></report_indicators></report>"
ACTIVITY = f"""{HEAD}<activity><report_parties><report_party><person><first_name>Ana</first_name>
 <last_name>Silva</last_name><id_number>PT-5</id_number></person><reason>known</reason></report_party></report_parties>
 <goods_services><item><item_type>V</item_type><description>BMW</description></item></goods_services></activity></report>"""
