"""Pages that only their numbers tell: which lines may be one (``folio_lines``), which count on, and where their pages begin."""
