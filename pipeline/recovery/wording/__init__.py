"""What letters, marks, words and the ends of lines say by themselves, in any form of source."""
