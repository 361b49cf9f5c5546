"""The notes of a recognised paper: what could call one, which chunks are bodies, and which belong together."""
