"""Questions to what readers wrote and are sent."""
