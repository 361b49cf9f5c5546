"""Fanjian 繁简: messy Chinese scholarly texts in, finished Traditional and Simplified editions out."""

__version__ = "0.1.0"
