"""Ledgers made from a seed: the small harbour matter, and worlds of any size with planted schemes and known truth."""
