"""Bytes and text in, schema objects out. Nothing here touches the network, the clock or a database."""
