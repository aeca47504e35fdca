/**
 * How long a start takes: `train` on the sample up to the line of its first epoch, and `doctor`, each several times
 * with nothing in the driver's cache of compiled kernels, and with what the start before has left there. Prints
 * medians. Graphs and the yardstick are kept in `.cache/` from a start that is not counted. Only Mesa's drivers
 * know `MESA_SHADER_CACHE_DIR`; on others the first column is no different from the second.
 *
 * `deno run --allow-read --allow-write=.cache,runs --allow-run bench/start.ts [--starts=5] [--models=ssr,smore,fitmm]`
 *
 * @module
 */
import { benchArguments } from "./bench_arguments.ts";
import { quartiles } from "./quartiles.ts";

const { values: flags } = benchArguments(import.meta.url, {
  options: {
    starts: { type: "string", default: "5" },
    models: { type: "string", default: "ssr,smore,fitmm" },
  },
});
const starts = Number(flags.starts);
const models = flags.models.split(",");
const project = new URL("..", import.meta.url).pathname;
const run = "bench-start";

/** What one start showed. */
interface Start {
  /** Seconds up to the line that was waited for. */
  readonly seconds: number;
  /** Kernels that it said it compiled. */
  readonly kernels?: number;
}

/** Runs a command until a line of its stderr or stdout matches, and then to its end. */
async function start(args: readonly string[], shaders: string, awaited: RegExp): Promise<Start> {
  const started = performance.now();
  const child = new Deno.Command(`${project}bandpass`, {
    args: [...args],
    env: { MESA_SHADER_CACHE_DIR: shaders },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let text = "";
  let seconds: number | undefined;
  const read = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const part of stream.pipeThrough(new TextDecoderStream())) {
      text += part;
      if (seconds === undefined && awaited.test(text)) {
        seconds = (performance.now() - started) / 1000;
      }
    }
  };
  const [{ success }] = await Promise.all([child.status, read(child.stdout), read(child.stderr)]);
  if (!success || seconds === undefined) throw new Error(`${args.join(" ")} failed:\n${text}`);
  const kernels = /Compiled ([\d,]+) kernels/.exec(text)?.[1].replaceAll(",", "");
  return { seconds, kernels: kernels === undefined ? undefined : Number(kernels) };
}

/** Starts with an empty cache, then with a full one, several times. */
async function measure(name: string, args: readonly string[], awaited: RegExp): Promise<void> {
  const isTraining = args[0] === "train";
  const remove = async () => {
    if (isTraining) await Deno.remove(`${project}runs/${run}`, { recursive: true });
  };
  const cold: Start[] = [];
  const warm: Start[] = [];
  for (let n = 0; n < starts; n++) {
    const shaders = await Deno.makeTempDir({ dir: `${project}.cache`, prefix: "bench-start-" });
    for (const times of [cold, warm]) {
      times.push(await start(args, shaders, awaited));
      await remove();
    }
    await Deno.remove(shaders, { recursive: true });
  }
  const [first, second] = [cold, warm].map((all) => all.map(({ seconds }) => seconds));
  const each = first.map((seconds) => seconds.toFixed(2)).join(", ");
  const kernels = cold[0].kernels === undefined ? "" : `, ${cold[0].kernels} kernels`;
  console.log(
    `${name}: ${quartiles(first).median.toFixed(2)} s with nothing compiled (${each}), ` +
      `${quartiles(second).median.toFixed(2)} s after that${kernels}`,
  );
}

await Deno.mkdir(`${project}.cache`, { recursive: true });
for (const model of models) {
  const args = ["train", "--dataset", "sample", "--model", model];
  const short = [...args, "--epochs", "1", "--run", run, "--verbose"];
  const graphs = await Deno.makeTempDir({ dir: `${project}.cache`, prefix: "bench-start-" });
  await start(short, graphs, /^epoch 1\/1/m);
  await Deno.remove(`${project}runs/${run}`, { recursive: true });
  await Deno.remove(graphs, { recursive: true });
  await measure(`train --model ${model}, to its first epoch`, short, /^epoch 1\/1/m);
}
await measure("doctor", ["doctor"], /^Bandpass on/m);
