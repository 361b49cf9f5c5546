"""What both Markdown forms share: the lines of a source as chunks, its tables, what stands within a line."""
