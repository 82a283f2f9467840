"""What was learnt: vectors of words, the sense of a sentence, weights."""
