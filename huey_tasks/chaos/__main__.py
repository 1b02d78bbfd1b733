"""`python -m huey_tasks.chaos [--store sqlite|postgres] [--short] [--seed N]`; exits with 0 when nothing was lost."""

import argparse
import os
import random
import subprocess
import sys

from .stack import BASE_DIR, Postgres, Redis


def main():
    parser = argparse.ArgumentParser(prog="chaos", description="Break everything while readers ask, and count.")
    parser.add_argument("--store", choices=["sqlite", "postgres"], help="SQLite files, or PostgreSQL and Redis; both")
    parser.add_argument("--short", action="store_true", help="a minute for each, for continuous integration")
    parser.add_argument("--seed", type=int, default=None, help="repeats the order of what is broken")
    options = parser.parse_args()
    seed = random.randrange(10**6) if options.seed is None else options.seed
    if options.store:
        from .run import run

        sys.exit(run(options.store, short=options.short, seed=seed))
    codes = []
    for store in ("sqlite", "postgres"):
        if store == "postgres" and (missing := Postgres.missing or Redis.missing):
            print(f"skipped: PostgreSQL and Redis ({missing})")
            continue
        # A process for each: Django's settings are read once.
        command = [sys.executable, "-m", "huey_tasks.chaos", "--store", store, "--seed", str(seed)]
        codes.append(subprocess.run(command + ["--short"] * options.short, cwd=BASE_DIR, env=os.environ).returncode)
    sys.exit(max(codes))


if __name__ == "__main__":
    main()
