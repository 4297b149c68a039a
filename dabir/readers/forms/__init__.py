"""What is asked about the letters of readers."""
