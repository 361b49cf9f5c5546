"""The printed lines of a page dump, made whole where an extraction broke them."""
