"""What things are: the types that every other package speaks in, and the code lists beside them."""
