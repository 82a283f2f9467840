"""Text in files: Markdown, readings above words, figures that two languages must share."""
