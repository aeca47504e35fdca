/**
 * A blend: the weighted sum of the standardised scores of several models [ours] (methods.md, §8). It is made of runs,
 * and its own run holds all that theirs hold.
 *
 * @module
 */
import { type ComputedDefinition, defineModel } from "../define_model.ts";
import { compositionOf } from "../composition.ts";
import type { BlockScorer, KeptState, ScorePart, Scorer } from "../model.ts";
import { blendName } from "../registry.ts";
import { blendSettings, membersOf } from "./member_list.ts";
import { memberScorer } from "./members.ts";
import { representMembers, standardisedParts } from "./standardised_parts.ts";

/** A blend; a member whose weight is 0 is neither loaded nor kept. */
export const blend: ComputedDefinition = defineModel({
  name: blendName,
  description: "The weighted sum of the standardised scores of other models",
  settings: blendSettings,
  async compute({ settings, ...context }) {
    const members = membersOf(settings);
    const scorers: Scorer[] = [];
    for (const [place, member] of members.entries()) {
      if (member.weight > 0) scorers.push(await memberScorer(context, member, place));
    }
    const used = members.filter(({ weight }) => weight > 0);
    const { items } = context.dataset;
    const scoreBlock =
      (parts: readonly ScorePart[]): BlockScorer["scoreBlock"] => (program, block, scores) =>
        parts.forEach((part, n) =>
          part.addScores(program, block, scores, { weight: used[n].weight, accumulate: n > 0 })
        );
    return {
      kept: joinKept(scorers),
      represent(program) {
        const { parts, rows, reads } = representMembers(program, scorers, items);
        return { rows, reads, scoreBlock: scoreBlock(parts) };
      },
      composition(program) {
        const compositions = scorers.map((scorer) => compositionOf(program, scorer));
        const representations = compositions.map(({ representation }) => representation);
        const parts = standardisedParts(representations, items);
        const members = used.map(({ run, model, weight }, n) => ({
          ...{ name: run, model, weight, part: parts[n], composition: compositions[n] },
        }));
        return {
          representation: {
            rows: representations.filter((one) => "users" in one),
            scoreBlock: scoreBlock(parts),
          },
          ...{ by: "member", parts: members, isAdditive: false, members },
        };
      },
    };
  },
});

/**
 * What several members keep, in one.
 *
 * @param scorers The members.
 */
export function joinKept(scorers: readonly Scorer[]): KeptState {
  return {
    tables: scorers.flatMap(({ kept }) => kept?.tables ?? []),
    arrays: new Map(scorers.flatMap(({ kept }) => [...kept?.arrays ?? []])),
  };
}
