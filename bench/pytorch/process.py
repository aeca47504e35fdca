"""What a process of PyTorch needs to be a fair peer, to be done before torch is imported."""

import ctypes
import os
import sys

# glibc's mallopt(3). Without them every large temporary of a step is mapped anew and its pages are
# faulted in one by one, which can take ten times as long as the product that fills them.
M_TRIM_THRESHOLD, M_MMAP_MAX = -1, -4


def fail(what, next_step):
    """Ends the process as Bandpass's own commands do."""
    print(f"error: {what}\n  next: {next_step}", file=sys.stderr)
    sys.exit(2)


def prepare(threads):
    """Gives the process its threads, and lets it keep the memory that it frees for its next step."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = str(threads)
    try:
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(M_MMAP_MAX, 0)
        libc.mallopt(M_TRIM_THRESHOLD, -1)
    except OSError:
        pass  # Another allocator than glibc's, which has habits of its own.
    try:
        import torch
    except ImportError:
        fail(
            f"this python3 has no PyTorch ({sys.executable})",
            "install it (on Debian and Ubuntu: apt-get install python3-torch), or put the python3 "
            "that has it first on the PATH",
        )
    torch.set_num_threads(threads)


def blas_library():
    """The library of dense products on the CPU, as the process has it loaded."""
    try:
        with open("/proc/self/maps") as maps:
            files = {os.path.basename(line.split()[-1]) for line in maps if "/" in line}
    except OSError:
        return "unknown"
    for part, name in (("mkl_", "MKL"), ("openblas", "OpenBLAS"), ("libblis", "BLIS")):
        if any(part in file for file in files):
            return name
    # PyTorch's own wheels have theirs inside.
    return "reference BLAS" if any("libblas" in file for file in files) else "built in"
