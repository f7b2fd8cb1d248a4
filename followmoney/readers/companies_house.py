"""Companies House, the British register: people with significant control (JSON), and basic company data (CSV)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from followmoney.ledger import Part, Reading, Source
from followmoney.readers._company_data import COLUMNS, company_data, home
from followmoney.readers._delimited import columns
from followmoney.readers._found import File
from followmoney.readers._json_records import json_file
from followmoney.readers._psc import COMPANY, psc
from followmoney.readers._streams import head
from followmoney.schema.sentence import sentence

_COMPANY = re.compile(rb'"company_number"\s*:')
_KIND = re.compile(rb'"kind"\s*:\s*"[a-z#-]*(?:significant-control|beneficial-owner|exemptions)')


class CompaniesHouse:
    """The PSC snapshot (JSON Lines or an array) and BasicCompanyData, packed or not; load both together.

    Shares are bands as the register has them (over 25 % up to 50 %, and so on); it does not say whether they are held
    directly. A birth month becomes its first and last day (`founded`, `founded_latest`). Who is protected, and what a
    company states instead of a name ("no person with significant control"), is a party of kind unknown that bears the
    reason as its name. A person has an identifier for each company: who is the same is not decided here.

    Source: https://resources.companieshouse.gov.uk/toolsToHelp/pdf/freeDataProductDataset.pdf and the natures of
    control in https://github.com/companieshouse/api-enumerations/blob/master/psc_descriptions.yml
    """

    name = "companies_house"
    reads = "the snapshot of people with significant control (JSON) and basic company data (CSV) of Companies House"

    def columns(self) -> Mapping[str, Sequence[str]]:
        """Columns of the basic company data."""
        return {"basic company data of Companies House": COLUMNS}

    def claim(self, files: Sequence[File]) -> Sequence[File]:
        """JSON with a company_number and a kind of person with significant control; CSV with these columns."""
        return [file for file in files if _psc(file) or set(COLUMNS) <= columns(file)]

    def read(self, files: Sequence[File]) -> Reading:
        """One file after the other; companies that only the snapshot names come last."""
        sources = [Source.of(file.path, self.name, name=file.name) for file in files]
        return Reading(sources, _parts(files))


def _psc(file: File) -> bool:
    if not json_file(file):
        return False
    data = head(file.path)
    return _COMPANY.search(data) is not None and _KIND.search(data) is not None


def _parts(files: Sequence[File]) -> Iterator[Part]:
    seen: list[pl.Series] = []
    named: list[tuple[str, pl.DataFrame]] = []
    for file in files:
        if json_file(file):
            companies: list[pl.DataFrame] = []
            yield from psc(file, companies)
            if companies:
                named.append(
                    (file.name, pl.concat(companies, rechunk=True).unique("number", keep="first", maintain_order=True))
                )
        else:
            yield from company_data(file, seen)
    known = pl.concat(seen).unique() if seen else pl.Series(dtype=pl.String)
    for file, frame in named:
        rest = frame.filter(~pl.col("number").is_in(known.implode()))
        known = pl.concat([known, rest["number"]])
        number = pl.col("number")
        stubs = rest.select(
            "row", sentence(COMPANY, number).alias("id"), pl.lit("company").alias("kind"),
            number.alias("register_number"), home(number).alias("country"),
        )  # fmt: skip
        if len(stubs):
            yield Part("parties", file, stubs.lazy(), derived=True)


READER = CompaniesHouse()
