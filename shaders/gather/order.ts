/**
 * The order of a list by its rows: a stable sort on the device.
 *
 * Short runs are sorted by comparing each with each, pairs of runs merged while there are many, and the last ones
 * merged at once. However it is done, the order is the same.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { RowList } from "./row_lists.ts";
import mergePairsSource from "./merge_pairs.wgsl" with { type: "text" };
import mergeRunsSource from "./merge_runs.wgsl" with { type: "text" };
import mergeRunsByLanesSource from "./merge_runs_by_lanes.wgsl" with { type: "text" };
import sortRunsSource from "./sort_runs.wgsl" with { type: "text" };
import sortedRunsSource from "./sorted_runs.wgsl" with { type: "text" };

const sortRuns = kernel("gather/sort_runs", sortRunsSource);
const mergePairs = kernel("gather/merge_pairs", mergePairsSource);
const mergeRuns = kernel("gather/merge_runs", sortedRunsSource, mergeRunsSource);
const mergeRunsByLanes = kernel(
  "gather/merge_runs_by_lanes",
  sortedRunsSource,
  mergeRunsByLanesSource,
);

/** Places that are sorted by comparing each with each: measured on lavapipe; a GPU waits for each. */
const placesOfRun = { software: 256, hardware: 128 };
/** Runs that are merged at once: a place is searched for in each of the others. */
const mostRuns = 16;
/** Invocations a place of {@linkcode mergeRunsByLanes}. */
const lanes = 8;

const orders = new WeakMap<Program, Map<RowList, Allocation>>();

/**
 * The order of a list by its rows, those that are `none` last, computed once a run of the program.
 *
 * @param program The program.
 * @param list The list.
 * @returns u32, the places of the list in that order.
 */
export function orderOf(program: Program, list: RowList): Allocation {
  const known = orders.get(program)?.get(list);
  if (known !== undefined) return known;
  const { label, length: count } = list;
  const order = program.buffer(`order of ${label}`, count * 4);
  setOrder(program, list, order);
  const { software } = program.memory.gpu;
  let run = placesOfRun[software ? "software" : "hardware"];
  const plan = (what: string) => program.buffer(`${what} runs of ${label}`, count * 8);
  let runs = plan("sorted");
  let merged = count > mostRuns * run ? plan("merged") : runs;
  program.launch(sortRuns, {
    buffers: { rows: list.allocation, runs },
    uniforms: { count },
    constants: { run },
    threads: Math.ceil(count / 4),
  });
  for (; count > mostRuns * run; run *= 2) {
    program.launch(mergePairs, {
      buffers: { runs, merged },
      uniforms: { count, run },
      threads: count,
    });
    [runs, merged] = [merged, runs];
  }
  program.launch(software ? mergeRuns : mergeRunsByLanes, {
    buffers: { runs, order },
    uniforms: { count },
    constants: { run },
    threads: software ? count : count * lanes,
    workgroupSize: software ? undefined : 256,
  });
  return order;
}

/**
 * Makes an order known that need not be searched for.
 *
 * @param program The program.
 * @param list The list.
 * @param order Its places in the order of {@linkcode orderOf}.
 */
export function setOrder(program: Program, list: RowList, order: Allocation): void {
  let known = orders.get(program);
  if (known === undefined) orders.set(program, known = new Map());
  known.set(list, order);
}
