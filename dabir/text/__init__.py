"""Persian, Arabic and English documents, without any web framework."""

import os

# The products of the repair are small: numpy's library would start a thread a processor and let
# them wait for each other. One is as fast on an idle machine and far faster on a busy one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
