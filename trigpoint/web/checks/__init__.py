"""What the pages of the sense-check show."""
