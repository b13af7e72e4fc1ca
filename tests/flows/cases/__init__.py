"""What servers do and what comes of it, one case each; ``python -m tests.flows.cases`` writes them into a table."""
