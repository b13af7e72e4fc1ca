"""What Datasette needs: metadata made from the description of the tables, settings, plugins."""
