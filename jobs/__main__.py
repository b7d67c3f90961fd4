"""``python -m jobs …``: the command line. Trust in certificates comes before all else."""

import sys

from jobs.certificates import trust

trust(demo=True if "demo" in sys.argv[1:2] else None)

from jobs.commandline.main import main  # noqa: E402  gRPC may be imported only after the line above

if __name__ == "__main__":
    raise SystemExit(main())
