"""The pages of a dump as they were laid out: lines, widths, columns, and where pages begin."""
