"""What is told by looking at every situation: coverage, gaps, and what moves on which day."""
