"""From terms to an order: BM25F, nearness of meaning, and when the first may stand alone."""
