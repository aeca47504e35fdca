import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../errors.ts";
import { writeSafetensors } from "../../data/safetensors.ts";
import { Memory } from "../../gpu/memory.ts";
import { readFloats } from "../../gpu/readback.ts";
import { parameterCheckpoint, restoreParameters } from "../../training/checkpoint.ts";
import { RunFolder } from "../../training/run_folder.ts";
import { testGpu } from "../gpu/test_gpu.ts";

const gpu = await testGpu();

async function withFolder(use: (folder: RunFolder) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempDir();
  try {
    await use(new RunFolder(path));
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

function table(memory: Memory, label: string, rows: number, columns: number, first: number) {
  const values = Float32Array.from({ length: rows * columns }, (_, n) => first + n);
  const allocation = memory.reserve(label, values.byteLength, "parameters", values);
  return { label, rows, columns, differentiable: true, allocation };
}

Deno.test("restoreParameters() puts back what parameterCheckpoint() wrote", () =>
  withFolder(async (folder) => {
    const memory = new Memory(gpu);
    // Three numbers leave padding in a buffer, which is no part of the file.
    const parameters = [table(memory, "users", 1, 3, 1), table(memory, "items", 5, 4, 100)];
    const others = [table(memory, "users", 1, 3, 0), table(memory, "items", 5, 4, 0)];
    await memory.allocate();
    await folder.writeCheckpoint("best", parameterCheckpoint(memory, parameters, { model: "a" }));
    using file = await folder.openCheckpoint("best");
    const { checksum, ...texts } = file.metadata;
    assertEquals(texts, { format: "bandpass parameters 1", model: "a" });
    assertEquals(checksum.length, 64);
    await restoreParameters(memory, others, file);
    for (const [n, { allocation, rows, columns }] of others.entries()) {
      assertEquals(
        await readFloats(memory, allocation, rows * columns),
        await readFloats(memory, parameters[n].allocation, rows * columns),
      );
    }
    memory.destroy();
  }));

Deno.test("restoreParameters() writes nothing where a tensor does not fit, and names it", () =>
  withFolder(async (folder) => {
    const memory = new Memory(gpu);
    const parameters = [table(memory, "users", 1, 4, 1), table(memory, "items", 2, 4, 10)];
    await memory.allocate();
    const values = new Float32Array(4);
    const metadata = { format: "bandpass parameters 1" };
    const path = folder.checkpointPath("best");
    const users = ["users", { shape: [1, 4], values }] as const;
    for (
      const [tensors, message] of [
        [[users], 'found nothing for "items", expected 2×4'],
        [[users, ["items", { shape: [1, 4], values }]], 'found 1×4 for "items", expected 2×4'],
      ] as const
    ) {
      await writeSafetensors(path, { metadata, tensors: new Map(tensors) });
      using file = await folder.openCheckpoint("best");
      const error = await assertRejects(
        () => restoreParameters(memory, parameters, file),
        DataError,
        message,
      ) as DataError;
      assertEquals(error.message.includes(path), true);
      assertEquals(await readFloats(memory, parameters[0].allocation), Float32Array.of(1, 2, 3, 4));
    }
    await writeSafetensors(path, { metadata: { format: "other" }, tensors: new Map() });
    using file = await folder.openCheckpoint("best");
    await assertRejects(() => restoreParameters(memory, parameters, file), DataError, '"other"');
    memory.destroy();
  }));

Deno.test({
  name: "a checkpoint is written and restored in the memory of a tensor and 16 MB",
  // The peak of a process is Linux's to tell, and a hardware driver's own buffers are not ours to bound.
  ignore: Deno.build.os !== "linux" || !(await testGpu()).software,
  async fn() {
    const rows = 100_000;
    const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "bench/checkpoint_memory.ts", "--tables=4", `--rows=${rows}`],
      stdin: "null",
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    const lines = new TextDecoder().decode(stdout).trim().split("\n");
    const reports = lines.map((line) => JSON.parse(line));
    assertEquals(reports.map(({ what }) => what), ["write", "restore"]);
    for (const { what, addedBytes } of reports) {
      assert(addedBytes <= rows * 64 * 4 + 16e6, `${what} adds ${addedBytes} bytes`);
    }
  },
});
