"""Reading the archive again: a candidate beside what is current, compared before it is promoted."""
