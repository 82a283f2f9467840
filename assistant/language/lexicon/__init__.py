"""The words of `content/lexicon`: what a file may hold, its notation, and how phrases are looked for."""
