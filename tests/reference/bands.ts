/**
 * Orthogonal bands by eigenvectors in f64 (methods.md, §4 d).
 *
 * @module
 */
import { symmetricEigen } from "../../graph/symmetric_eigen.ts";

/**
 * The bands of a matrix, or of other rows by the directions of the matrix.
 *
 * @param y `rows×(blocks·d)`.
 * @param rows Number of rows.
 * @param blocks Blocks of columns.
 * @param d Columns of a block.
 * @param bands Number of bands.
 * @param x Rows to be cut, of as many columns; those of y where none are given.
 */
export function orthogonalBands(
  y: Float64Array,
  rows: number,
  blocks: number,
  d: number,
  bands: number,
  x: Float64Array = y,
): Float64Array[] {
  const columns = blocks * d;
  const outputs = Array.from({ length: bands }, () => new Float64Array(x.length));
  for (let block = 0; block < blocks; block++) {
    const gram = new Float64Array(d * d);
    for (let row = 0; row < rows; row++) {
      const start = row * columns + block * d;
      for (let i = 0; i < d; i++) {
        for (let j = 0; j < d; j++) gram[i * d + j] += y[start + i] * y[start + j];
      }
    }
    const { vectors } = symmetricEigen(gram, d);
    let first = 0;
    outputs.forEach((output, band) => {
      const width = Math.floor(d / bands) + Number(band < d % bands);
      for (let k = first; k < first + width; k++) {
        for (let start = block * d; start < x.length; start += columns) {
          let inner = 0;
          for (let i = 0; i < d; i++) inner += x[start + i] * vectors[i * d + k];
          for (let i = 0; i < d; i++) output[start + i] += inner * vectors[i * d + k];
        }
      }
      first += width;
    });
  }
  return outputs;
}
