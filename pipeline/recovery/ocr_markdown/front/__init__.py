"""The front matter of a recognised paper: title, authors, abstract, keywords, in both languages."""
