"""Asking servers safely: addresses that may be asked, limits on what may come back, robots.txt, pace."""
