"""The text of a recognised paper: its chunks as whole paragraphs and headings of a level."""
