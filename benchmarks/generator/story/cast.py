# ruff: noqa: E501 - a page of people reads better with one line each
"""Everybody in the harbour matter, and every account they hold. All names, banks and numbers are invented."""

from __future__ import annotations

from typing import Final

BANKS: Final = """
bank      | bic      | country | code | currency | stamps | sequence | values
maasgrond | ZMGBNL2A | NL      | ZMGB | EUR      | time   | yes      | yes
twaalf    | ZTWKNL2R | NL      | ZTWK | EUR      | day    | yes      | yes
hallik    | ZHKPEE2X | EE      | 99   | EUR      | time   | no       | no
nicolan   | ZNCBCY2N | CY      | 998  | EUR      | time   | yes      | no
marsalta  | ZMRSMTM1 | MT      | ZMRS | EUR      | time   | no       | no
quillham  | ZQHBGB2L | GB      | ZQHB | GBP      | time   | no       | yes
orvalle   | ZORVESM1 | ES      | 9790 | EUR      | time   | no       | yes
"""

PEOPLE: Final = """
alias      | name                 | country | born       | street                  | bank      | opening   | opened
halvermaat | Ruud Halvermaat      | NL      | 1971-05-09 | Duinrand 4              | maasgrond | 6,420.15  | 2009-03-02
schravel   | Pim Schravelaar      | NL      | 1966-11-23 | Kerkpad 18              | maasgrond | 14,880.40 | 2001-09-12
petrellou  | Alexia Petrellou     | CY      | 1984-02-17 | Odos Anemonas 7         | nicolan   | 3,105.00  | 2017-06-05
castelvell | Bruno Castelvell     | ES      | 1979-08-30 | Carrer del Far 22       | orvalle   | 8,911.62  | 2012-01-16
koorn      | Danny Koorndijker    | NL      | 1989-07-14 | Havenstraat 61          | maasgrond | 1,944.08  | 2013-04-22
palinckx   | Sanne Palinckx       | NL      | 2003-01-28 | Studentenhof 12-C       | twaalf    | 1,012.40  | 2021-08-30
ottenvaer  | Milo Ottenvaer       | NL      | 1994-10-03 | Lijnbaan 9              | maasgrond | 2,207.77  | 2016-02-11
waterhuis  | Fleur Waterhuis      | NL      | 1997-12-19 | Lijnbaan 33             | twaalf    | 0.00      | 2024-01-22
vlaskamp   | Jorn Vlaskamper        | NL      | 1991-04-06 | Touwslagerij 5          | maasgrond | 1,145.19  | 2019-10-14
brakel     | Maaike Brakelmans    | NL      | 1975-06-21 | Loodsmanskade 40        | maasgrond | 21,330.95 | 2004-05-17
aalbrecht  | Wim Aalbrechtse      | NL      | 1962-03-11 | Havenstraat 12          | maasgrond | 5,210.31  | 1998-01-05
buitendam  | Karin Buitendammer   | NL      | 1986-09-25 | Havenstraat 14          | maasgrond | 3,870.02  | 2010-02-01
cortlever  | Stef Cortleveld      | NL      | 1990-02-08 | Touwslagerij 19         | twaalf    | 1,122.90  | 2015-07-20
doornik    | Ilse Doornikmans     | NL      | 1983-05-30 | Touwslagerij 23         | maasgrond | 6,042.44  | 2006-11-13
eikelrode  | Bas Eikelrode        | NL      | 1978-12-01 | Lijnbaan 11             | maasgrond | 2,985.67  | 2003-03-24
fluitert   | Noor Fluitertand     | NL      | 2001-07-07 | Studentenhof 4-A        | twaalf    | 512.40    | 2019-09-02
grevenbos  | Theo Grevenbosch     | NL      | 1957-10-16 | Kerkpad 2               | twaalf    | 18,402.20 | 1995-06-19
huizema    | Anouk Huizemaat      | NL      | 1992-08-12 | Loodsmanskade 8         | maasgrond | 2,431.18  | 2014-04-28
ijzerman   | René IJzermeer       | NL      | 1981-01-20 | Loodsmanskade 10        | maasgrond | 4,006.55  | 2005-10-03
jonkvorst  | Zoë Jonkvorst        | NL      | 1995-06-02 | Havenstraat 33          | twaalf    | 1,760.84  | 2017-01-09
kalverdijk | Freek Kalverdijk     | NL      | 1988-11-11 | Kerkpad 25              | maasgrond | 3,318.73  | 2012-08-06
lemmerzaal | Gré Lemmerzaal       | NL      | 1949-04-14 | Kerkpad 27              | twaalf    | 26,940.11 | 1989-02-27
meerveen   | Hugo Meerveen        | NL      | 1985-03-03 | Duinrand 17             | maasgrond | 7,815.09  | 2008-06-30
nettelaar  | Joke Nettelaar       | NL      | 1969-09-09 | Duinrand 21             | maasgrond | 9,220.36  | 2000-10-10
overdiep   | Sjoerd Overdiepen    | NL      | 1993-05-15 | Lijnbaan 41             | twaalf    | 1,408.27  | 2016-12-12
quillart   | Inés Quillart        | ES      | 1968-01-31 | Carrer del Far 3        | orvalle   | 31,250.00 | 2002-04-08
sorribel   | Martí Sorribell      | ES      | 1955-07-22 | Passeig de l'Onada 15   | orvalle   | 12,640.75 | 1997-09-15
tarrasol   | Núria Tarrasol       | ES      | 1987-10-27 | Carrer de la Sal 8      | orvalle   | 226,300.00| 2011-03-21
ullastell  | Pau Ullastell        | ES      | 1990-12-05 | Carrer de la Sal 10     | orvalle   | 171,900.00| 2014-05-26
vidrellan  | Olga Vidrellan       | ES      | 1972-02-29 | Passeig de l'Onada 2    | orvalle   | 19,480.30 | 2006-02-13
"""

