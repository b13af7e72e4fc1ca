"""``python -m tests.sites.golden --write`` writes the expectations of the golden pages anew."""

import sys

from tests.sites import golden

if sys.argv[1:] != ["--write"]:
    sys.exit("usage: python -m tests.sites.golden --write")
for path in golden.write():
    print("wrote", path.relative_to(golden.FOLDER))
