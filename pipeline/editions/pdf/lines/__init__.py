"""Chinese lines: what keeps together, how wide it is, where a line ends, how its edges come flush."""
