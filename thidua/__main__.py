"""The `thidua` command, also as `python -m thidua`: loads the program, which takes most of a second, and runs it."""

import signal


def run() -> None:
    """Run the command line. Until it is loaded, Ctrl-C ends the process as it does any other: without a traceback."""
    usual = signal.getsignal(signal.SIGINT)
    if usual is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from thidua.cli import main  # noqa: PLC0415 - the handler comes first

    signal.signal(signal.SIGINT, usual)
    main()


if __name__ == "__main__":
    run()
