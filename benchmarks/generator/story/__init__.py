"""The harbour matter as a story: who there is, what they own, what moved, and how banks would show it."""
