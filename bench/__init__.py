"""Speed and memory of the program, each figure measured beside a peer in one run: `python -m bench`."""
