"""The PDF for readers that see no page: tags, their order, what is no text."""
