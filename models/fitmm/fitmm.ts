/**
 * FITMM: orthogonal bands of every modality, gated under an information bottleneck (ACM MM 2025, arXiv
 * 2601.22498; methods.md, §4), for any number of modalities and bands.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import type { Program } from "../../gpu/program.ts";
import type { Bindable, Tensor } from "../../gpu/tensor.ts";
import { bceLoss } from "../../shaders/bce_loss/bce_loss.ts";
import { bottleneckLoss } from "../../shaders/bottleneck_loss/bottleneck_loss.ts";
import { sliceRows } from "../../shaders/columns/columns.ts";
import { unary } from "../../shaders/elementwise/elementwise.ts";
import { gather } from "../../shaders/gather/gather.ts";
import type { RowList } from "../../shaders/gather/row_lists.ts";
import { mixBands } from "../../shaders/mix_bands/mix_bands.ts";
import { narrowLinear } from "../../shaders/narrow_linear/narrow_linear.ts";
import { applyBands, type BandedRows } from "../../shaders/orthogonal_bands/apply_bands.ts";
import {
  type BandBasis,
  bandBasis,
  type BandSource,
  type GainInputs,
} from "../../shaders/orthogonal_bands/orthogonal_bands.ts";
import { rowDot } from "../../shaders/row_dot/row_dot.ts";
import { scaleBy, scaleColumns } from "../../shaders/scale/scale.ts";
import { spmm } from "../../shaders/spmm/spmm.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { wienerGains } from "../../shaders/wiener_gain/wiener_gain.ts";
import { fitmmSettings } from "./fitmm_settings.ts";
import { bandNames, rowParts } from "../composition.ts";
import { defineModel, type TrainedDefinition } from "../define_model.ts";
import type { Diagnostic } from "../model.ts";
import { bandConsistency } from "./band_consistency.ts";
import { blockEnergies } from "../backbone/block_energies.ts";
import { type BranchViews, buildBranches } from "../backbone/branches.ts";
import { randomDirections } from "./random_directions.ts";

/** The two sides, each with a gate of its own. */
const sides = ["user", "item"] as const;

