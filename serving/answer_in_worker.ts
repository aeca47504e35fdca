/**
 * The worker of a recommender service: it opens a run on the device, answers until it is told to close, and is idle
 * from then on.
 *
 * @module
 */
import type { Wording } from "../errors.ts";
import type { Recommender } from "../recommender/recommender.ts";
import { Answerer, type AnswererOptions } from "./answerer.ts";
import { failureOf, type FromWorker, type ToWorker } from "./worker_messages.ts";

/** A recommender that is open, and what is known of it. */
export interface OpenedRun extends Omit<AnswererOptions, "words"> {
  /** The recommender. */
  readonly recommender: Recommender;
  /** The name of the run. */
  readonly run: string;
}

/** How a worker opens what it answers from. */
export interface RunOpener<Request> {
  /** The words for settings and commands in what is refused. */
  readonly words: Wording;
  /**
   * Opens a run, uses it, and gives the device back.
   *
   * @param request Which one.
   * @param use What is done with it.
   * @param note Told what a user would want to know of the preparation.
   */
  withRun(
    request: Request,
    use: (opened: OpenedRun) => Promise<void>,
    note: (text: string) => void,
  ): Promise<void>;
}

/** What the global scope of a worker has for it. */
interface Scope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

/**
 * Answers questions; the module of a worker calls it once.
 *
 * @param opener How it opens a run.
 */
export function answerInWorker<Request>(opener: RunOpener<Request>): void {
  const scope = globalThis as unknown as Scope;
  const waiting: ToWorker[] = [];
  let wake = () => {};
  scope.onmessage = ({ data }) => {
    waiting.push(data);
    wake();
  };
  const receive = async (): Promise<ToWorker> => {
    while (waiting.length === 0) await new Promise<void>((resolve) => wake = resolve);
    return waiting.shift()!;
  };
  const tell = (message: FromWorker) => scope.postMessage(message);
  const work = async () => {
    const first = await receive();
    if (!("open" in first)) throw new TypeError("A worker is told first which run to open");
    const note = (text: string) => tell({ note: text });
    await opener.withRun(first.open as Request, async ({ recommender, run, ...known }) => {
      const answerer = new Answerer(recommender, { ...known, words: opener.words });
      await answerer.warmUp();
      tell({ opened: { ...servedRun(recommender), run, hasPage: known.files !== undefined } });
      for (let next = await receive(); !("close" in next); next = await receive()) {
        if (!("ask" in next)) continue;
        const started = performance.now();
        const outcomes = await answerer.answer(next.ask);
        tell({ outcomes, seconds: (performance.now() - started) / 1000 });
      }
    }, note);
    tell({ closed: true });
  };
  work().catch((error) => tell({ failed: failureOf(error, opener.words) }));
}

function servedRun({ configuration, dataset, gpu }: Recommender) {
  const { name, users, items } = dataset;
  return { model: configuration.model, dataset: name, users, items, adapter: gpu.name };
}
