"""Paper and what is taken along: counter sheet, declaration, share."""
