"""From facts to answers in words: what follows, what it rests on, whom to call. No sentence is read here."""
