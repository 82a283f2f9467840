"""Text in Japanese and English: folding, tokens, dates in words, and what a sentence states."""
