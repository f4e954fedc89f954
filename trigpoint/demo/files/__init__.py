"""The county's files on disk: deliveries in their agencies' forms, and the layers they are placed by."""
