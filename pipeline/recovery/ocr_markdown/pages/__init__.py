"""What belongs to the pages of a recognised paper and not to its text: numbers, heads, rules, contents."""
