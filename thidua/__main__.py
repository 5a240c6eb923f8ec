"""`python -m thidua`: the same as the `thidua` command."""

from thidua.cli import main

if __name__ == "__main__":
    main()
