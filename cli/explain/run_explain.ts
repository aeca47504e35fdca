/**
 * What `explain` does with what the user asked for.
 *
 * @module
 */
import { writeFileAtomically } from "../../data/atomic_file.ts";
import { allSplits, type Split } from "../../data/dataset.ts";
import { parseIdRow } from "../../data/id_list.ts";
import { readItemMeta } from "../../data/item_meta.ts";
import type { ScoredItems } from "../../evaluation/best_items.ts";
import { itemsOfUsers } from "../../evaluation/ranking.ts";
import { explainScores } from "../../explain/explain_scores.ts";
import { explainSimilar } from "../../explain/explain_similar.ts";
import { itemName, type NameOf } from "../../explain/explanation_text.ts";
import type { Recommender } from "../../recommender/recommender.ts";
import { ItemNames } from "../../serving/item_names.ts";
import { note } from "../common/note.ts";
import { requestedRun } from "../common/open_recommender.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { shownPath } from "../common/paths.ts";
import { columnsOf } from "../common/terminal.ts";
import type { ExplainCommandRequest } from "./explain_command.ts";
import { explanationsJson, similarJson, type Source } from "./explain_json.ts";
import { explanationsSvg, similarSvg } from "./explain_svg.ts";
import { explanationsText } from "./explain_text.ts";
import { knownId } from "./known_id.ts";
import { similarText } from "./similar_text.ts";

/** Columns of what is read elsewhere than on a terminal. */
const standardWidth = 80;

/** Whose scores, by indices. */
type Whose = { readonly user: number } | { readonly history: Uint32Array };

/**
 * Prints what scores are made of, or what is similar to an item.
 *
 * @param request What the user asked for.
 */
export async function runExplain(request: ExplainCommandRequest): Promise<void> {
  const run = await requestedRun(request);
  await run.use(async (recommender) => {
    const { dataset, configuration: { model } } = recommender;
    const path = shownPath(run.folder.path);
    const source: Source = { run: path, model, dataset: dataset.name };
    const meta = await readItemMeta(dataset.folder!, dataset.itemIds);
    const { nameOf } = new ItemNames(dataset.itemIds, meta);
    const made = "similar" in request.subject
      ? await similarTo(request.subject.similar, request, recommender, source, nameOf)
      : await scoresOf(request, recommender, source, nameOf);
    if (request.plot !== undefined) await writeFileAtomically(request.plot, made.svg());
    if (request.json) await writeJson(made.json());
    else await writeResult(made.text(columnsOf(Deno.stdout) ?? standardWidth));
    if (request.plot !== undefined) note(`Wrote ${shownPath(request.plot)}`);
  });
}

/** What is printed, in each of its forms. */
interface Made {
  json(): unknown;
  text(width: number): string;
  svg(): string;
}

async function similarTo(
  id: string,
  { topK: k }: ExplainCommandRequest,
  recommender: Recommender,
  source: Source,
  nameOf: NameOf,
): Promise<Made> {
  const item = knownId(id, recommender.dataset.itemIds, "--similar");
  const similar = await explainSimilar(recommender, { item, k });
  return {
    json: () => similarJson(source, similar, nameOf),
    text: (width) => similarText(similar, nameOf, width),
    svg: () => similarSvg(source, similar, nameOf),
  };
}

async function scoresOf(
  request: ExplainCommandRequest,
  recommender: Recommender,
  source: Source,
  nameOf: NameOf,
): Promise<Made> {
  const { itemIds } = recommender.dataset;
  const whose = whoseOf(request, recommender);
  const items = request.item === undefined
    ? (await bestOf(whose, request.topK, recommender)).items
    : Uint32Array.from(new Set(request.item.map((id) => knownId(id, itemIds, "--item"))));
  noteOwned(items, whose, recommender, nameOf);
  const explanations = await explainScores(recommender, { ...whose, items });
  return {
    json: () => explanationsJson(source, explanations, nameOf),
    text: (width) => explanationsText(explanations, nameOf, width),
    svg: () => explanationsSvg(source, explanations, nameOf),
  };
}

function whoseOf({ subject }: ExplainCommandRequest, { dataset }: Recommender): Whose {
  const { userIds, itemIds } = dataset;
  if ("user" in subject) return { user: knownId(subject.user, userIds, "--user") };
  const ids = "history" in subject ? parseIdRow(subject.history, "--history") : [];
  return {
    history: Uint32Array.from(new Set(ids.map(({ id }) => knownId(id, itemIds, "--history")))),
  };
}

/** Tells of items that somebody has: `recommend` leaves them out, however high their scores are. */
function noteOwned(
  items: Uint32Array,
  whose: Whose,
  { dataset }: Recommender,
  nameOf: NameOf,
): void {
  const { itemIds } = dataset;
  const owned = "history" in whose
    ? [{ where: "history", own: whose.history }]
    : allSplits.map((split) => ({
      where: `${split} split`,
      own: itemsOfUsers(dataset[split], Uint32Array.of(whose.user)).items,
    }));
  for (const item of items) {
    const places = owned.filter(({ own }) => own.includes(item)).map(({ where }) => where);
    if (places.length === 0) continue;
    note(
      `${itemName(itemIds.idOf(item), nameOf)} is theirs already (${
        places.join(", ")
      }), so recommend leaves it out`,
    );
  }
}

/** The best items, as `recommend` gives them; of somebody who has every item those held out from training. */
async function bestOf(
  whose: Whose,
  k: number,
  recommender: Recommender,
): Promise<Pick<ScoredItems, "items">> {
  const scored = await recommender.scored();
  if ("history" in whose) {
    return await scored.bestItemsOfHistory(whose.history, { k, seen: allSplits });
  }
  const user = Uint32Array.of(whose.user);
  const list = async (seen: readonly Split[]) =>
    (await scored.bestItems(user, { k, seen }).next()).value!;
  const best = await list(allSplits);
  return best.items.length > 0 ? best : await list(["train"]);
}
