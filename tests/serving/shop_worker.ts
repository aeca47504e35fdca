/**
 * A worker that answers questions about the small shop.
 *
 * @module
 */
import { DataError, GpuError } from "../../errors.ts";
import { modelNamed } from "../../models/registry.ts";
import { train } from "../../recommender/train.ts";
import { answerInWorker } from "../../serving/answer_in_worker.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { itemId, shop, small } from "../recommender/shop.ts";

/** What a test asks of it. */
export interface ShopRequest {
  /** The model. */
  readonly model: "bpr" | "turbocf";
  /** The name of the run. */
  readonly run: string;
  /** Whether it fails when it is opened, or when a file is asked for. */
  readonly failing?: "open" | "file";
}

/** A name for each third item. */
const meta = { nameOf: (item: number) => item % 3 === 0 ? `Hat ${item}` : undefined };

answerInWorker<ShopRequest>({
  words: { setting: (name) => `--${name}`, command: (name) => name },
  async withRun({ model, run, failing }, use, note) {
    note(`Opening ${run}`);
    if (failing === "open") {
      throw new DataError(({ setting }) => `Cannot open it; see ${setting("run")}`, "Mend it");
    }
    const settings = "build" in modelNamed(model) ? small : {};
    await using recommender = await train(shop, model, { ...settings, gpu: await testGpu() });
    const page = new TextEncoder().encode(`<title>${itemId(0)}</title>`);
    const files = new Map([
      ["index.html", () => Promise.resolve(page)],
      ["a/rows.bin", () => {
        if (failing === "file") throw new GpuError("The device is lost");
        return Promise.resolve(new Uint8Array([1, 2, 3]));
      }],
    ]);
    await use({ recommender, run, meta, files });
  },
});
