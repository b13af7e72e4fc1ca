"""Is a source well? What its last nights and documents say (``read``), what follows from that (``judge``, pure), what
becomes of it (``evaluate``), and who is told (``tell``).
"""
