"""From text to terms: analyzer, concepts, words in text that is kana only."""
