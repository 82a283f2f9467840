"""Learning to read from labelled sentences. Not needed to answer."""
