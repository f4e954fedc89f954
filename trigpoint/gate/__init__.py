"""The one way out: every page, tile, export and command asks here, and nothing lazy crosses it."""
