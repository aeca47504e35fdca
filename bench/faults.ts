/**
 * Lets every command that writes fail at each of its writes, by a full disk and by a missing permission,
 * and prints what is not as it must be.
 *
 * `deno run --allow-all bench/faults.ts [--commands=preprocess,train]`
 *
 * @module
 */
import { failedAt, shopWithRun, type Workshop, writingCommands } from "../tests/cli/durability.ts";
import { benchArguments } from "./bench_arguments.ts";

const { values: { commands } } = benchArguments(import.meta.url, {
  options: { commands: { type: "string" } },
});
await using shop = await shopWithRun();
for (const name of commands?.split(",") ?? ["preprocess", ...Object.keys(writingCommands)]) {
  const writes = await writesOf(shop, name);
  let wrong = 0;
  for (let nth = 1; nth <= writes; nth++) {
    for (const kind of ["full", "denied"] as const) {
      const found = await failedAt(shop, name, { kind, nth });
      if (found === undefined) continue;
      wrong++;
      console.error(`${name}, ${kind} at write ${nth}: ${found}`);
    }
  }
  console.log(JSON.stringify({ command: name, writes, faults: 2 * writes, wrong }));
}

async function writesOf(shop: Workshop, name: string): Promise<number> {
  const counted = name === "preprocess"
    ? await shop.preprocess()
    : await shop.run(writingCommands[name](0)[0]);
  return Number(/writes (\d+)/.exec(counted.stderr)?.[1]);
}
