"""What may be told of a small number, and to whom."""
