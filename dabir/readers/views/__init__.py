"""The pages of the office on what readers write and are sent."""
