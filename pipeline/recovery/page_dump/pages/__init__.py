"""What a page holds: its lines as they were laid out, where pages begin, and what belongs to the page and not to the text."""
