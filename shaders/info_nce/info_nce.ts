/**
 * In-batch InfoNCE over cosines, in tiles of rows: no matrix of B×B logits is stored (van den Oord et
 * al., 2018; methods.md, §3).
 *
 * @module
 */
import type { Tensor } from "../../gpu/program.ts";
import { rowsOfTensor } from "../../gpu/row_blocks.ts";
import { elementKernel } from "../element/element.ts";
import { launchBinary } from "../elementwise/elementwise.ts";
import type { LossTerms } from "../loss_terms/loss_terms.ts";
import { launchProduct } from "../matmul/matmul.ts";
import { normaliseRows } from "../row_norm/row_norm.ts";
import stateSource from "../step/state.wgsl" with { type: "text" };
import softmaxTileSource from "./softmax_tile.wgsl" with { type: "text" };

const softmaxTile = elementKernel("info_nce/softmax_tile", stateSource, softmaxTileSource);

/** Rows of a tile; a multiple of 64, so that it begins where a binding may. */
const tileRows = 512;

/**
 * Adds the term `weight·mean_b −log(e^{cos(a_b,b_b)/τ}/Σ_j e^{cos(a_b,b_j)/τ})` over the rows of the
 * batch.
 *
 * A tile has all columns of its rows, so their softmax is complete, and with it the gradient: three
 * products a tile, none done twice.
 *
 * @param losses The terms.
 * @param a `B×d`, the anchors.
 * @param b `B×d`, the targets; row b of it belongs to row b of the anchors.
 * @param options The temperature τ, the weight (0 adds no term), and what the term is called.
 */
export function infoNce(
  losses: LossTerms,
  a: Tensor,
  b: Tensor,
  options: { temperature: number; weight: number; name: string },
): void {
  const { temperature, weight, name } = options;
  if (weight === 0) return;
  const { program, state } = losses;
  const { rows, columns: d } = a;
  if (b.rows !== rows || b.columns !== d) {
    throw new Error(`"${a.label}" is ${rows}×${d}, "${b.label}" ${b.rows}×${b.columns}`);
  }
  const anchors = normaliseRows(program, a);
  const targets = normaliseRows(program, b);
  const private_ = (label: string, height: number, width: number) =>
    program.tensor(`${label} of ${name}`, height, width, { differentiable: false });
  const tile = private_("tile", Math.min(tileRows, rows), rows);
  const contributions = private_("contributions", rows, 1);
  const danchors = private_("d anchors", rows, d);
  const dtargets = private_("d targets", rows, d);
  const { kernel, width } = softmaxTile(rows);
  for (let first = 0; first < rows; first += tileRows) {
    const height = Math.min(tileRows, rows - first);
    launchProduct(program, {
      a: anchors,
      aRow: first,
      b: targets,
      c: tile,
      m: height,
      n: rows,
      k: d,
      transposeB: true,
      alpha: 1 / temperature,
    });
    program.launch(kernel, {
      buffers: { state, tile, contributions },
      uniforms: {
        tile_rows: height,
        columns: rows / width,
        width,
        first_row: first,
        weight_over_tau: weight / temperature,
      },
      threads: height,
    });
    const c = rows > tileRows ? rowsOfTensor(danchors, first, height) : danchors;
    launchProduct(program, { a: tile, b: targets, c, m: height, n: d, k: rows });
    launchProduct(program, {
      a: tile,
      b: anchors,
      bRow: first,
      c: dtargets,
      m: rows,
      n: d,
      k: height,
      transposeA: true,
      accumulate: first > 0,
    });
  }
  losses.add(name, contributions, { count: rows, scale: weight, perBatchRow: true });
  program.onBackward(() => {
    for (const [x, gradient] of [[anchors, danchors], [targets, dtargets]]) {
      const target = program.gradientTarget(x);
      if (target === undefined) continue;
      const { gradient: sum, accumulate } = target;
      const count = rows * d;
      launchBinary(program, { a: gradient, b: gradient, c: sum, count, beta: 0, accumulate });
    }
  });
}
