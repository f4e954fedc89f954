"""What the meeting is handed: the pack, a problem profile and a district sheet, as PDF and as slides."""
