"""The pages for readers: what they read from the database (one module a page) and how they are answered."""
