"""The notes of an article: calls in the text, bodies in lists at the end, behind tables, or inside their sentences."""
