/**
 * The runs that a blend is made of: whether they can be blended, and what each has kept.
 *
 * @module
 */
import { basename } from "node:path";
import type { TensorSource } from "../data/safetensors.ts";
import { joinedTensors } from "../data/tensor_sources.ts";
import { UsageError } from "../errors.ts";
import { blend } from "../models/blend/blend.ts";
import { type BlendMember, membersOf } from "../models/blend/member_list.ts";
import { memberPrefix } from "../models/blend/members.ts";
import { isTrained } from "../models/define_model.ts";
import { requireParameters } from "../training/checkpoint.ts";
import { keptMetadata, requireKeptState } from "../training/kept_state.ts";
import { refuseOtherData } from "./other_data.ts";
import { openRun, type Run } from "./run.ts";
import type { ModelWords } from "./same_model.ts";

/** A run of a user's own model has its code in a file of theirs, which a blend's run would not hold. */
const ownModels: ModelWords = {
  give: () => "Blend runs of built-in models; a blend's run holds all that it needs, and no code",
  leaveOut: "Blend runs of built-in models",
};

/** A run in a blend. */
export interface MemberRun extends Run {
  /** What it is called in the blend: the name of its folder. */
  readonly name: string;
}

/**
 * Opens the runs that are to be blended.
 *
 * @param paths Their folders.
 * @throws {UsageError} There are fewer than two, one is named twice, or one is of a model of a user's own or a blend
 * itself.
 * @throws {DataError} One is not the folder of a run, or they were trained on different data.
 * @throws {BandpassError} One has no best epoch yet.
 */
export async function openMembers(paths: readonly string[]): Promise<MemberRun[]> {
  if (paths.length < 2) {
    throw new UsageError(
      `Cannot blend ${
        paths.length === 1 ? `"${paths[0]}" alone` : "nothing"
      }: expected two runs or more`,
      "Name another run of the same dataset",
    );
  }
  const members: MemberRun[] = [];
  const places = new Set<string>();
  for (const path of paths) {
    const run = await openRun(path, undefined, ownModels);
    const place = await Deno.realPath(run.folder.path);
    if (places.has(place)) {
      throw new UsageError(`Cannot blend "${run.folder.path}" with itself`, "Name each run once");
    }
    places.add(place);
    refuseBlend(run);
    if (isTrained(run.definition)) await run.folder.requireBest();
    members.push({ ...run, name: freeName(basename(place), members) });
  }
  for (const member of members.slice(1)) refuseOtherData("blend", members[0], member);
  return members;
}

/** Two runs of different folders may be called the same. */
function freeName(name: string, members: readonly MemberRun[]): string {
  const isFree = (candidate: string) => members.every((member) => member.name !== candidate);
  let free = name;
  for (let n = 2; !isFree(free); n++) free = `${name}-${n}`;
  return free;
}

function refuseBlend({ folder, definition, configuration: { settings } }: Run): void {
  if (definition !== blend) return;
  const { members, weights } = settings;
  const names = membersOf({ members: String(members), weights: String(weights) })
    .map(({ run }) => `"${run}"`);
  throw new UsageError(
    `Cannot blend "${folder.path}": it is a blend itself, of ${names.join(", ")}`,
    "Name its members instead",
  );
}

/**
 * What a run is in a blend.
 *
 * @param run The run.
 */
export function blendMember({ name, configuration }: MemberRun): BlendMember {
  const { model, seed, settings } = configuration;
  return { run: name, model, seed, settings };
}

/**
 * Opens what the runs have kept, as the run of their blend will keep it. It has to be closed.
 *
 * @param members The runs.
 * @throws {DataError} A checkpoint is damaged, or of another run.
 */
export async function openJoined(members: readonly MemberRun[]): Promise<TensorSource> {
  const opened = new DisposableStack();
  try {
    const sources = new Map<string, TensorSource>();
    for (const [place, { folder, definition }] of members.entries()) {
      if (!await folder.hasCheckpoint("best")) continue;
      const source = opened.use(await folder.openCheckpoint("best"));
      if (isTrained(definition)) requireParameters(source);
      else requireKeptState(source);
      sources.set(memberPrefix(place), source);
    }
    const joined = joinedTensors(sources, keptMetadata);
    return { ...joined, [Symbol.dispose]: () => opened.dispose() };
  } catch (error) {
    opened.dispose();
    throw error;
  }
}
