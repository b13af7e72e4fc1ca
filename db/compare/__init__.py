"""Two results held against each other: which figure is which, and what is said differently."""
