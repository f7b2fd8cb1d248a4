"""What an analyst can assert beyond the records, explained, with a file to start from."""

from __future__ import annotations

import inspect
from dataclasses import fields
from typing import get_args

from followmoney.settings._leaves import sentences

EXAMPLE = """\
# In a file of their own, for --assertions FILE. In a settings file the line is [[trace.assertions]].
[[assertions]]
kind = "good_faith"
about = ["NL96ZMGB1826630772"]
why = "The tax office received taxes that were due."
who = "A. Analyst"
when = 2024-10-07
on = true

[[assertions]]
kind = "link"
about = ["t287", "t291"]
why = "The notes taken out on 5 March were paid in the same hour; the serial numbers were photographed."
who = "A. Analyst"
when = 2024-10-07
on = false
"""


def explained() -> str:
    """The kinds, what is said of each assertion, and an example."""
    from followmoney.tracing.assertions import Assertion, Kind

    said = sentences(Assertion)
    keys = [
        f"  {item.name}: {said.get(item.name) or 'one of ' + ', '.join(get_args(Kind)) + '.'}"
        for item in fields(Assertion)
    ]
    text = [inspect.getdoc(Assertion) or "", "Each says:", "\n".join(keys)]
    text.append("The figures with and without: `followmoney trace PATH --sensitivity`. An example:")
    return "\n\n".join([*text, EXAMPLE.rstrip()])
