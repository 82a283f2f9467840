"""Ways in beside the pages: LINE, and what machines read to find them."""
