"""Pages for readers. No page imports another."""
