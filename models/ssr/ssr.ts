/**
 * SSR: bands of the interaction graph's spectrum, masked, mixed by a hyperspectral operator, and aligned
 * across modalities (NeurIPS 2025, arXiv 2512.01372; methods.md, §5), for any number of modalities and
 * bands.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { bceLoss } from "../../shaders/bce_loss/bce_loss.ts";
import { sliceRows } from "../../shaders/columns/columns.ts";
import { stackTables } from "../../shaders/columns/stack.ts";
import { differenceLoss } from "../../shaders/difference_loss/difference_loss.ts";
import { gatherStack } from "../../shaders/gather/gather.ts";
import type { Batch } from "../../shaders/negatives/negatives.ts";
import { defineModel, type TrainedDefinition } from "../define_model.ts";
import type { Diagnostic, Model, ModelContext } from "../model.ts";
import { bandNames, rowParts } from "../composition.ts";
import { fuseBands, type FusionInputs } from "./band_fusion.ts";
import { bandGate } from "./band_gate.ts";
import { bandOperator } from "./band_operator.ts";
import { type Branches, buildBranches } from "../backbone/branches.ts";
import { decompositionOf, type ListedNodes, type RowsInBands } from "./decomposition.ts";
import {
  bindableRanges,
  type EvaluatedSide,
  gateWeights,
  scoredTable,
  sideEnergies,
} from "./evaluated_side.ts";
import { alignModalities, pairsOfModalities } from "./modality_alignment.ts";
import { pairScores, scoredBlocks } from "./scored_outputs.ts";
import { drawnMasks, type StepMasks } from "./step_masks.ts";
import { ssrSettings } from "./ssr_settings.ts";

/** The two sides, each with an operator and a gate of its own. */
const sides = ["user", "item"] as const;
type Side = typeof sides[number];

/** Rows that a software adapter aligns in a step: the work grows with their square. */
const softwareAlignmentRows = 512;

/** SSR. */
export const ssr: TrainedDefinition = defineModel({
  name: "ssr",
  description: "Spectral bands, masked, mixed and aligned (SSR, NeurIPS 2025)",
  needsFeatures: true,
  settings: ssrSettings,
  build: (context) => buildSsr(context, drawnMasks(context.settings)),
});

/**
 * Plans SSR with given masks.
 *
 * @param context What it is built from.
 * @param masksOf Makes the masks of a step.
 * @throws {DataError} The dataset lacks features that a setting names.
 */
