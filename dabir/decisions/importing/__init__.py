"""Reading a table of decisions and planning what it would change; pure, nothing is written here."""
