"""What both Markdown forms share: the lines of a source as chunks, and its tables."""
