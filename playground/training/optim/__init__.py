"""What updates the weights, and their moving average."""
