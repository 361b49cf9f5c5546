"""What a wiki export carries that is no text: what goes away, and what a finding tells about it."""
