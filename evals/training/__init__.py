"""What the service ships as numbers is fitted here, from licensed training sets and gold of our own."""
