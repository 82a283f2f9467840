"""What is served: built from the content, published whole, replaced while the site runs."""
