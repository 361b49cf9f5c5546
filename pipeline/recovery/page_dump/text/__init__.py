"""The text of a page dump: its lines as paragraphs, headings, quotations and entries."""
