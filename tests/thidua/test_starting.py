"""Until the program is loaded nobody is there to say that it was stopped; Ctrl-C ends it in silence then."""

from __future__ import annotations

import signal
import subprocess
import sys

# Stops itself at the first of the modules that is looked for once the handler is set.
STOPPED = """
import importlib.abc, os, signal, sys
from thidua.__main__ import run

class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder())
run()
"""


def test_ctrl_c_while_the_program_is_loaded_prints_no_traceback() -> None:
    ran = subprocess.run([sys.executable, "-c", STOPPED], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (-signal.SIGINT, "", "")


def test_once_it_is_loaded_ctrl_c_is_told() -> None:
    code = "import thidua.cli, signal; thidua.cli.main = lambda: print(signal.getsignal(signal.SIGINT).__name__)"
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\nfrom thidua.__main__ import run\nrun()"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.stdout, ran.stderr) == ("default_int_handler\n", "")
