"""`python -m followmoney` is `followmoney`."""

from __future__ import annotations

import sys

from followmoney.cli import main

sys.exit(main())
