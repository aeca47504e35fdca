/**
 * What writing and restoring a checkpoint adds to the memory of the process, at its peak. Linux alone,
 * whose kernel keeps the peak; on a software adapter the tables are in that memory too.
 *
 * Usage: LP_NUM_THREADS=4 deno run --allow-all bench/checkpoint_memory.ts [--tables 16] [--rows 100000]
 *
 * @module
 */
import { openGpu } from "../gpu/device.ts";
import { Memory } from "../gpu/memory.ts";
import { Upload } from "../gpu/upload.ts";
import { parameterCheckpoint, restoreParameters } from "../training/checkpoint.ts";
import { RunFolder } from "../training/run_folder.ts";
import { benchArguments } from "./bench_arguments.ts";

const { values: flags } = benchArguments(import.meta.url, {
  options: {
    tables: { type: "string", default: "16" },
    rows: { type: "string", default: "100000" },
  },
});
const [tables, rows, columns] = [Number(flags.tables), Number(flags.rows), 64];

/** Kilobytes in all, at the highest since it was last asked to be forgotten. */
function peakKilobytes(): number {
  return Number(/VmHWM:\s*(\d+)/.exec(Deno.readTextFileSync("/proc/self/status"))![1]);
}

async function report(what: string, work: () => Promise<void>): Promise<void> {
  Deno.writeTextFileSync("/proc/self/clear_refs", "5");
  const [before, started] = [peakKilobytes(), performance.now()];
  await work();
  const seconds = (performance.now() - started) / 1000;
  const addedBytes = (peakKilobytes() - before) * 1024;
  console.log(JSON.stringify({ what, addedBytes, seconds }));
}

const gpu = await openGpu("auto");
const memory = new Memory(gpu);
const parameters = Array.from({ length: tables }, (_, n) => {
  const label = `table ${n}`;
  const allocation = memory.reserve(label, rows * columns * 4, "parameters");
  return { label, rows, columns, differentiable: true, allocation };
});
await memory.allocate();
// Row by row in blocks, so that nothing that is freed hides what the work takes.
const upload = new Upload(memory);
const block = new Float32Array(1000 * columns);
for (const { allocation } of parameters) {
  for (let row = 0; row < rows; row += 1000) {
    const part = block.subarray(0, Math.min(1000, rows - row) * columns);
    await upload.write(allocation, part.fill(row), row * columns * 4);
  }
}
await gpu.device.queue.onSubmittedWorkDone();
const folder = new RunFolder(await Deno.makeTempDir());
try {
  await report(
    "write",
    () => folder.writeCheckpoint("best", parameterCheckpoint(memory, parameters, {})),
  );
  await report("restore", async () => {
    using file = await folder.openCheckpoint("best");
    await restoreParameters(memory, parameters, file);
  });
} finally {
  await Deno.remove(folder.path, { recursive: true });
  memory.destroy();
  await gpu.close();
}
