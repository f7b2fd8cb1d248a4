"""How much processor time and memory the package needs, beside what others need for the same."""
