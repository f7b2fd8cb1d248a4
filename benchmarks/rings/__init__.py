"""How well community methods give planted rings back, and how long they take: `python -m benchmarks.rings`."""
