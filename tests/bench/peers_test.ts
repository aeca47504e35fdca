import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { PeerProcess } from "../../bench/peer_process.ts";
import { peerSettings } from "../../bench/peer_settings.ts";
import { quartiles } from "../../bench/quartiles.ts";
import { readDataset } from "../../data/folder.ts";
import { BandpassError, UsageError } from "../../errors.ts";
import { fitmm } from "../../models/fitmm/fitmm.ts";
import { lightgcn } from "../../models/lightgcn/lightgcn.ts";
import { smore } from "../../models/smore/smore.ts";
import { ssr } from "../../models/ssr/ssr.ts";

const folder = await Deno.makeTempDir();
const sample = await readDataset(`${folder}/sample`);
await Deno.remove(folder, { recursive: true });
/** A dataset of another name. */
const baby = { ...sample, name: "baby" };

Deno.test("both sides of bench-peers have the dataset's preset, with a number for each modality", () => {
  const { source, ours, theirs } = peerSettings(smore, baby, { assignments: {} });
  assertEquals(source, "preset baby");
  assertEquals([ours.neighbours, ours.layers], ["image=40,text=15", 4]);
  assertEquals([theirs.neighbours, theirs.layers], [{ image: 40, text: 15 }, 4]);
  const weights = peerSettings(ssr, baby, { assignments: {} }).theirs.graph_weights;
  assertEquals(weights, { image: 0.1, text: 0.9 });
});

Deno.test("bench-peers takes defaults where there is no preset, and what is said stands above both", () => {
  const shop = { ...sample, name: "shop" };
  assertEquals(peerSettings(lightgcn, shop, { assignments: {} }).source, "defaults");
  const given = { preset: "baby", assignments: { layers: "5" } };
  const { source, ours } = peerSettings(lightgcn, shop, given);
  assertEquals([source, ours.layers, ours.reg], ["preset baby", 5, 1e-3]);
});

Deno.test("bench-peers aligns as many rows on both sides", () => {
  const { ours, theirs } = peerSettings(ssr, baby, { assignments: {} });
  assertEquals([ours.alignment_rows, theirs.alignment_rows], [2048, 2048]);
});

Deno.test("bench-peers refuses what PyTorch's models do without", () => {
  const assignments = { item_layers: "0" };
  assertThrows(() => peerSettings(fitmm, baby, { assignments }), UsageError, "item_layers=0");
  const userFeatures = sample.modalities[0];
  assertThrows(
    () => peerSettings(fitmm, { ...baby, userFeatures }, { assignments: {} }),
    UsageError,
    "user_layers=1",
  );
});

/** A program of Deno's that speaks as a peer does. */
const speaking = (program: string) => [Deno.execPath(), "eval", program];

Deno.test("a process trains an epoch each time that it is told to", async () => {
  await using peer = PeerProcess.start(
    "PyTorch",
    speaking(`
      console.log(JSON.stringify({ program: "P", where: "W" }));
      let seconds = 0;
      for await (const bytes of Deno.stdin.readable) {
        for (const _ of bytes) console.log(JSON.stringify({ seconds: ++seconds }));
      }`),
  );
  assertEquals(await peer.ready(), { program: "P", where: "W" });
  assertEquals((await peer.epoch()).seconds, 1);
  assertEquals((await peer.epoch()).seconds, 2);
});

Deno.test("a process that ends, or that there is not, is an error with its name", async () => {
  await using peer = PeerProcess.start("PyTorch", speaking("Deno.exit(2)"));
  await assertRejects(() => peer.ready(), BandpassError, "PyTorch ended with exit code 2");
  const absent = () => PeerProcess.start("PyTorch", ["no-such-program"]);
  assertThrows(absent, BandpassError, 'Cannot start PyTorch: found no "no-such-program"');
});

Deno.test("quartiles lie between ranks", () => {
  const { lower, median, upper } = quartiles([4, 1, 2, 3]);
  assertAlmostEquals(lower, 1.75);
  assertEquals([median, upper], [2.5, 3.25]);
  assertEquals(quartiles([7]), { lower: 7, median: 7, upper: 7 });
});
