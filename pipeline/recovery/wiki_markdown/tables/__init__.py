"""Tables of a wiki export: as HTML, drawn with dashes, as pipes whose rows were cut, as wikitext."""
