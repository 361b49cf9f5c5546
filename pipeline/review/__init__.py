"""Review: every edit of a recovery shown in its place, accepted or refused by a person, and remembered."""
