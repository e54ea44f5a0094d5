"""What was made in this page: kept as cards, saved, restored and sent to other tabs."""