export async function buildSsr(
  context: ModelContext<typeof ssrSettings>,
  masksOf: StepMasks,
): Promise<Model> {
  const { dataset: { users, items }, settings, seed } = context;
  const { bands, operator: kind, rank } = settings;
  const branches = await buildBranches(context, "ssr");
  const { parameters, columns, adjacency, graph } = branches;
  const decomposition = await decompositionOf(context, graph, adjacency);
  const shape = { bands, columns, rank, seed };
  const operators = eachSide((side) => bandOperator(kind, parameters, `${side}.operator`, shape));
  const gates = eachSide((side) => bandGate(parameters, `${side}.gate`, shape));
  const alignedRows = alignmentRows(context, branches);

  const fuse = (program: Program, side: Side, rows: RowsInBands, inputs: FusionInputs) =>
    fuseBands(program, { operator: operators[side], settings }, rows, inputs);

  /** What the rows before they are cut decide, the same for all masks. */
  const decidedBy = (program: Program, side: Side, rep: Tensor): FusionInputs => ({
    weightsOf: gates[side].of(program, rep),
    gain: operators[side].gain(program, rep),
  });

  const views = (program: Program) => {
    const { rep, userGraph, itemGraph } = branches.views(program);
    const parts = itemGraph === undefined ? [userGraph] : [userGraph, itemGraph];
    return { rep, graph: stackTables(program, parts, users + items, "graph part") };
  };

  // What diagnose() tells of: the last evaluation's bands and gates, the last training's masks.
  const evaluated = new WeakMap<Program, Record<Side, EvaluatedSide>>();
  let masks: Record<Side, Tensor> | undefined;

  const { limits } = context.memory.gpu;
  const widest = columns * Math.max(bands, kind === "cp" ? rank : 1);
  const evaluate = (program: Program): Record<Side, EvaluatedSide> => {
    const { rep, graph } = views(program);
    const cut = decomposition.cutAll(program, rep, graph);
    const own = eachSide((side): EvaluatedSide => {
      const all = side === "user" ? { first: 0, rows: users } : { first: users, rows: items };
      return bindableRanges(all, widest, limits.maxStorageBufferBindingSize).map((range) => {
        const rows = cut(range);
        const decided = decidedBy(program, side, sliceRows(program, rep, range.first, range.rows));
        return { bands: rows.bands, ...fuse(program, side, rows, decided) };
      });
    });
    evaluated.set(program, own);
    return own;
  };
  const representation = (program: Program, own: Record<Side, EvaluatedSide>) => {
    const represented = (side: Side, rows: number) => ({
      table: scoredTable(program, own[side]),
      firstRow: 0,
      rows,
    });
    return { users: represented("user", users), items: represented("item", items) };
  };

  return {
    parameters: parameters.all,
    loss(program, batch, losses) {
      const { rep, graph } = views(program);
      const nodes = batchNodes(batch, users);
      const size = batch.users.length;
      const [user, item] = decomposition.cut(
        program,
        rep,
        graph,
        sides.map((side) => nodes[side]),
        losses.state,
      );
      const rows = { user, item };
      const full = eachSide((side) => {
        const own = gatherStack(
          program,
          nodes[side].map((part) => ({ table: rep, ...part })),
          `${side} rep`,
        );
        const decided = decidedBy(program, side, own);
        return { decided, outputs: fuse(program, side, rows[side], decided).outputs };
      });
      const scores = pairScores(program, full.user.outputs, full.item.outputs, size);
      bceLoss(losses, scores[0], scores[1]);
      const isMasked = settings.mask_weight > 0 && settings.mask_rate > 0;
      // The reference regularises the operator once for each pass through it.
      for (const side of sides) {
        operators[side].regularise(losses, (isMasked ? 2 : 1) * settings.operator_reg);
      }
      if (isMasked) {
        masks = eachSide((side) => masksOf(program, side, nodes[side], losses));
        const masked = eachSide((side) =>
          fuse(program, side, rows[side], { ...full[side].decided, mask: masks?.[side] }).outputs
        );
        if (settings.consistency === "prediction") {
          pairScores(program, masked.user, masked.item, size).forEach((score, n) =>
            differenceLoss(
              losses,
              score,
              scores[n],
              settings.mask_weight / 2,
              `masked ${["positive", "negative"][n]}`,
            )
          );
        } else {
          for (const side of sides) {
            masked[side].forEach((part, n) => {
              // The mean over three blocks of rows: users, positives and negatives.
              const weight = settings.mask_weight * part.weight / 3;
              const target = full[side].outputs[n].rows;
              differenceLoss(losses, part.rows, target, weight, `masked ${side} ${n}`);
            });
          }
        }
      }
      for (const side of sides) {
        const [{ list }] = nodes[side];
        const length = Math.min(list.length, alignedRows);
        // A batch is in random order: its first rows are a sample of it.
        const sampled = length === list.length ? list : { ...list, length };
        alignModalities(losses, rows[side].bands, sampled, {
          bands,
          blocks: branches.names.length,
          temperature: settings.temperature,
          weight: settings.alignment_weight,
          name: `${side} alignment`,
        });
      }
    },
    represent: (program) => representation(program, evaluate(program)),
    composition(program) {
      const own = evaluate(program);
      const parts = (side: EvaluatedSide) =>
        rowParts(
          bandNames(bands),
          Array.from(
            { length: bands },
            (_, band) => scoredTable(program, side, (rows) => rows.outputsOfBand(band)),
          ),
        );
      const modalities = branches.names.map((name) => ({ name, columns: settings.dim }));
      return {
        representation: representation(program, own),
        by: "band",
        users: parts(own.user),
        items: parts(own.item),
        // Each output band has all blocks, and so has their sum.
        blocks: Array(scoredBlocks(settings)).fill(modalities).flat(),
      };
    },
    diagnose(program) {
      const sidesOf = evaluated.get(program);
      if (sidesOf === undefined) throw new Error(`"${program.name}" represents nothing`);
      return sides.flatMap((side): Diagnostic[] => {
        const many = `${side}s` as const;
        const mixing = operators[side].mixing(program);
        const names = (what: string) => Array.from({ length: bands }, (_, n) => `${what} ${n}`);
        return [
          {
            name: `energy of ${many}`,
            table: sideEnergies(program, sidesOf[side], bands, branches.names.length),
            columns: branches.names,
            rows: names("band"),
          },
          {
            name: `gate of ${many}`,
            table: gateWeights(program, sidesOf[side]),
            columns: names("band"),
            rows: many,
          },
          ...mixing === undefined ? [] : [{
            name: `mixing of ${many}`,
            table: mixing,
            columns: names("from band"),
            rows: names("to band"),
          }],
          ...masks === undefined ? [] : [{
            name: `kept bands of ${many}`,
            table: masks[side],
            columns: names("band"),
            rows: "batch" as const,
            scale: 1 - settings.mask_rate,
          }],
        ];
      });
    },
  };
}

function eachSide<T>(make: (side: Side) => T): Record<Side, T> {
  return { user: make("user"), item: make("item") };
}

/** The nodes of a batch; those of the positive items come before those of the negative ones. */
function batchNodes(batch: Batch, users: number): Record<Side, readonly ListedNodes[]> {
  return {
    user: [{ list: batch.users, firstRow: 0 }],
    item: [
      { list: batch.positives, firstRow: users },
      { list: batch.negatives, firstRow: users },
    ],
  };
}

/** Rows of the batch that are aligned; tells the user where they are not all. */
function alignmentRows(context: ModelContext<typeof ssrSettings>, { names }: Branches): number {
  const { memory: { gpu }, settings, note } = context;
  const { alignment_rows: wanted, alignment_weight: weight, batch } = settings;
  if (weight === 0) return 0;
  if (pairsOfModalities(names.length).length === 0) {
    note?.(`No alignment: it needs two modalities, found ${names.length - 1}`);
    return 0;
  }
  if (wanted > 0) return wanted;
  if (!gpu.software || batch <= softwareAlignmentRows) return batch;
  note?.(
    `Aligning ${softwareAlignmentRows} of the ${batch} rows of a batch, as "${gpu.name}" computes on ` +
      `the CPU (alignment_rows=${batch} aligns all)`,
  );
  return softwareAlignmentRows;
}