FIRMS: Final = """
alias     | name                                | kind        | country | founded    | sector | number     | street                | bank      | opening      | opened
kestrel   | Kestrel Quay Logistics B.V.         | company     | NL      | 2011-04-18 | 52.29  | 99104417   | Noorderdok 7          | maasgrond | 61,310.55    | 2011-05-02
zilver    | Zilverkade Holding B.V.             | company     | NL      | 2010-12-01 | 64.21  | 99101233   | Duinrand 4            | maasgrond | 12,050.00    | 2010-12-20
schravadm | Schravelaar Administraties          | company     | NL      | 2002-02-04 | 69.20  | 99087210   | Kerkpad 18            | twaalf    | 17,204.65    | 2002-02-18
hobekivi  | Hõbekivi Meretarvik OÜ              | company     | EE      | 2019-09-12 | 46.14  | 99150672   | Kalasadama tee 101-3  | hallik    | 2,140.00     | 2023-12-05
gannet    | Gannet Row Advisory Ltd             | company     | GB      | 2023-08-21 | 70.22  | 99004417   | 3 Gannet Row          | quillham  | 1,870.00     | 2023-09-18
zephyrine | Zephyrine Bay Holdings Ltd          | company     | CY      | 2022-03-30 | 64.21  | HE 999120  | Odos Anemonas 7       | nicolan   | 11,600.00    | 2022-05-11
lantern   | Lantern Saltpan Charters Ltd        | company     | MT      | 2022-06-14 | 77.34  | C 999310   | 88 Triq il-Fanal      | marsalta  | 5,200.00     | 2022-08-01
velamar   | Velamar Costa Norte S.L.            | company     | ES      | 2021-11-03 | 68.20  | B-99990417 | Passeig de l'Onada 2  | orvalle   | 38,700.00    | 2021-11-22
quinta    | Notaría Quintavalle                 | company     | ES      | 1994-03-07 | 69.10  | B-99990018 | Carrer del Far 1      | orvalle   | 4,320.00     | 1996-01-08
orvbank   | Banco Orvalle S.A.                  | company     | ES      | 1931-05-05 | 64.19  | A-99990001 | Plaça Gran 1          | orvalle   | 2,400,000.00 | 1990-01-02
fiscales  | Oficina Fiscal de Vallmarina        | public body | ES      |            | 84.11  |            | Plaça Gran 6          | orvalle   | 0.00         | 1990-01-02
obramar   | Obres Mar i Calç S.L.               | company     | ES      | 2008-10-10 | 43.39  | B-99990733 | Carrer de la Sal 31   | orvalle   | 6,715.20     | 2008-11-03
terminal  | Zandermeer Bulk Terminal N.V.       | company     | NL      | 1988-06-01 | 52.24  | 99020031   | Zuidpier 1            | maasgrond | 412,900.12   | 1990-01-02
koelhuis  | Koelhuis Zandermeer B.V.            | company     | NL      | 1999-09-20 | 52.10  | 99063355   | Zuidpier 14           | maasgrond | 612,140.70   | 1999-10-04
roodkaap  | Brouwerij Roodkaap B.V.             | company     | NL      | 2006-01-16 | 11.05  | 99079918   | Moutweg 2             | twaalf    | 296,512.33   | 2006-02-06
vennemaat | Vennemaat Papier & Karton B.V.      | company     | NL      | 1978-04-03 | 17.21  | 99011126   | Industrieweg 55       | maasgrond | 455,008.91   | 1990-01-02
tulpveld  | Tulpveld Export "De Vroege" B.V.    | company     | NL      | 2009-08-24 | 46.22  | 99090462   | Veilingpad 8          | twaalf    | 310,275.00   | 2009-09-07
osterloo  | Wagenpark Osterlo & Zn.             | company     | NL      | 1996-03-12 | 49.41  | 99051187   | Industrieweg 12       | maasgrond | 22,318.46    | 1996-04-01
pieterw   | Douane-expeditie Pieterwaard        | company     | NL      | 2001-05-14 | 52.29  | 99070023   | Noorderdok 2          | maasgrond | 9,140.28     | 2001-06-05
vishandel | Vishandel Zilverstaart              | company     | NL      | 1992-02-10 | 47.23  | 99037744   | Vismarkt 3            | twaalf    | 7,905.50     | 1992-03-02
afslag    | Coöperatieve Visafslag Zandermeer   | company     | NL      | 1953-01-01 | 46.38  | 99001002   | Visafslag 1           | maasgrond | 51,870.00    | 1990-01-02
autohuis  | Autohuis Kadewijk B.V.              | company     | NL      | 2004-07-19 | 45.11  | 99076640   | Industrieweg 90       | twaalf    | 64,210.08    | 2004-08-02
club      | v.v. Havenboys Zandermeer           | company     | NL      | 1927-09-04 | 93.12  | 99000327   | Sportlaan 1           | twaalf    | 3,418.95     | 1990-01-02
woning    | Woonstichting Kadezicht             | company     | NL      | 1921-11-11 | 68.20  | 99000115   | Kerkplein 4           | maasgrond | 140,233.84   | 1990-01-02
energie   | Zeewind Energie Coöperatie          | company     | NL      | 2013-03-25 | 35.14  | 99112245   | Industrieweg 101      | maasgrond | 80,119.47    | 2013-04-15
telecom   | Lantaarn Telecom B.V.               | company     | NL      | 2015-10-01 | 61.20  | 99120018   | Stationsplein 2       | twaalf    | 40,388.20    | 2015-10-12
zorg      | Zorgvereniging Duinrand             | company     | NL      | 1948-01-01 | 65.12  | 99000744   | Stationsplein 9       | maasgrond | 95,002.66    | 1990-01-02
verzeker  | Onderlinge Verzekering De Baken     | company     | NL      | 1899-05-01 | 65.12  | 99000032   | Stationsplein 11      | maasgrond | 120,660.00   | 1990-01-02
gemeente  | Gemeente Zandermeer                 | public body | NL      |            | 84.11  |            | Stadhuisplein 1       | maasgrond | 288,416.90   | 1990-01-02
belasting | Belastingkantoor Westkust           | public body | NL      |            | 84.11  |            | Stadhuisplein 8       | maasgrond | 0.00         | 1990-01-02
pensioen  | Pensioenkas De Vuurtoren            | company     | NL      | 1961-01-01 | 65.30  | 99000688   | Stationsplein 20      | maasgrond | 160,045.10   | 1990-01-02
mgbank    | Maasgrond Bank N.V.                 | company     | NL      | 1908-01-01 | 64.19  | 99000009   | Kerkplein 1           | maasgrond | 1,000,000.00 | 1990-01-02
"""

TERMINALS: Final = """
alias     | id           | name                      | country | sector | street
jutter    | TRM-00417120 | Supermarkt De Jutterskist | NL      | 47.11  | Kerkplein 20
stoepje   | TRM-00417555 | Bakkerij 't Warme Stoepje | NL      | 47.24  | Vismarkt 11
tankpunt  | TRM-00902381 | Tankpunt Noorderdok       | NL      | 47.30  | Noorderdok 1
deloods   | TRM-00918834 | Café-Restaurant De Loods  | NL      | 56.10  | Zuidpier 3
"""

SECOND_ACCOUNTS: Final = """
alias        | holder   | bank      | opening   | opened
kestrelsave  | kestrel  | maasgrond | 25,000.00 | 2012-01-09
halversave   | halvermaat | maasgrond | 3,300.00  | 2010-02-15
clubsave     | club     | twaalf    | 9,750.00  | 2004-03-01
"""
