"""Pack the empty embedded database anew: `python tools/empty_database.py`, also `make empty-database`.

Needed after a migration was added or changed; tests/config/test_empty.py says so.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> None:
    """Run every migration on a new file and pack what comes of it."""
    from dabir.config.empty import PACKED, pack_database

    with tempfile.TemporaryDirectory(prefix="dabir-empty-") as home:
        path = Path(home) / "empty.sqlite3"
        environment = os.environ | {"DATABASE_URL": f"sqlite://{path}", "DABIR_HOME": home}
        migrate = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
        pack_database(path)
    print(f"{PACKED.relative_to(ROOT)}: {PACKED.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
