"""The desk's screen, with and without a connection."""
