"""Notes at the foot of the page: their boxes, those that run over, those of two halves."""
