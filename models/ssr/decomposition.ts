/**
 * How SSR cuts a signal on the interaction graph into bands (methods.md, §5, stage 1): by eigenvectors,
 * by the fixed Chebyshev bank of the public code, or by smooth windows.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { UsageError } from "../../errors.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { type ChebyshevBank, publishedBank, smoothBank } from "../../graph/chebyshev_bank.ts";
import { searchProgress } from "../../graph/lanczos_problem.ts";
import { graphSpectrum } from "../../graph/spectrum.ts";
import { equalWidthBorders } from "../../graph/spectrum_borders.ts";
import { chebyshevBands, chebyshevTerms } from "../../shaders/chebyshev/chebyshev.ts";
import { concatenateColumns, sliceRows } from "../../shaders/columns/columns.ts";
import { type Borders, eigenBands } from "../../shaders/eigen_bands/eigen_bands.ts";
import { add } from "../../shaders/elementwise/elementwise.ts";
import { gatherStack } from "../../shaders/gather/gather.ts";
import type { RowList } from "../../shaders/gather/row_lists.ts";
import { rowSubset } from "../../shaders/spmm/row_subset.ts";
import type { SparseOperator } from "../../shaders/spmm/device_matrix.ts";
import { weightedSums } from "../../shaders/weighted_sum/weighted_sum.ts";
import type { ModelContext } from "../model.ts";
import { constantTensor } from "../parameters.ts";
import type { SettingSpecs } from "../settings.ts";

/** The settings of the decomposition. */
export const decompositionSettings = {
  bands: {
    type: "integer",
    default: 3,
    minimum: 1,
    maximum: 16,
    tuned: { from: 2, to: 5 },
    description: "Number of frequency bands M; 1 leaves the decomposition out",
  },
  decomposition: {
    type: "choice",
    default: "chebyshev",
    choices: ["gft", "chebyshev", "smooth"],
    description:
      "How bands are cut: by eigenvectors, the public code's Chebyshev bank, or smooth windows",
  },
  eigenpairs: {
    type: "integer",
    default: 256,
    minimum: 1,
    description: "Number K of eigenvectors of the interaction graph, for decomposition=gft",
  },
  borders: {
    type: "string",
    default: "energy",
    description:
      'Band borders: "energy", "equal-width", or the first eigenvector of each band after the first',
  },
  order: {
    type: "integer",
    default: 5,
    minimum: 1,
    maximum: 64,
    description: "Highest degree of the bank, for decomposition=chebyshev (3 bands end at 3)",
  },
  smooth_degree: {
    type: "integer",
    default: 16,
    minimum: 1,
    maximum: 256,
    description: "Degree of the windows, for decomposition=smooth",
  },
  smooth_width: {
    type: "number",
    default: 0.1,
    minimum: 0.001,
    description: "Width of the windows' edges in eigenvalues, for decomposition=smooth",
  },
} as const satisfies SettingSpecs;

/** Rows of a list, counted from a node. */
export interface ListedNodes {
  /** The list. */
  readonly list: RowList;
  /** The node that its index 0 means. */
  readonly firstRow: number;
}

/** Consecutive rows of a table. */
export interface RowRange {
  /** The first row. */
  readonly first: number;
  /** Number of rows. */
  readonly rows: number;
}

/** Bands at some rows. */
export interface RowsInBands {
  /** `rows×(M·D)`, the M bands of a row side by side, the lowest frequency first. */
  readonly bands: Tensor;
  /** The signal at the same rows: the sum of the bands. */
  readonly signal: Tensor;
}

/** Cuts signals into bands. */
export interface Decomposition {
  /**
   * The bands of `rep + graph` at some rows, differentiated.
   *
   * @param program The program.
   * @param rep `(U+I)×D`.
   * @param graph `(U+I)×D`.
   * @param groups Rows that are wanted, each group's lists below each other.
   * @param state The state of the step, in which rows are chosen.
   * @returns One a group.
   */
  cut(
    program: Program,
    rep: Tensor,
    graph: Tensor,
    groups: readonly (readonly ListedNodes[])[],
    state: Allocation,
  ): RowsInBands[];
  /**
   * The bands of `rep + graph` at all rows, of which some are asked for at a time: all of them side by side may be more
   * than a device binds.
   *
   * @param program The program.
   * @param rep `(U+I)×D`.
   * @param graph `(U+I)×D`.
   * @returns Gives those of some consecutive rows.
   */
  cutAll(program: Program, rep: Tensor, graph: Tensor): (range: RowRange) => RowsInBands;
}

/**
 * Prepares a decomposition; eigenvectors are computed here, or read from the cache.
 *
 * @param context The device, the settings, and the cache.
 * @param graphOf Makes the interaction graph, for eigenvectors.
 * @param operator Â, its normalised adjacency, on the device.
 * @throws {UsageError} The borders do not fit the number of bands.
 */
