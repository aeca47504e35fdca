import { assertEquals } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers } from "../../gpu/readback.ts";
import { countNonFinite } from "../../shaders/common/non_finite/non_finite.ts";
import { testGpu } from "../gpu/test_gpu.ts";

Deno.test("countNonFinite() counts each number of its tensors, and nothing behind them", async () => {
  const lost = [NaN, -NaN, Infinity, -Infinity];
  for (const [rows, columns] of [[1, 1], [1, 15], [4, 4], [1, 17], [65, 3], [257, 64]]) {
    const memory = new Memory(await testGpu());
    const program = new Program(memory, "non-finite");
    const count = rows * columns;
    const bad = Float32Array.from({ length: count }, (_, n) => lost[n % 4]);
    const good = Float32Array.from({ length: count }, (_, n) => n % 2 ? 3.4e38 : -1e-45);
    const some = good.map((value, n) => n % 5 === 0 ? lost[n % 4] : value);
    const total = program.buffer("total", 4, Uint32Array.of(10));
    const tensors = Object.entries({ bad, good, some }).map(([label, data]) =>
      program.tensor(label, rows, columns, { data })
    );
    for (const x of tensors) countNonFinite(program, x, total);
    await program.compile();
    for (const { allocation } of tensors) {
      const rest = allocation.bytes / 4 - count;
      memory.write(allocation, new Float32Array(rest).fill(NaN), 4 * count);
    }
    program.submit();
    const [bytes] = await readBuffers(memory, [{ allocation: total }]);
    assertEquals(new Uint32Array(bytes)[0], 10 + count + Math.ceil(count / 5));
    memory.destroy();
  }
});
