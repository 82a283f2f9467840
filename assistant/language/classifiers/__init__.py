"""What was learnt, applied: intents, and how far each fact is to be believed."""
