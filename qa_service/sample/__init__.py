"""The papers of a fictional council, made by us, and what makes them."""
