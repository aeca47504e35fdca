/**
 * In-batch InfoNCE over cosines, in tiles of rows: no matrix of B×B logits is stored (van den Oord et
 * al., 2018; methods.md, §3).
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { rangeStep, type Tensor } from "../../gpu/tensor.ts";
import { rowsOfTensor } from "../../gpu/row_blocks.ts";
import { elementKernel } from "../common/element/element.ts";
import lanesSource from "../common/lanes/lanes.wgsl" with { type: "text" };
import softmaxLanesSource from "../common/lanes/softmax_lanes.wgsl" with { type: "text" };
import type { LossTerms } from "../common/loss_terms/loss_terms.ts";
import { fill } from "../elementwise/elementwise.ts";
import { launchProduct, type ProductLimit } from "../matmul/matmul.ts";
import { normaliseRows } from "../row_norm/row_norm.ts";
import type { UniqueRows } from "../unique_rows/unique_rows.ts";
import operandsSource from "./operands.wgsl" with { type: "text" };
import softmaxTileSource from "./softmax_tile.wgsl" with { type: "text" };
import workgroupSoftmaxSource from "./workgroup_softmax.wgsl" with { type: "text" };

const softmaxTile = elementKernel("info_nce/softmax_tile", operandsSource, softmaxTileSource);
const workgroupSoftmax = elementKernel(
  "info_nce/workgroup_softmax",
  operandsSource,
  lanesSource,
  softmaxLanesSource,
  workgroupSoftmaxSource,
);

/** Rows of a tile at least, so many that each begins where a binding may: what stays in a core's cache. */
const fewestTileRows = 8 * rangeStep;
/** Rows of a tile on hardware, where few launches count, and the most bytes of one that has more than the fewest. */
const mostTileRows = 32 * rangeStep;
const mostTileBytes = 64 * 2 ** 20;
/** The rows that count stand in front; small groups dealt out keep all of lavapipe's cores busy. */
const softmaxGroup = 16;
const softmaxShares = 16;
/** Invocations that share a row on hardware: each has a few vectors of it in flight. */
const softmaxLanes = 128;

/**
 * Lets the gradient of a term set in, linearly, as another term falls; the term itself has its whole weight from
 * the start, so that the losses of epochs compare.
 */
export interface WarmUp {
  /** The place of the other term, which was added before. */
  readonly term: number;
  /** What the other term costs who guesses. */
  readonly guessing: number;
  /** The share of that by which it has fallen when the gradient has its whole weight; 0 for at once. */
  readonly fall: number;
}

/** Nothing is waited for. */
const atOnce: WarmUp = { term: 0, guessing: 1, fall: 0 };

/** What the alignment of two views is computed with. */
export interface InfoNceOptions {
  /** Which rows of the views count, and how often: rows that a batch repeats are there once. */
  readonly unique: UniqueRows;
  /** The temperature τ. */
  readonly temperature: number;
  /** The weight; 0 adds no term. */
  readonly weight: number;
  /** How its gradient sets in (default: at once). */
  readonly warmUp?: WarmUp;
  /** What the term is called. */
  readonly name: string;
}

/**
 * Adds the term `weight·mean_b −log(e^{cos(a_b,b_b)/τ}/Σ_j e^{cos(a_b,b_j)/τ})` over the places of the
 * batch.
 *
 * A tile has all columns of its rows, so their softmax is complete, and with it the gradient: three
 * products a tile, none done twice. Only the rows that count take part in them.
 *
 * @param losses The terms.
 * @param a `L×d`, the anchors: the n-th different row of a list of length L is row n.
 * @param b `L×d`, the targets; row n of it belongs to row n of the anchors.
 * @param options Which rows count, the temperature, the weight and its warm-up, and what the term is called.
 */
export function infoNce(
  losses: LossTerms,
  a: Tensor,
  b: Tensor,
  { unique, temperature, weight, warmUp = atOnce, name }: InfoNceOptions,
): void {
  if (weight === 0) return;
  const { program } = losses;
  const { software } = program.memory.gpu;
  const { counts, multiplicity } = unique;
  const { rows, columns: d } = a;
  if (b.rows !== rows || b.columns !== d) {
    throw new Error(`"${a.label}" is ${rows}×${d}, "${b.label}" ${b.rows}×${b.columns}`);
  }
  const anchors = normaliseRows(program, a);
  const targets = normaliseRows(program, b);
  const private_ = (label: string, height: number, width: number) =>
    program.tensor(`${label} of ${name}`, height, width, { differentiable: false });
  const tileRows = tileRowsOf(program.memory.gpu, rows);
  const tile = private_("tile", Math.min(tileRows, rows), rows);
  const contributions = private_("contributions", rows, 1);
  // Nobody else reads the normalised rows, so their gradients are written here, with the term.
  const gradientOf = (x: Tensor) =>
    program.gradientTarget(x)?.gradient ?? private_(`d ${x.label}`, rows, d);
  const [danchors, dtargets] = [gradientOf(anchors), gradientOf(targets)];
  const softmax = software ? softmaxTile(rows) : workgroupSoftmax(rows);
  const { width } = softmax;
  const limit = { count: counts, factor: 1 };
  // Rows that do not count are left out below, and their gradient is 0, but up to the next multiple of 8, where products
  // of tiles may leave what no row of the batch takes. On hardware the tile has zeros there: products
  // that store all of their rows may cut their sums, which few rows of few columns need to keep a device busy.
  const rowsFrom = (mFirst: number): Partial<ProductLimit> => software ? { mFirst } : {};
  if (software || tileRows < rows) fill(program, danchors, 0);
  if (software) fill(program, dtargets, 0);
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
      limit: { ...limit, mFirst: first, nFirst: 0 },
    });
    program.launch(softmax.kernel, {
      buffers: { counts, multiplicity, tile, contributions, terms: losses.allocation },
      partial: first + height < rows ? ["contributions"] : [],
      uniforms: {
        tile_rows: height,
        columns: rows / width,
        width,
        first_row: first,
        weight_over_tau: weight / temperature,
        ...warmUp,
      },
      ...software
        ? { constants: { shares: softmaxShares }, threads: height, workgroupSize: softmaxGroup }
        : {
          constants: { lanes: softmaxLanes },
          threads: height * softmaxLanes,
          workgroupSize: softmaxLanes,
        },
    });
    const c = rowsOfTensor(danchors, first, height);
    launchProduct(program, {
      a: tile,
      b: targets,
      c,
      m: height,
      n: d,
      k: rows,
      limit: { ...limit, ...rowsFrom(first), kFirst: 0 },
    });
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
      limit: { ...limit, ...rowsFrom(0), kFirst: first },
    });
  }
  losses.add(name, contributions, { count: rows, scale: weight, perBatchRow: true });
}

/** Rows of a tile of so many columns. */
function tileRowsOf({ software }: Gpu, columns: number): number {
  if (software) return fewestTileRows;
  const fitting = Math.floor(mostTileBytes / (4 * columns) / rangeStep) * rangeStep;
  return Math.max(fewestTileRows, Math.min(mostTileRows, fitting));
}