export async function decompositionOf(
  context: ModelContext<typeof decompositionSettings>,
  graphOf: () => Csr,
  operator: SparseOperator,
): Promise<Decomposition> {
  const { settings, memory, cache, signal, onProgress } = context;
  const { bands, decomposition, order, smooth_degree: degree, smooth_width: width } = settings;
  if (decomposition === "chebyshev") return polynomial(operator, publishedBank(bands, order));
  if (decomposition === "smooth") {
    return polynomial(operator, smoothBank({ bands, degree, width }));
  }
  const graph = graphOf();
  const { rows } = graph;
  const eigenpairs = Math.min(settings.eigenpairs, rows);
  const label = "the interaction graph";
  const onRestart = searchProgress(label, onProgress);
  const options = { eigenpairs, label, signal, onProgress: onRestart };
  const { values, vectors } = await graphSpectrum(memory.gpu, graph, options, cache);
  const basis = constantTensor(memory, "eigenvectors", rows, eigenpairs, vectors, "graphs");
  return byEigenvectors(basis, bands, bordersOf(settings, values));
}

/** Where a setting cuts the coefficients. */
function bordersOf(
  { borders, bands }: { readonly borders: string; readonly bands: number },
  values: ArrayLike<number>,
): Borders {
  if (borders === "energy") return "energy";
  if (borders === "equal-width") return equalWidthBorders(values, bands);
  const numbers = borders.split(",").map((text) => /^\d+$/.test(text) ? Number(text) : NaN);
  const isAscending = numbers.every((border, n) => border >= (numbers[n - 1] ?? 0));
  if (isAscending && numbers.length === bands - 1 && numbers.at(-1)! <= values.length + 1) {
    return numbers;
  }
  throw new UsageError(
    `Cannot set "borders": found "${borders}", expected "energy", "equal-width" or ` +
      `${bands - 1} ascending numbers up to ${values.length + 1}`,
    'Write for example borders=energy, or with 3 bands borders="40,120"',
  );
}

function byEigenvectors(basis: Tensor, bands: number, borders: Borders): Decomposition {
  return {
    cut(program, rep, graph, groups) {
      const signal = add(program, rep, graph, { label: "signal" });
      // All groups in one, for the borders are those of the whole signal, and are found once.
      const rows = groups.flat();
      const cut = eigenBands(program, basis, [rep, graph], { bands, borders, rows });
      const beside = concatenateColumns(program, cut.bands, "bands");
      let first = 0;
      return groups.map((group) => {
        const count = group.reduce((sum, { list }) => sum + list.length, 0);
        const own = sliceRows(program, beside, first, count);
        first += count;
        return { bands: own, signal: rowsOf(program, signal, group) };
      });
    },
    cutAll(program, rep, graph) {
      const signal = add(program, rep, graph, { label: "signal" });
      const cut = eigenBands(program, basis, [rep, graph], { bands, borders });
      return (range) => rangeOfBands(program, cut.bands, signal, range);
    },
  };
}

function polynomial(operator: SparseOperator, bank: ChebyshevBank): Decomposition {
  const degree = bank[0].length - 1;
  return {
    cut(program, rep, graph, groups, state) {
      const signal = add(program, rep, graph, { label: "signal" });
      if (degree > longestGatheredDegree) {
        const bands = chebyshevBands(program, operator, signal, bank);
        return groups.map((group) => ({
          bands: concatenateColumns(
            program,
            bands.map((band) => rowsOf(program, band, group)),
            "bands",
          ),
          signal: rowsOf(program, signal, group),
        }));
      }
      // The rows of each term are picked first: bands are sums of rows, and the batch reads few.
      const subset = rowSubset(program, signal.rows, groups.flat(), state);
      const terms = chebyshevTerms(program, operator, signal, degree, subset);
      return groups.map((group) => {
        const rows = terms.map((term) => rowsOf(program, term, group));
        return {
          bands: weightedSums(program, rows, bank, "bands"),
          signal: rows[0],
        };
      });
    },
    cutAll(program, rep, graph) {
      const signal = add(program, rep, graph, { label: "signal" });
      const bands = chebyshevBands(program, operator, signal, bank);
      return (range) => rangeOfBands(program, bands, signal, range);
    },
  };
}

function rangeOfBands(
  program: Program,
  bands: readonly Tensor[],
  signal: Tensor,
  { first, rows }: RowRange,
): RowsInBands {
  const own = bands.map((band) => sliceRows(program, band, first, rows));
  return {
    bands: concatenateColumns(program, own, "bands"),
    signal: sliceRows(program, signal, first, rows),
  };
}

/** Above this degree all bands of all rows take less memory than all terms do. */
const longestGatheredDegree = 8;

function rowsOf(program: Program, table: Tensor, group: readonly ListedNodes[]): Tensor {
  return gatherStack(program, group.map((part) => ({ table, ...part })), `rows of ${table.label}`);
}
