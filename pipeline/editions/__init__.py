"""Editions: one document → PDF, EPUB and DOCX, all from one house style and one HTML tree."""