/** FITMM. */
export const fitmm: TrainedDefinition = defineModel({
  name: "fitmm",
  description: "Orthogonal bands under an information bottleneck (FITMM, ACM MM 2025)",
  needsFeatures: true,
  settings: fitmmSettings,
  async build(context) {
    const { dataset, settings, seed } = context;
    const { users, items } = dataset;
    const { bands, dim, ib, ib_alpha, ib_beta, ib_mu, ib_phi } = settings;
    if (ib === "wiener" && settings.basis === "random") {
      throw new UsageError(
        'Cannot use ib="wiener" with basis="random": its gains are those of principal directions',
        'Set ib to "surrogate" or "none", or basis to "principal"',
      );
    }
    const branches = await buildBranches(context, "fitmm");
    const { parameters, columns } = branches;
    const blocks = columns / dim;
    const nodes = { user: { firstRow: 0, rows: users }, item: { firstRow: users, rows: items } };
    const gates = Object.fromEntries(sides.map((side) => [side, {
      layer: parameters.linear(`${side}.gate`, columns, bands, seed),
      scale: parameters.add(`${side}.gate scale`, 1, 1, new Float32Array([0.5])),
      weights: parameters.add(`${side}.band weights`, 1, bands, new Float32Array(bands).fill(1)),
    }]));
    const directions = settings.basis === "random" ? randomDirections(dim, seed) : undefined;

    /** How far each node's gates are open beyond 1: `n×M`. */
    const openings = (program: Program, rep: Tensor, side: typeof sides[number]) => {
      const { layer, scale } = gates[side];
      const logits = narrowLinear(program, rep, layer, nodes[side]);
      return scaleBy(program, unary(program, "sigmoid", logits), scale);
    };

    /** The directions of the bands of all views: the sources of {@linkcode bandedRows}. */
    const basisOf = (program: Program, { rep, userGraph, itemGraph }: BranchViews) => {
      const sources: BandSource[] = [{ table: rep, ...nodes.user }, { table: rep, ...nodes.item }];
      sources.push({ table: userGraph });
      if (itemGraph !== undefined) sources.push({ table: itemGraph });
      const gains = ib !== "wiener" ? undefined : (inputs: GainInputs) => {
        // Below the sums of each user's items stand those of each item's users.
        const related = spmm(program, branches.adjacency, rep);
        const ofUsers = { table: related, ...nodes.user };
        const ofItems = { table: related, ...nodes.item };
        return wienerGains(program, inputs, [
          { source: 0, counterpart: 1, rows: sources[0], related: ofUsers, gains: "both" },
          // Graph parts are added to representations, and judged by those of the other side.
          { source: 2, counterpart: 1, rows: sources[2], related: ofUsers },
          ...itemGraph === undefined
            ? []
            : [{ source: 3, counterpart: 0, rows: sources[3], related: ofItems }],
        ], { blocks, beta: ib_beta });
      };
      return bandBasis(program, sources, { blocks, bands, directions, gains });
    };

    /** Bands of rows of a side, side by side; the graph part may lack, and `count` of the rows count. */
    const bandedRows = (
      program: Program,
      basis: BandBasis,
      side: typeof sides[number],
      rep: Tensor,
      graph: Tensor | undefined,
      count?: Bindable,
    ): Tensor => {
      const source = sides.indexOf(side);
      const parts: BandedRows[] = [{ x: rep, source }];
      if (graph !== undefined) parts.push({ x: graph, source: 2 + source });
      return applyBands(program, basis, parts, `${side} rows`, count);
    };

    /** The gated sum of bands, and the weights of each; `open` are the openings of the same rows. */
    const fuse = (
      program: Program,
      banded: Tensor,
      open: Tensor,
      side: typeof sides[number],
    ) => {
      const gate = unary(program, "affine", open, { beta: 1 });
      const weights = scaleColumns(program, gate, unary(program, "sigmoid", gates[side].weights));
      return { output: mixBands(program, banded, weights, `${side} output`), weights };
    };
    /** What evaluations have of each side, for their diagnostics. */
    const evaluated = new WeakMap<Program, Record<typeof sides[number], EvaluatedSide>>();

    const evaluate = (program: Program) => {
      const views = branches.views(program);
      const basis = basisOf(program, views);
      const evaluateSide = (side: typeof sides[number], graph: Tensor | undefined) => {
        const { firstRow, rows } = nodes[side];
        const rep = sliceRows(program, views.rep, firstRow, rows);
        const banded = bandedRows(program, basis, side, rep, graph);
        return { banded, ...fuse(program, banded, openings(program, views.rep, side), side) };
      };
      const found = {
        user: evaluateSide("user", views.userGraph),
        item: evaluateSide("item", views.itemGraph),
      };
      evaluated.set(program, found);
      return found;
    };
    const representation = ({ user, item }: ReturnType<typeof evaluate>) => ({
      users: { table: user.output, firstRow: 0, rows: users },
      items: { table: item.output, firstRow: 0, rows: items },
    });

    return {
      parameters: parameters.all,
      loss(program, batch, losses) {
        const views = branches.views(program);
        const basis = basisOf(program, views);
        const graphs = { user: views.userGraph, item: views.itemGraph };
        const open = {
          user: openings(program, views.rep, "user"),
          item: openings(program, views.rep, "item"),
        };
        // What is a row's own is computed once for rows that the batch repeats.
        const partOf = (side: typeof sides[number], list: RowList) => {
          const unique = uniqueRows(program, list);
          const { rows, slots, counts } = unique;
          const graph = graphs[side];
          const banded = bandedRows(
            program,
            basis,
            side,
            gather(program, views.rep, rows, nodes[side].firstRow),
            graph && gather(program, graph, rows),
            counts,
          );
          const { output } = fuse(program, banded, gather(program, open[side], rows), side);
          return { unique, banded, output: gather(program, output, slots) };
        };
        const user = partOf("user", batch.users);
        const positive = partOf("item", batch.positives);
        const negative = partOf("item", batch.negatives);
        bceLoss(
          losses,
          rowDot(program, user.output, positive.output),
          rowDot(program, user.output, negative.output),
        );
        for (const side of sides) {
          if (ib === "surrogate") {
            bottleneckLoss(losses, open[side], {
              alpha: ib_alpha,
              mu: ib_mu,
              phi: ib_phi,
              weight: settings.ib_weight,
              name: `${side} bottleneck`,
            });
          }
          const { banded, unique } = side === "user" ? user : positive;
          bandConsistency(losses, banded, unique, {
            consistency: settings.consistency,
            count: bands,
            blocks,
            weight: settings.consistency_weight,
            name: `${side} consistency`,
          });
        }
      },
      represent: (program) => representation(evaluate(program)),
      composition(program) {
        const found = evaluate(program);
        // A band as it is weighed: the gated sum with all other weights 0.
        const parts = ({ banded, weights }: EvaluatedSide) =>
          rowParts(
            bandNames(bands),
            Array.from({ length: bands }, (_, band) => {
              const data = Float32Array.from({ length: bands }, (_, n) => Number(n === band));
              const one = program.tensor(`band ${band} alone`, 1, bands, { data });
              return mixBands(program, banded, scaleColumns(program, weights, one), `band ${band}`);
            }),
          );
        return {
          representation: representation(found),
          by: "band",
          users: parts(found.user),
          items: parts(found.item),
          blocks: branches.names.map((name) => ({ name, columns: dim })),
        };
      },
      diagnose(program) {
        const found = evaluated.get(program);
        if (found === undefined) throw new Error(`"${program.name}" represents nothing`);
        return sides.flatMap((side): Diagnostic[] => {
          const many = `${side}s` as const;
          const { banded, weights } = found[side];
          const names = Array.from({ length: bands }, (_, n) => `band ${n}`);
          return [
            {
              name: `energy of ${many}`,
              table: blockEnergies(program, banded, bands, blocks),
              columns: branches.names,
              rows: names,
            },
            { name: `gate of ${many}`, table: weights, columns: names, rows: many },
          ];
        });
      },
    };
  },
});

/** What an evaluation has of a side. */
interface EvaluatedSide {
  readonly banded: Tensor;
  readonly weights: Tensor;
  readonly output: Tensor;
}
