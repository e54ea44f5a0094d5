"""The player of films, and what it asks for."""
