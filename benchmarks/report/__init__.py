"""How long the report of a large case takes, how much memory, and how large its page is."""
