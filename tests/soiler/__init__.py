"""The soiler: clean books of our own, laid out as the dirty texts that an extraction would give of them."""
