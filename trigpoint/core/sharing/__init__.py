"""Who may see what: viewers, agreements, and the one decision taken from them."""
