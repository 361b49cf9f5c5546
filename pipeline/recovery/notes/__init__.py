"""How the notes of all forms are numbered, which marks call them, which numbers count on."""
