"""Words of codes in the language of a page, or in both."""
