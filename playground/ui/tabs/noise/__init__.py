"""The Noise tab: a picture dissolves under the finger."""
