"""Reading archived pages: what one process does with one page, many processes with many, and the one writer."""
