"""Case → something a prosecutor, a colleague or a machine reads."""

from __future__ import annotations

from followmoney.reports._statement.document import statement_template
from followmoney.reports.exports import export
from followmoney.reports.picture import Picture, picture
from followmoney.reports.report import report

__all__ = ["Picture", "export", "picture", "report", "statement_template"]
