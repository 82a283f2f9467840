"""Templates: compiled for each language, and what each of them can use."""
