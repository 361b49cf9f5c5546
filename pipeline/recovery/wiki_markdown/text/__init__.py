"""A stretch of an article as traced text: links, formulas, variants, line ends, and what a reader sees of it."""
