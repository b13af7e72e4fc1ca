"""Text made ready for reading: canonical characters with the way back, and its divisions."""
