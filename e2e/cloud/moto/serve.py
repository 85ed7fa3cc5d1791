"""Starts the emulated AWS: moto's own server, with the calls it lacks added by aws_gaps.

Run as `python serve.py --host 127.0.0.1 --port N`; all arguments go to moto.
With EXIT_WITH_STDIN=1 the server ends as soon as its standard input closes, so that it never outlives
the process that started it, whichever way that process ended.
"""

import functools
import os
import sys
import threading

import boto3

os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
# The account has no images but those that tests register; moto would look through a thousand others at each question.
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")

# Moto asks a new session for each list of regions, and each session reads the endpoints of all of AWS first.
boto3.Session = functools.cache(boto3.Session)

import aws_gaps
from moto.server import main


def exit_with_stdin() -> None:
    """Blocks until standard input is at its end, then ends the process at once."""
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    if os.environ.get("EXIT_WITH_STDIN") == "1":
        threading.Thread(target=exit_with_stdin, daemon=True).start()
    aws_gaps.install()
    main(sys.argv[1:])
