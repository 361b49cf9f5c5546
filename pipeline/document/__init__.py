"""The document: a manuscript with its spans, the master that a person reads, and Pandoc's AST."""
