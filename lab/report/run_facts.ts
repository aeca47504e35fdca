/**
 * What runs are and what came of them, on one page with all that has to be known to make them again.
 *
 * @module
 */
import type { Wording } from "../../errors.ts";
import { stateOf } from "./report_words.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import { comparisonTable, differs, rowsOf, valueCell } from "./comparison_table.ts";
import type { ReportedRun } from "./reported_run.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { folded, metricCell, numberCell } from "./report_table.ts";

const namesOf = (runs: readonly ReportedRun[]) => runs.map(({ name }) => name);

/**
 * What each run is, and how it ended.
 *
 * @param page The page.
 * @param runs The runs.
 */
export function identitySection(
  page: ReportPage,
  runs: readonly ReportedRun[],
): (PageElement | undefined)[] {
  const row = (label: string, cell: (run: ReportedRun) => unknown) => ({
    label,
    cells: runs.map((run) => valueCell(cell(run))),
  });
  return [
    page.element("h3", {}, runs.length === 1 ? "The run" : "The runs"),
    comparisonTable(page, "What the runs are", namesOf(runs), [
      row("model", ({ options }) => options.model),
      row("dataset", ({ options }) => options.dataset),
      row("seed", ({ options }) => options.seed),
      row("status", stateOf),
      row("why it ended", ({ result }) => result?.stop_reason),
      row("epochs", ({ lines }) => lines.length),
      row("best epoch", ({ best }) => best?.epoch),
    ]),
  ];
}

/**
 * Metrics of the best epoch.
 *
 * @param page The page.
 * @param runs The runs.
 */
export function metricSection(
  page: ReportPage,
  runs: readonly ReportedRun[],
): (PageElement | undefined)[] {
  // Of different users, they would seem to differ by the runs.
  const isAlike = new Set(runs.map(({ options }) => options.eval_users)).size === 1;
  const splits = {
    ...isAlike && {
      valid: ({ result, best }: ReportedRun) => result?.validation ?? best?.validation,
    },
    test: ({ result }: ReportedRun) => result?.test ?? undefined,
  };
  const rows = Object.entries(splits).flatMap(([split, metricsOf]) => {
    const all = runs.map((run) => metricsOf(run) ?? {});
    const keys = [...new Set(all.flatMap((metrics) => Object.keys(metrics)))];
    return keys.map((key) => ({
      key,
      label: `${split} ${metricLabel(key)}`,
      cells: all.map((metrics) => metricCell(metrics[key])),
    }));
  });
  const protocols = [...new Set(runs.map(protocolOf).filter((text) => text !== undefined))];
  if (rows.length === 0 && isAlike) {
    return [
      page.element("h3", {}, "Metrics"),
      page.element("p", {}, "There are none yet: no epoch has been evaluated."),
    ];
  }
  return [
    page.element("h3", {}, "Metrics"),
    comparisonTable(
      page,
      "Metrics at 20",
      namesOf(runs),
      rows.filter(({ key }) => key.endsWith("@20")),
    ),
    folded(page, "All metrics", comparisonTable(page, "All metrics", namesOf(runs), rows)),
    ...isAlike ? [] : [
      page.element(
        "p",
        {},
        "Metrics on the validation split are left out: the runs have ranked different numbers of users " +
          "there (eval_users below). A comparison of the split ranks all users.",
      ),
    ],
    ...protocols.map((text) => page.element("p", { class: "quiet" }, `Protocol: ${text}.`)),
  ];
}

function protocolOf({ result, environment }: ReportedRun): string | undefined {
  const { protocol } = environment;
  return result?.protocol ?? (typeof protocol === "string" ? protocol : undefined);
}

/**
 * The settings of runs, and which of them differ.
 *
 * @param page The page.
 * @param runs The runs.
 */
export function settingSection(
  page: ReportPage,
  runs: readonly ReportedRun[],
): (PageElement | undefined)[] {
  const names = namesOf(runs);
  const rows = rowsOf(runs.map(({ options, settings }) => ({
    ...{ dataset: options.dataset, model: options.model, seed: options.seed },
    ...{ epochs: options.epochs, eval_users: options.eval_users, ...settings },
  })));
  if (runs.length === 1) {
    return [
      page.element("h3", {}, "Settings"),
      folded(page, "All settings", comparisonTable(page, "Settings", names, rows)),
    ];
  }
  return [
    page.element("h3", {}, "Settings that differ"),
    comparisonTable(page, "Settings that differ", names, rows.filter(differs)) ??
      page.element("p", {}, "None."),
    folded(page, "All settings", comparisonTable(page, "All settings", names, rows)),
  ];
}

/**
 * Where runs ran, on which data, and the commands that give them again.
 *
 * @param page The page.
 * @param runs The runs.
 * @param words The words for commands.
 */
export function environmentSection(
  page: ReportPage,
  runs: readonly ReportedRun[],
  words: Wording,
): (PageElement | undefined)[] {
  const names = namesOf(runs);
  const environments = runs.map(({ environment, result, folder: { record } }) => {
    const { notes: _notes, protocol: _protocol, limits, ...rest } = environment;
    const known = { bandpass: record?.bandpass ?? result?.bandpass };
    return { ...known, ...rest, ...Object(limits) };
  });
  const data = runs.map(({ folder: { record } }) => record?.data ?? {});
  const notes = runs.map(({ name, environment: { notes } }) => ({
    name,
    notes: Array.isArray(notes) ? notes.map(String) : [],
  }));
  return [
    page.element("h3", {}, "Environment and data"),
    comparisonTable(page, "Where the runs ran", names, rowsOf(environments)),
    folded(
      page,
      "Data by SHA-256",
      comparisonTable(page, "Data by SHA-256", names, rowsOf(data)) ??
        page.element("p", {}, "Written before runs recorded their data."),
    ),
    folded(
      page,
      "Notes of the runs",
      ...notes.flatMap(({ name, notes }) => [
        page.element("p", {}, name),
        page.element("ul", {}, ...notes.map((note) => page.element("li", {}, note))),
      ]),
    ),
    page.element("h3", {}, "Commands"),
    page.element("p", {}, "The same run, in a folder of its own:"),
    page.element("ul", {}, ...runs.map((run) => commandItem(page, run, words))),
  ];
}

function commandItem(page: ReportPage, { path, options, settings }: ReportedRun, words: Wording) {
  const members = Object.keys(settings).map((key) => key.replace(/^weight of /, ""));
  const command = options.model === "blend"
    ? `${words.command("blend")} ${members.join(" ")}`
    : words.command("train", { config: `${path}/config.json` });
  return page.element("li", {}, page.element("code", {}, command));
}

/**
 * What runs took.
 *
 * @param page The page.
 * @param runs The runs.
 */
export function costSection(
  page: ReportPage,
  runs: readonly ReportedRun[],
): (PageElement | undefined)[] {
  const seconds = runs.map(({ lines }) => lines.reduce((sum, line) => sum + line.seconds, 0));
  const row = (label: string, cell: (seconds: number, run: ReportedRun) => number | undefined) => ({
    label,
    cells: runs.map((run, n) => numberCell(cell(seconds[n], run))),
  });
  return [
    comparisonTable(page, "What the runs took", namesOf(runs), [
      row("seconds of training", (all) => all),
      row(
        "seconds an epoch",
        (all, { lines }) => lines.length > 0 ? all / lines.length : undefined,
      ),
    ]),
  ];
}
