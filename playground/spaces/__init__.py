"""What is diffused: things to tensors and back."""
