"""Questions to the register: as it stands, and as it was known on a day at an instant."""
