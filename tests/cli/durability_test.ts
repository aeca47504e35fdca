import { assertEquals, assertStringIncludes } from "@std/assert";
import { counting, failedAt, killedAndResumed, shopWithRun, Workshop } from "./durability.ts";

Deno.test("commands that write say what failed, leave nothing half done, and work afterwards", async () => {
  await using shop = await shopWithRun();
  const faults = [["preprocess", 9], ["train", 12], ["recommend", 2], ["export", 3]] as const;
  for (const [name, nth] of faults) {
    const kind = nth % 2 === 0 ? "full" : "denied";
    assertEquals(await failedAt(shop, name, { kind, nth }), undefined, `${name} ${kind} ${nth}`);
  }
});

Deno.test("a training that is killed in a write goes on exactly", async () => {
  await using shop = await Workshop.open();
  await shop.preprocess();
  const settings = ["--model", "bpr", "--set", "dim=8"];
  const training = ["train", "--dataset", "tiny", ...settings, "--epochs", "6", "--run", "whole"];
  assertEquals((await shop.run(training)).code, 0);
  for (const write of [45]) {
    const name = `killed-${write}`;
    const { killed, begun } = await killedAndResumed(shop, settings, name, { write });
    assertEquals([killed, begun], [true, true]);
    assertEquals(await shop.contents(name), await shop.contents("whole"));
    assertEquals(await shop.leftovers(`runs/${name}`), []);
  }
});

Deno.test("preprocess --overwrite that is killed between its renames leaves the former dataset", async () => {
  await using shop = await Workshop.open();
  await shop.preprocess();
  const writes = Number(/writes (\d+)/.exec((await shop.preprocess()).stderr)?.[1]);
  // The last write is the rename that gives the folder its name.
  assertEquals((await shop.preprocess({ kind: "kill", nth: writes })).code !== 0, true);
  assertEquals((await shop.leftovers("datasets")).length, 2);
  const train = ["train", "--dataset", "tiny", "--model", "popularity", "--run", "next"];
  const next = await shop.run(train);
  assertEquals(next.code, 0, next.stderr);
  assertStringIncludes(next.stderr, "what was there is restored");
  assertEquals((await shop.preprocess()).code, 0);
  assertEquals(await shop.leftovers("datasets"), []);
});

Deno.test("a run that ended before its first epoch starts again", async () => {
  await using shop = await Workshop.open();
  await shop.preprocess();
  const train = ["train", "--dataset", "tiny", "--model", "bpr", "--epochs", "1", "--run", "a"];
  await shop.run(train);
  const whole = await shop.contents("a");
  for (const file of ["best.safetensors", "last.safetensors"]) {
    await Deno.remove(`${shop.folder}/runs/a/${file}`);
  }
  const { code, stderr } = await shop.run(["train", "--resume", "runs/a"], counting);
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "runs/a, from the start: it ended before its first epoch was saved");
  assertEquals(await shop.contents("a"), whole);
});
