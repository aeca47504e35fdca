/**
 * The k best items of each user.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { isFilledBy } from "../../gpu/tensor.ts";
import candidatesSource from "./candidates.wgsl" with { type: "text" };
import componentsSource from "../common/element/components.wgsl" with { type: "text" };
import extractSource from "./extract.wgsl" with { type: "text" };
import groupMaximaSource from "./group_maxima.wgsl" with { type: "text" };
import radixSelectSource from "./radix_select.wgsl" with { type: "text" };

const groupMaxima = kernel(
  "top_k/group_maxima",
  componentsSource,
  candidatesSource,
  groupMaximaSource,
);
const extract = kernel("top_k/extract", componentsSource, candidatesSource, extractSource);
const radixSelect = kernel("top_k/radix_select", radixSelectSource);

/** Turns of all loops of an invocation that lists stay below (webgpu.md, trap 1). */
const mostTurns = 32768;
/** Users of a workgroup: few, so that a few users keep all cores busy. */
const usersOfGroup = 8;

/** The greatest k; radix_select.wgsl sorts the collected items in workgroup memory. */
export const greatestK = 1000;

/** Stands at the places of a list of a user who has fewer candidates. */
export const noItem = 0xffffffff;

/** Lists of items on the device. */
export interface BestItems {
  /** `users×k` item indices, best first, u32; {@linkcode noItem} where a user has fewer candidates. */
  readonly items: Allocation;
  /** `users×k` scores, f32. */
  readonly scores: Allocation;
}

/**
 * Appends the choice of the k best items of each user: by score descending, then by index ascending.
 * An item whose score is NaN is no candidate.
 *
 * @param program The program.
 * @param scores `users×stride`, masked by {@linkcode maskScores}; the stride is a multiple of 4.
 * @param shape Rows that count, number of items (columns beyond are padding), and k.
 * @param target Where the lists go (default: planned).
 * @throws {Error} k is 0 or above {@linkcode greatestK}, or rows are not whole vectors of four.
 */
export function topK(
  program: Program,
  scores: Tensor,
  shape: { users: number; items: number; k: number },
  target?: BestItems,
): BestItems {
  const { users, items, k } = shape;
  if (!(k >= 1 && k <= greatestK)) {
    throw new Error(`topK() takes k from 1 to ${greatestK}, not ${k}`);
  }
  if (scores.columns % 4 !== 0) {
    throw new Error(`topK() takes rows of whole vectors of four, not of ${scores.columns} numbers`);
  }
  const best = target ?? {
    items: program.buffer("best items", users * k * 4),
    scores: program.buffer("best scores", users * k * 4),
  };
  const isFilled = isFilledBy(best.items, users * k);
  if (program.memory.gpu.kernels.lists === "tournament") {
    appendTournament(program, scores, shape, best, isFilled);
    return best;
  }
  program.launch(radixSelect, {
    buffers: { scores, best_items: best.items, best_scores: best.scores },
    partial: isFilled ? [] : ["best_items", "best_scores"],
    uniforms: { users, items, stride: scores.columns, k },
    threads: users * 256,
    workgroupSize: 256,
  });
  return best;
}

function appendTournament(
  program: Program,
  scores: Tensor,
  { users, items, k }: { users: number; items: number; k: number },
  best: BestItems,
  isFilled: boolean,
): void {
  // Three scans of about the same length: of the tops, of a team's groups, of a group's items.
  const group = Math.max(16, Math.ceil(Math.cbrt(items) / 4) * 4);
  const team = group;
  const teams = Math.ceil(items / (group * team) / 4) * 4;
  const stride = teams * team;
  const maxima = program.buffer("maxima of groups", users * stride * 4);
  const tops = program.buffer("maxima of teams", users * teams * 4);
  const vectors = scores.columns / 4;
  program.launch(groupMaxima, {
    buffers: { scores, maxima },
    uniforms: { users, items, vectors, group, stride },
    threads: users * stride,
  });
  const turnsOfPlace = (teams + team + group) / 4;
  const places = Math.min(k, Math.floor(mostTurns / turnsOfPlace));
  for (let first = 0; first < k; first += places) {
    const end = Math.min(k, first + places);
    program.launch(extract, {
      buffers: { scores, maxima, tops, best_items: best.items, best_scores: best.scores },
      partial: isFilled && end === k ? [] : ["best_items", "best_scores"],
      overwrites: first === 0 ? ["tops", "best_items", "best_scores"] : [],
      uniforms: {
        ...{ users, items, vectors, group, team, teams },
        ...{ k, first_place: first, end_place: end },
      },
      threads: users,
      workgroupSize: usersOfGroup,
    });
  }
}
