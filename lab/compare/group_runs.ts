/**
 * Runs that differ in nothing but their seed, as one.
 *
 * @module
 */
import { sha256 } from "../../data/sha256.ts";
import { nearest, UsageError } from "../../errors.ts";
import type { SettingValue } from "../../models/settings.ts";
import type { UserMeasures } from "../measures/user_measures.ts";

/** A run, or the lists of another program. */
export interface Subject {
  /** Whether it is a run of ours, or lists of another program: these are never of one group. */
  readonly kind: "run" | "lists";
  /** What it is called; no two runs are called alike, and lists of one name are seeds. */
  readonly name: string;
  /** Its model; the name under which the lists of another program were given. */
  readonly model: string;
  /** Its random seed, where that is known. */
  readonly seed?: number;
  /** What it was trained with, apart from the seed and the place of its data. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** What it does for each user. */
  readonly measures: UserMeasures;
}

/** Runs of one configuration. */
export interface RunGroup {
  /** A letter, by which tables name it. */
  readonly letter: string;
  /** The model; several, where runs were grouped otherwise, with commas between. */
  readonly model: string;
  /** The settings in which it differs from other groups, where all its runs have the same. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** Its runs, one at least, in the order in which they were given. */
  readonly runs: readonly Subject[];
}

/** What runs can be grouped by beside settings. */
const groupKeys: Readonly<Record<string, (subject: Subject) => SettingValue>> = {
  model: ({ model }) => model,
  run: ({ name }) => name,
};

/**
 * Groups runs.
 *
 * @param subjects The runs, in the order of their groups.
 * @param keys What the runs of a group have in common: `model`, `run`, or settings (default: model and all settings).
 * @throws {UsageError} A key is none of these.
 * @example
 * ```ts
 * import { groupRuns } from "./group_runs.ts";
 * const none = { users: new Uint32Array(), items: new Uint32Array() };
 * const ranked = { ...none, start: new Uint32Array(1), ranks: new Uint32Array() };
 * const measures = { ranked, lists: {} };
 * const run = { kind: "run", model: "bpr", settings: {}, measures } as const;
 * const runs = [0, 1].map((seed) => ({ ...run, name: `r${seed}`, seed }));
 * groupRuns(runs).length; // 1
 * ```
 */
export function groupRuns(subjects: readonly Subject[], keys?: readonly string[]): RunGroup[] {
  refuseUnknown(subjects, keys ?? []);
  const identity = (subject: Subject) =>
    JSON.stringify([
      subject.kind,
      ...keys === undefined
        ? [subject.model, ...Object.entries(subject.settings).toSorted()]
        : keys.map((key) => groupKeys[key]?.(subject) ?? subject.settings[key] ?? null),
    ]);
  const groups = [...Map.groupBy(subjects, identity).values()];
  const shared = groups.map(commonSettings);
  const names = [...new Set(shared.flatMap((settings) => Object.keys(settings)))];
  const differing = names.filter((name) =>
    new Set(shared.filter((of) => Object.hasOwn(of, name)).map((of) => of[name])).size > 1
  );
  return groups.map((runs, n) => ({
    letter: letterOf(n),
    model: [...new Set(runs.map(({ model }) => model))].join(", "),
    settings: Object.fromEntries(
      differing.filter((name) => Object.hasOwn(shared[n], name))
        .map((name) => [name, shared[n][name]]),
    ),
    runs,
  }));
}

/**
 * Runs of a group that rank as another one of it: a model without chance with several seeds, or a run that was made
 * twice. They look as seeds without any deviation, and are none.
 *
 * @param groups The groups.
 * @returns Notes.
 */
export function alikeRuns(groups: readonly RunGroup[]): string[] {
  return groups.flatMap(({ letter, runs }) => {
    const alike = [...Map.groupBy(runs, ranksText).values()].filter(({ length }) => length > 1);
    return alike.map((same) =>
      `${
        same.map(({ name }) => `"${name}"`).join(" and ")
      } rank alike: the deviation of ${letter} ` +
      "is too small for one over seeds"
    );
  });
}

function ranksText({ measures: { ranked: { ranks } } }: Subject): string {
  return sha256([ranks]);
}

/** What all runs of a group have alike. */
function commonSettings([first, ...others]: readonly Subject[]): Record<string, SettingValue> {
  return Object.fromEntries(
    Object.entries(first.settings)
      .filter(([name, value]) => others.every(({ settings }) => settings[name] === value)),
  );
}

function refuseUnknown(subjects: readonly Subject[], keys: readonly string[]): void {
  const known = [
    ...Object.keys(groupKeys),
    ...new Set(subjects.flatMap(({ settings }) => Object.keys(settings))),
  ];
  const unknown = keys.find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  throw new UsageError(
    `Cannot group runs by "${unknown}": none of them has such a setting`,
    near === undefined ? `Group by ${known.join(", ")}` : `Did you mean "${near}"?`,
  );
}

/** A to Z, AA, AB, and so on. */
function letterOf(n: number): string {
  const last = String.fromCharCode(65 + n % 26);
  return n < 26 ? last : letterOf(Math.floor(n / 26) - 1) + last;
}
