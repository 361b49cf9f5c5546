"""What belongs to the pages of a dump and not to its text: running heads, page numbers, lists of contents, and the pages that only these tell."""
