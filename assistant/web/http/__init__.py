"""What every request passes: language, day, facts, limits, headers, counts, log."""
