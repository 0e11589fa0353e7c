"""What the truth is, and how near the service comes to it."""
