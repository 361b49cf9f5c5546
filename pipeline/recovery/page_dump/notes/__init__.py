"""The notes of a page dump: where they begin and end, which lines are theirs, and what calls them."""
