"""How each publisher or agency lays out its file."""
