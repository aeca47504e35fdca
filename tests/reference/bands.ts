/**
 * Orthogonal bands by eigenvectors in f64 (methods.md, §4 d).
 *
 * @module
 */
import { type Eigenpairs, symmetricEigen } from "../../algebra/symmetric_eigen.ts";

/**
 * The bands of a matrix, or of other rows by the directions of the matrix.
 *
 * @param y `rows×(blocks·d)`.
 * @param rows Number of rows.
 * @param blocks Blocks of columns.
 * @param d Columns of a block.
 * @param bands Number of bands.
 * @param x Rows to be cut, of as many columns (default: those of y).
 * @param gains The gain of each direction of each block, `blocks×d` (default: all 1).
 */
export function orthogonalBands(
  y: Float64Array,
  rows: number,
  blocks: number,
  d: number,
  bands: number,
  x: Float64Array = y,
  gains: ArrayLike<number> = new Float64Array(blocks * d).fill(1),
): Float64Array[] {
  const columns = blocks * d;
  const outputs = Array.from({ length: bands }, () => new Float64Array(x.length));
  for (let block = 0; block < blocks; block++) {
    const { vectors } = blockEigen(y, rows, blocks, d, block);
    let first = 0;
    outputs.forEach((output, band) => {
      const width = Math.floor(d / bands) + Number(band < d % bands);
      for (let k = first; k < first + width; k++) {
        for (let start = block * d; start < x.length; start += columns) {
          let inner = 0;
          for (let i = 0; i < d; i++) inner += x[start + i] * vectors[i * d + k];
          inner *= gains[block * d + k];
          for (let i = 0; i < d; i++) output[start + i] += inner * vectors[i * d + k];
        }
      }
      first += width;
    });
  }
  return outputs;
}

/**
 * Eigenpairs of the Gram matrix of a block of columns.
 *
 * @param y `rows×(blocks·d)`.
 * @param rows Number of rows.
 * @param blocks Blocks of columns.
 * @param d Columns of a block.
 * @param block The block.
 */
export function blockEigen(
  y: Float64Array,
  rows: number,
  blocks: number,
  d: number,
  block: number,
): Eigenpairs {
  const columns = blocks * d;
  const gram = new Float64Array(d * d);
  for (let row = 0; row < rows; row++) {
    const start = row * columns + block * d;
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) gram[i * d + j] += y[start + i] * y[start + j];
    }
  }
  return symmetricEigen(gram, d);
}
