"""Pictures by name: results can be drawn (`trace.flow()`) without the rooms below knowing the room that draws."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_DRAWN_BY = {
    "countries": "followmoney.reports.countries",
    "flow": "followmoney.reports.flow",
    "chronology": "followmoney.reports.chronology",
    "network": "followmoney.reports.network",
    "over_time": "followmoney.reports.over_time",
    "ownership": "followmoney.reports.ownership",
    "waterfall": "followmoney.reports.waterfall",
}


def draw(picture: str, subject: Any, **options: Any) -> Any:  # noqa: ANN401
    """Draw one picture of a result; takes `ax=`, returns the matplotlib Axes (see `followmoney.reports`)."""
    return import_module(_DRAWN_BY[picture]).draw(subject, **options)
