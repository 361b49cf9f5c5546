"""The front matter of a page dump: a thesis's cover, title, authors, abstract, keywords and dates, in both languages."""
