"""Every setting, once: the Python API, the flags of the command line, the environment, the TOML file, the appendix."""

from __future__ import annotations

from followmoney.settings._leaves import Leaf, leaves
from followmoney.settings._written import written
from followmoney.settings.settings import Settings

__all__ = ["Leaf", "Settings", "leaves", "written"]
