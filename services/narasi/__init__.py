"""The narrative document of a plan: its sections, their light markup, and the words that the plan fills in."""
