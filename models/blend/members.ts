/**
 * The members of a blend on the device: each is built as its own run builds it, and what that keeps of it is kept
 * under a prefix.
 *
 * @module
 */
import { tensorsUnder } from "../../data/tensor_sources.ts";
import { DataError } from "../../errors.ts";
import { compositionOf } from "../composition.ts";
import { isTrained } from "../define_model.ts";
import type { KeptState, ModelContext, Scorer } from "../model.ts";
import { modelNamed } from "../registry.ts";
import { resolveSettings } from "../settings.ts";
import type { BlendMember } from "./member_list.ts";

/**
 * What stands before the names of the tensors of a member.
 *
 * @param place The member's place in the blend, counted from 0.
 */
export function memberPrefix(place: number): string {
  return `${place + 1}/`;
}

/**
 * Builds a member.
 *
 * @param context What the blend is built from; what was kept of the member stands in `kept` under its prefix.
 * @param member The member.
 * @param place Its place in the blend, counted from 0.
 * @returns The member; what it keeps has the prefix.
 * @throws {DataError} Nothing is kept of the parameters of a trained one.
 * @throws {UsageError} There is no such model, or it has no such settings.
 */
export async function memberScorer(
  context: Omit<ModelContext, "settings">,
  member: BlendMember,
  place: number,
): Promise<Scorer> {
  const { run, model, seed } = member;
  const prefix = memberPrefix(place);
  const definition = modelNamed(model);
  const settings = resolveSettings(definition.settings, member.settings, `of the member "${run}"`);
  const under = context.kept && tensorsUnder(context.kept, prefix);
  const kept = under && under.tensors.size > 0 ? under : undefined;
  const own = { ...context, settings, seed, kept };
  if (!isTrained(definition)) {
    const scorer = await definition.compute(own);
    return {
      kept: scorer.kept && underPrefix(scorer.kept, prefix),
      represent: (program) => scorer.represent(program),
      composition: (program) => compositionOf(program, scorer),
    };
  }
  if (kept === undefined) {
    throw new DataError(
      `Cannot use the blend: best.safetensors, which holds the parameters of "${run}" (${model}), ` +
        "is missing",
      "Restore it from an intact copy, or blend the runs again",
    );
  }
  const trained = await definition.build(own);
  return {
    kept: underPrefix({ tables: trained.parameters }, prefix),
    represent: (program) => trained.represent(program),
    composition: (program) => compositionOf(program, trained),
  };
}

function underPrefix({ tables = [], arrays = new Map() }: KeptState, prefix: string): KeptState {
  return {
    tables: tables.map((table) => ({ ...table, label: prefix + table.label })),
    arrays: new Map([...arrays].map(([name, stored]) => [prefix + name, stored])),
  };
}
