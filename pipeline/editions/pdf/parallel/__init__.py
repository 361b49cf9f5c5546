"""Two texts on one page or on facing ones: their columns, their pages, the places where both break."""
