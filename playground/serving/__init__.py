"""Many people at one model: fair turns, and their network calls joined into one."""
