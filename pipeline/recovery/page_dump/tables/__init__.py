"""The tables of a page dump, which came out as loose lines."""
