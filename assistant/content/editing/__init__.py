"""What the commands for editors write."""
