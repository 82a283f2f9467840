"""What a text says of what it names, as values of facts."""
