"""Sparse matrices times dense ones, in the format of PyTorch that is faster here."""

import time

import torch


class SparseMatrix:
    """A constant matrix: `matrix @ dense` goes through autograd, by a product with the transpose."""

    def __init__(self, rows, columns, values, shape, columns_of_products=64, symmetric=False, like=None):
        """Entries may come in any order; `like` is a matrix whose format is taken over."""
        entries = torch.sparse_coo_tensor(torch.stack([rows, columns]), values, shape).coalesce()
        self.format = like.format if like else faster_format(entries, columns_of_products)
        self.itself = in_format(entries, self.format)
        self.transposed = self.itself if symmetric else in_format(entries.t().coalesce(), self.format)

    def __matmul__(self, dense):
        return Product.apply(dense, self)


class Product(torch.autograd.Function):
    """PyTorch would transpose the matrix in each backward pass."""

    @staticmethod
    def forward(context, dense, matrix):
        context.matrix = matrix
        return matrix.itself @ dense

    @staticmethod
    def backward(context, gradient):
        return context.matrix.transposed @ gradient, None


def in_format(entries, name):
    return entries.to_sparse_csr() if name == "csr" else entries


def faster_format(entries, columns):
    """The faster one of COO and CSR for this very matrix; which it is depends on the version."""
    dense = torch.rand(entries.shape[1], columns, device=entries.device)

    def seconds(name):
        matrix = in_format(entries, name)
        best = float("inf")
        for _ in range(6):
            synchronise(entries.device)
            started = time.perf_counter()
            matrix @ dense
            synchronise(entries.device)
            best = min(best, time.perf_counter() - started)
        return best

    return min(("csr", "coo"), key=seconds)


def synchronise(device):
    """Waits until the device has done what it was given."""
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize()
