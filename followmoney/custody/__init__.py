"""Custody: which bytes were read, which settings applied, what came out; sealed, to be checked and repeated.

A check counts what agrees and names what does not; a bag is a folder whose every byte is under a hash.
"""
