/**
 * The members of a blend as its configuration has them: what each of them is, and its weight.
 *
 * @module
 */
import { excerpt } from "../../data/excerpt.ts";
import { UsageError } from "../../errors.ts";
import type { SettingSpecs, SettingValue } from "../settings.ts";

/** A model in a blend. */
export interface BlendMember {
  /** What it is called: its run. */
  readonly run: string;
  /** The name of its model. */
  readonly model: string;
  /** The seed that it was trained with. */
  readonly seed: number;
  /** All settings of its model. */
  readonly settings: Readonly<Record<string, SettingValue>>;
}

/** The settings of a blend. */
export const blendSettings = {
  members: {
    type: "string",
    default: "[]",
    description: "Runs that are blended, with the model, seed and settings of each, as JSON",
  },
  weights: {
    type: "string",
    default: "",
    description: "Weight of each member, in their order, chosen by validation Recall@20",
  },
} as const satisfies SettingSpecs;

/** The settings of a blend, as texts. */
export interface BlendTexts {
  /** The members. */
  readonly members: string;
  /** Their weights. */
  readonly weights: string;
}

/** A member and its weight. */
export interface WeightedMember extends BlendMember {
  /** Its weight, 0 where it does not count. */
  readonly weight: number;
}

/**
 * The settings of a blend of members.
 *
 * @param members The members, with their weights.
 * @example
 * ```ts
 * import { blendTexts } from "./member_list.ts";
 * const member = { run: "a", model: "gfcf", seed: 0, settings: {} };
 * blendTexts([{ ...member, weight: 0.4 }, { ...member, run: "b", weight: 0.6 }]).weights; // "0.4,0.6"
 * ```
 */
export function blendTexts(members: readonly WeightedMember[]): BlendTexts {
  return {
    members: JSON.stringify(
      members.map(({ run, model, seed, settings }) => ({ run, model, seed, settings })),
    ),
    weights: members.map(({ weight }) => weight).join(),
  };
}

/**
 * The members that settings of a blend tell of.
 *
 * @param texts The settings.
 * @throws {UsageError} They are not what {@linkcode blendTexts} gave.
 */
export function membersOf({ members, weights }: BlendTexts): WeightedMember[] {
  const shares = weights.split(",").map(Number);
  const found = parsed(members);
  const isSound = Array.isArray(found) && found.length > 0 && found.length === shares.length &&
    found.every(isMember) && shares.every((share) => share >= 0 && Number.isFinite(share)) &&
    shares.some((share) => share > 0);
  if (isSound) return found.map((member, n) => ({ ...member, weight: shares[n] }));
  throw new UsageError(
    `Cannot use the members ${excerpt(members, 200)} of a blend with the weights "${
      excerpt(weights)
    }"`,
    ({ command }) => `Make a blend of runs with: ${command("blend")}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMember(value: unknown): value is BlendMember {
  if (typeof value !== "object" || value === null) return false;
  const { run, model, seed, settings } = value as Record<keyof BlendMember, unknown>;
  return typeof run === "string" && typeof model === "string" && Number.isSafeInteger(seed) &&
    typeof settings === "object" && settings !== null && !Array.isArray(settings);
}
