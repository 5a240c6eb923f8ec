"""Speed and memory, beside other programs in one run, as ratios: `make bench`, or `python -m benchmarks NAME`."""
