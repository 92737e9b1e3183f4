"""`python -m trainwhy` is `trainwhy`."""

import sys

from trainwhy.cli import main

if __name__ == "__main__":
    sys.exit(main())
