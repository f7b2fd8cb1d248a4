"""How well, how fast and in how little memory parties are told apart: `python -m benchmarks.resolution`."""
