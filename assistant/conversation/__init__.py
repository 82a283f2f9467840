"""One turn: facts or text in, a reply out. Knows nothing of the web."""
