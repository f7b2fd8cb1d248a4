"""Exports of common banks and services read to the ledger that a person would write down: three rows each, by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import followmoney as fm
from followmoney.ledger.integrity import integrity
from followmoney.readers import catalogue
from followmoney.readers._specification import specification

SPECS = Path(__file__).parents[1] / "sample_data" / "specs"
RABO = (
    '"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn","Tegenrekening IBAN/BBAN",'
    '"Naam tegenpartij","Naam uiteindelijke partij","Naam initiërende partij","BIC tegenpartij","Code","Batch ID",'
    '"Transactiereferentie","Machtigingskenmerk","Incassant ID","Betalingskenmerk","Omschrijving-1","Omschrijving-2",'
    '"Omschrijving-3","Reden retour","Oorspr bedrag","Oorspr munt","Koers"\n'
)
CAMT = (
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";"Mandatsreferenz";'
    '"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";'
    '"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"\n'
)
VR = (
    "Bezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;Buchungstag;Valutadatum;"
    "Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;BIC (SWIFT-Code) Zahlungsbeteiligter;Buchungstext;"
    "Verwendungszweck;Betrag;Waehrung;Saldo nach Buchung;Bemerkung;Kategorie;Steuerrelevant;Glaeubiger ID;"
    "Mandatsreferenz\n"
)
ETHER = (
    '"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","ContractAddress","Value_IN(ETH)",'
    '"Value_OUT(ETH)","CurrentValue","TxnFee(ETH)","TxnFee(USD)","Historical $Price/Eth","Status","ErrCode","Method"\n'
)
POSTBANK = (
    "Umsätze\nKonto;Filial-/Kontonummer;IBAN;Währung\nGiro;1;DE1;EUR\n\n1.6.2026 - 30.6.2026\n"
    "Letzter Kontostand;;;;90,00;EUR\nVorgemerkte Umsätze sind nicht Bestandteil\n"
    "Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN / Kontonummer;BIC;Kundenreferenz;"
    "Mandatsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;"
    "Anzahl der Schecks;Soll;Haben;Währung\n"
)
WISE = (
    "TransferWise ID,Date,Amount,Currency,Description,Payment Reference,Running Balance,Exchange From,Exchange To,"
    "Exchange Rate,Payer Name,Payee Name,Payee Account Number,Merchant,Card Last Four Digits,Card Holder Full Name,"
    "Attachment,Note,Total fees,Exchange To Amount\n"
)
MONZO = (
    "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,"
    "Address,Receipt,Description,Category split,Money Out,Money In\n"
)
N26 = (
    '"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name","Amount (EUR)",'
    '"Original Amount","Original Currency","Exchange Rate"\n'
)
FORTIS = (
    "Nº de séquence;Date d'exécution;Date valeur;Montant;Devise du compte;Numéro de compte;Type de transaction;"
    "Contrepartie;Nom de la contrepartie;Communication;Détails;Statut;Motif du refus\n"
)
INTESA = (
    ";Conti e Carte:;Conto 1000/00000123;;;;;;;\n" + ";;;;;;;;;\n" * 17 + "Data;Operazione;Dettagli;Conto o carta;"
    "Contabilizzazione;Categoria ;Valuta;Importo;;\n"
)
PAYPAL = (
    '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address",'
    '"To Email Address","Transaction ID","Subject","Note","Balance Impact"\n'
)
ING = (
    '"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)";"Mutatiesoort";'
    '"Mededelingen";"Saldo na mutatie";"Tag"\n'
)
REVOLUT = "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"

C = "Conto 1000/00000123"
A, B = "NL12INGB0001234567", "NL98RABO0123456789"
D, E = "DE89370400440532013000", "DE02120300000000202051"


def camt(start: str, end: str, status: str = "Umsatz gebucht") -> str:
    cells = [D, *start.split(";"), *[""] * 6, *end.split(";"), "EUR", status]
    return ";".join(f'"{cell}"' for cell in cells) + "\n"


def paypal(day: str, name: str, status: str, net: str, number: str) -> str:
    currency, net = net.split()
    cells = [day, "10:00:00", "PDT", name, "Payment", status, currency, net, "0.00", net, "a", "b", number, "", "", ""]
    return ",".join(f'"{cell}"' for cell in cells) + "\n"


CASES = {
    "ing_nl": (
        ING
        + f'"20260315";"Bakker";"{A}";"";"BA";"Af";"45,20";"Betaalautomaat";"Pas 001";"2.459,36";""\n'
        + f'"20260315";"Werkgever BV";"{A}";"{B}";"XX";"Bij";"2.500,00";"Overschrijving";"Salaris";"2.504,56";""\n'
        + f'"20260314";"";"{A}";"";"GM";"Af";"10,00";"Geldautomaat";"Stad";"4,56";""\n',
        [
            (A, "(cash EUR)", 1_000, "cash", "booked"), (B, A, 250_000, None, "booked"),
            (A, "Bakker (no account number)", 4_520, "card", "booked"),
        ],
    ),
    "rabobank": (
        RABO
        + f'"{B}","EUR","RABONL2U","1234","2024-01-31","2024-01-31","-45,00","+955,00","{A}","KPN","","",'
        '"INGBNL2A","ei","","R1","M","I","","Factuur"," 1","","","","",""\n'
        + f'"{B}","EUR","RABONL2U","1235","2024-02-01","2024-02-01","+2500,00","+3455,00","","Baas","","","","cb","",'
        '"","","","","Salaris","","","","","",""\n'
        + f'"{B}","EUR","RABONL2U","1236","2024-02-01","2024-02-01","-50,00","+3405,00","","","","","","ga","",'
        '"","","","","Automaat","","","","","",""\n',
        [
            (B, A, 4_500, "wire", "booked"), ("Baas (no account number)", B, 250_000, "wire", "booked"),
            (B, "(cash EUR)", 5_000, "cash", "booked"),
        ],
    ),
    "sparkasse_camt": (
        CAMT
        + camt("24.04.26;24.04.26;KARTENZAHLUNG;Einkauf", f"MARKT;{E};B;-3,58")
        + camt("25.04.2026;25.04.26;GUTSCHRIFT;Größe", "A GMBH;0000000000;;1.234,00")
        + camt("26.04.26;;GELDAUTOMAT;GA", ";;;-70,00", "Umsatz vorgemerkt"),
        [
            (D, E, 358, "card", "booked"), ("A GMBH (no account number)", D, 123_400, None, "booked"),
            (D, "(cash EUR)", 7_000, "cash", "pending"),
        ],
    ),
    "vr_bank": (
        VR
        + f"Giro;{D};GENO;VR;10.03.2026;10.03.2026;Miete;{E};B;Auftrag;März;-40,00;EUR;210,00;;;;;\n"
        + f"Giro;{D};GENO;VR;10.03.2026;11.03.2026;Kunde;;;Gutschrift;R 1;50,00;EUR;250,00;;;;;\n"
        + f"Giro;{D};GENO;VR;09.03.2026;09.03.2026;;;;Abschluss;;-1,50;EUR;200,00;;;;;\n",
        [
            (D, "(unknown EUR)", 150, None, "booked"), ("Kunde (no account number)", D, 5_000, None, "booked"),
            (D, E, 4_000, None, "booked"),
        ],
    ),
    "etherscan": (
        ETHER
        + '"0xaaa","1","1","2026-04-01 00:00:00","0xex","0xme","","0.5","0","1","0","0","1","","","Transfer"\n'
        + '"0xbbb","2","2","2026-04-02 03:46:40","0xme","0xshop","","0","1.2345678901","1","0","0","1","","","Buy"\n'
        + '"0xccc","3","3","2026-04-03 03:46:40","0xme","0xswap","","0","2","1","0","0","1","Error(0)","","Swap"\n',
        [
            ("0xex", "0xme", 500_000_000, "crypto", "booked"), ("0xme", "0xshop", 1_234_567_890, "crypto", "booked"),
            ("0xme", "0xswap", 2_000_000_000, "crypto", "reversed"),
        ],
    ),
    "deutsche_bank": (
        POSTBANK
        + f"29.6.2026;29.6.2026;SEPA Überweisung;Max;Miete;{E};;NOTPROVIDED;;;;-750;;;;-750;;EUR\n"
        + "30.6.2026;30.6.2026;SEPA Lastschrift;Bank AG;x;;;123;;;;-1.000,00;;;;-1.000,00;;EUR\n"
        + f"30.6.2026;1.7.2026;Gutschrift;Kunde;y;{E};;;;;;5;;;;;5;EUR\nKontostand;30.6.2026;;;1.200,00;EUR\n",
        [
            ("OWN", E, 75_000, None, "booked"), ("OWN", "Bank AG (no account number)", 100_000, None, "booked"),
            (E, "OWN", 500, None, "booked"),
        ],
    ),
    "bnp_fortis": (
        FORTIS
        + f"2026-00127;28/03/2026;29/03/2026;18;EUR;{B};Virement en euros;{E};ANN;Loyer;VIREMENT;Accepté;\n"
        + f"2026-00128;28/03/2026;28/03/2026;-45,90;EUR;{B};Paiement par carte;;MARCHE;;CARTE;Accepté;\n"
        + f"2026-;30/03/2026;30/03/2026;-1234,5;EUR;{B};Frais;;;;FRAIS;Accepté;\n",
        [
            (E, B, 1_800, None, "booked"), (B, "MARCHE (no account number)", 4_590, None, "booked"),
            (B, "(unknown EUR)", 123_450, None, "booked"),
        ],
    ),
    "intesa_sanpaolo": (
        INTESA
        + "22.09.2026;Pagamento Tramite Pos;BAR;Conto 1000/00000123;NON CONTABILIZZATO;Altre uscite;EUR;-2.40;;\n"
        + "21.09.2026;Bonifico;Da ANN;Conto 1000/00000123;CONTABILIZZATO;Bonifici ricevuti;EUR;1200.00;;\n"
        + "20.09.2026;Canone;;Conto 1000/00000123;CONTABILIZZATO;Imposte;EUR;-1;;\n",
        [
            (C, "(unknown EUR)", 100, None, "booked"), ("(unknown EUR)", C, 120_000, None, "booked"),
            (C, "(unknown EUR)", 240, None, "pending"),
        ],
    ),
    "n26": (
        N26
        + '2026-09-01,2026-09-01,"Laden",,Presentment,,Main,-13.58,13.58,EUR,1\n'
        + f'2026-09-02,2026-09-02,"Chef",{E},"Credit Transfer","Lohn",Main,25.000000000,,,\n'
        + '2026-09-03,2026-09-03,,,"Round-up",,Main,-0.8,,,\n',
        [
            ("OWN", "Laden (no account number)", 1_358, "card", "booked"), (E, "OWN", 2_500, "wire", "booked"),
            ("OWN", "(unknown EUR)", 80, None, "booked"),
        ],
    ),
    "revolut": (
        REVOLUT
        + "TOPUP,Current,2026-09-01 09:00:00,2026-09-01 09:00:05,Payment from M,200.00,0.00,EUR,COMPLETED,250.00\n"
        + "CARD_PAYMENT,Current,2026-09-02 12:00:00,2026-09-03 08:00:00,Shop,-23.40,0.00,EUR,COMPLETED,226.60\n"
        + "CARD_PAYMENT,Current,2026-09-04 07:40:00,,Bolt,-2.18,0.00,EUR,REVERTED,\n",
        [
            ("Payment from M (no account number)", "OWN", 20_000, "wire", "booked"),
            ("OWN", "Shop (no account number)", 2_340, "card", "booked"),
            ("OWN", "Bolt (no account number)", 218, "card", "reversed"),
        ],
    ),
    "wise": (
        WISE
        + f"TRANSFER-1,10-01-2025,-500.00,AUD,Sent money,R,8279.50,,,,,Ann,{E},,,,,,0.50,\n"
        + "TRANSFER-2,11-01-2025,320.45,AUD,Received,,8599.95,,,,Bob,,,,,,,,0.00,\n"
        + "CARD-3,12-01-2025,-9.95,AUD,Card,,8590.00,,,,,,,Cafe,1234,,,,0.00,\n",
        [
            ("OWN", E, 50_000, None, "booked"), ("Bob (no account number)", "OWN", 32_045, None, "booked"),
            ("OWN", "Cafe (no account number)", 995, None, "booked"),
        ],
    ),
    "monzo": (
        MONZO
        + "tx_1,15/07/2026,09:32:11,Faster payment,TENANT,,Income,1200.00,GBP,1200.00,GBP,Rent,,,,,,1200.00\n"
        + "tx_2,15/07/2026,12:01:50,Card payment,GAS,,Bills,-85.50,GBP,-85.50,GBP,,1 High St,,GAS LTD,,-85.50,\n"
        + "tx_3,16/07/2026,07:15:00,Other,,,Bills,-1.00,GBP,-1.00,GBP,,,,,,-1.00,\n",
        [
            ("TENANT (no account number)", "OWN", 120_000, "wire", "booked"),
            ("OWN", "GAS (no account number)", 8_550, "card", "booked"), ("OWN", "(unknown GBP)", 100, None, "booked"),
        ],
    ),
    "paypal": (
        PAYPAL
        + paypal("09/05/2026", "Chris", "Completed", "USD -60.00", "1AB")
        + paypal("09/06/2026", "Shop", "Pending", "USD -1,023.50", "1AC")
        + paypal("09/07/2026", "Chris", "Completed", "EUR 19.50", "1AD"),
        [
            ("OWN", "Chris (no account number)", 6_000, None, "booked"),
            ("OWN", "Shop (no account number)", 102_350, None, "pending"),
            ("Chris (no account number)", "OWN", 1_950, None, "booked"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CASES))
def test_three_rows_read_to_the_exact_ledger(tmp_path: Path, name: str) -> None:
    text, expected = CASES[name]
    known = name in catalogue()
    spec = specification(SPECS / f"{name}.toml") if not known else None
    path = tmp_path / "export.csv"
    path.write_bytes(text.encode("cp1252" if name in ("rabobank", "sparkasse_camt") else "utf-8"))
    ledger = fm.load(path, specification=None if known else SPECS / f"{name}.toml")
    own = spec.tables[0].constants.get("own", "OWN") if spec else "OWN"
    rows = ledger.transactions.select("originator", "beneficiary", "amount", "channel", "status")
    told = [
        (*tuple("OWN" if cell == own else cell for cell in row[:4]), row[4] or "booked") for row in rows.iter_rows()
    ]
    assert len(ledger.refused) == 0, ledger.refused["values"].to_list()
    assert told == expected
    assert ledger.sources["reader"].to_list() == [name]


@pytest.mark.parametrize("name", ["ing_nl", "rabobank", "vr_bank"])
def test_the_balances_of_the_export_follow_from_its_rows(tmp_path: Path, name: str) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(CASES[name][0].encode("cp1252" if name == "rabobank" else "utf-8"))
    table = integrity(fm.load(path))
    assert table["agree"].to_list() == table["compared"].to_list() == [2]


@pytest.mark.parametrize("name", ["ing_nl", "rabobank", "vr_bank", "monzo"])
def test_rows_of_exports_that_overlap_by_whole_days_count_once(tmp_path: Path, name: str) -> None:
    text = CASES[name][0].encode("cp1252" if name == "rabobank" else "utf-8")
    lines = text.splitlines(keepends=True)
    (tmp_path / "a.csv").write_bytes(text)
    (tmp_path / "b.csv").write_bytes(b"".join(lines[:3]))
    ledger = fm.load(tmp_path, specification=None if name in catalogue() else SPECS / f"{name}.toml")
    assert len(ledger.transactions) == 3
    assert ledger.refused["rule"].to_list() == ["id|unique"] * 2


def test_the_workbook_of_a_bank_reads_as_the_same_table_in_text(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    book = xlsxwriter.Workbook(tmp_path / "list.xlsx")
    sheet = book.add_worksheet("Lista Operazione")
    for row, line in enumerate(CASES["intesa_sanpaolo"][0].splitlines()):
        for column, cell in enumerate(line.split(";")):
            if row > 18 and column == 0:
                sheet.write_datetime(
                    row, column, date(2026, 9, int(cell[:2])), book.add_format({"num_format": "dd/mm/yyyy"})
                )
            elif row > 18 and column == 7:
                sheet.write_number(row, column, float(cell))
            else:
                sheet.write(row, column, cell)
    book.close()
    ledger = fm.load(tmp_path / "list.xlsx", specification=SPECS / "intesa_sanpaolo.toml")
    assert ledger.transactions.select("originator", "amount", "status").rows() == [
        (C, 100, "booked"), ("(unknown EUR)", 120_000, "booked"), (C, 240, "pending")
    ]  # fmt: skip
