"""Letters and words, before any meaning: one written form, tokens, numbers."""
