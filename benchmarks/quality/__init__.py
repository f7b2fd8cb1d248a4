"""How often a pattern is right and how much it misses, on labelled ledgers: `python -m benchmarks.quality`."""
