import { assertEquals } from "@std/assert";
import { JsonLog } from "../../../cli/serve/json_log.ts";

const text = new TextDecoder();

Deno.test("JsonLog writes a line an entry, however little is written at a time", async () => {
  let written = "";
  const log = new JsonLog((bytes) => {
    const some = bytes.subarray(0, 7);
    written += text.decode(some);
    return Promise.resolve(some.length);
  });
  log.add({ event: "a", n: 1 });
  log.add({ event: "b\n" });
  await log.flush();
  const [first, second, ...rest] = written.split("\n");
  assertEquals([JSON.parse(first).n, JSON.parse(second).event, rest], [1, "b\n", [""]]);
});

Deno.test("JsonLog drops lines that nobody reads, and says how many", async () => {
  let written = "";
  const read = Promise.withResolvers<void>();
  const log = new JsonLog(async (bytes) => {
    await read.promise;
    written += text.decode(bytes);
    return bytes.length;
  });
  for (let n = 0; n < 3; n++) log.add({ event: "x".repeat(700_000) });
  read.resolve();
  await log.flush();
  const events = written.trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(events.map(({ event, lines }) => lines ?? event.length), [700_000, 700_000, 1]);
});

Deno.test("JsonLog holds up nobody where it cannot be written", async () => {
  const log = new JsonLog(() => Promise.reject(new Deno.errors.BrokenPipe()));
  log.add({ event: "a" });
  await log.flush();
});
