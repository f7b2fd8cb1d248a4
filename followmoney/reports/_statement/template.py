"""A template of a statement as somebody gives it: read once, looked at before any work."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from followmoney.errors import SettingsError
from followmoney.reports._statement._fill import checked, parsed


@dataclass(frozen=True)
class Template:
    """A document to fill in."""

    name: str
    """What errors call it."""
    content: bytes

    @property
    def sha256(self) -> str:
        """Its hash, which stands in the manifest."""
        return hashlib.sha256(self.content).hexdigest()


def opened(path: str | Path) -> Template:
    """A template from its file.

    Raises:
        SettingsError: It is not there, is no document, or cannot be read as a template.
    """
    try:
        content = Path(path).read_bytes()
    except OSError:
        raise SettingsError(f"There is no template {path}; name a .docx document.") from None
    checked(content, str(path))
    return Template(str(path), content)


def sound(template: Template) -> None:
    """Stop at a template whose marks cannot be read; needs the extra `report`.

    Raises:
        SettingsError: They cannot.
    """
    parsed(template.content, template.name)
