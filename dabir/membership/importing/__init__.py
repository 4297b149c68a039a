"""Reading lists of members and of dues, and planning what they would change; pure."""
