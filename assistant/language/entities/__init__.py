"""What a text names: things, persons, dates, ages."""
