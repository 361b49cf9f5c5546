"""What was printed over or into the text of a page dump and is none of it: watermarks, on lines of their own or within others, and pull quotes."""
