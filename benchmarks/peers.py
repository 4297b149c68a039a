"""Runs another library over texts, in the environment in which it is installed.

    ENVIRONMENT/bin/python benchmarks/peers.py NAME < texts.json > answer.json

The answer holds the texts and the seconds they took. Exit status 3: the library is not there.
"""

import json
import sys
import time
from collections.abc import Callable


def mender(name: str) -> Callable[[str], str]:
    """What the library offers against damaged text."""
    if name == "ftfy":
        import ftfy

        return ftfy.fix_text
    if name == "hazm":
        import hazm

        return hazm.Normalizer().normalize
    from bidi.algorithm import get_display

    return lambda text: "\n".join(map(get_display, text.split("\n")))


def main() -> None:
    """Mend what stands on the standard input."""
    try:
        mend = mender(sys.argv[1])
    except ImportError:
        sys.exit(3)
    texts = json.load(sys.stdin)
    began = time.process_time()
    mended = [mend(text) for text in texts]
    json.dump({"texts": mended, "seconds": time.process_time() - began}, sys.stdout)


if __name__ == "__main__":
    main()
