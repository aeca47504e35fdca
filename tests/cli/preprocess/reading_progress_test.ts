import { assert, assertEquals } from "@std/assert";
import { showReading } from "../../../cli/preprocess/reading_progress.ts";

const pause = () => new Promise((resolve) => setTimeout(resolve, 30));

Deno.test("showReading() redraws one line on a terminal, and clears it", async () => {
  const written: string[] = [];
  const source = { name: "a long name of a table.csv", bytes: 0 };
  const end = showReading(source, { write: (text) => written.push(text), columns: 20 }, 1);
  await pause();
  source.bytes = 12_600_000;
  await pause();
  end();
  assertEquals(written[0], "\r\x1b[2K0 MB of a long name");
  assert(written.includes("\r\x1b[2K13 MB of a long nam"));
  assertEquals(written.at(-1), "\r\x1b[2K");
  const drawings = written.length;
  await pause();
  assertEquals(written.length, drawings);
});

Deno.test("showReading() writes nothing where there is no terminal, or before its time", async () => {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  const source = { name: "a.csv", bytes: 1 };
  const ends = [showReading(source, { write }, 1), showReading(source, { write, columns: 80 })];
  await pause();
  for (const end of ends) end();
  assertEquals(written, []);
});
