import { assertEquals, assertRejects } from "@std/assert";
import { openChecked, readChecked, writeChecked } from "../../data/checked_safetensors.ts";
import { writeSafetensors } from "../../data/safetensors.ts";
import { DataError } from "../../errors.ts";

const file = {
  metadata: { model: "bpr" },
  tensors: new Map([["x", { shape: [3], values: new Float32Array([1, 2, 3]) }]]),
};

Deno.test("readChecked() gives what writeChecked() wrote, and refuses it with any bit flipped", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/x.safetensors`;
  await writeChecked(path, file);
  const { metadata: { checksum, ...metadata }, tensors } = await readChecked(path);
  assertEquals({ metadata, tensors }, file);
  assertEquals(checksum.length, 64);
  const whole = await Deno.readFile(path);
  await writeChecked(path, file);
  assertEquals(await Deno.readFile(path), whole);
  for (let at = 0; at < whole.length; at++) {
    const flipped = whole.slice();
    flipped[at] ^= 1 << (at % 8);
    await Deno.writeFile(path, flipped);
    await assertRejects(() => readChecked(path), DataError, path);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("openChecked() takes a file without a checksum where it need not have one", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/x.safetensors`;
  await writeSafetensors(path, file);
  await assertRejects(() => openChecked(path), DataError, "it has no checksum");
  using found = await openChecked(path, { required: false });
  assertEquals(found.metadata, file.metadata);
  await Deno.remove(folder, { recursive: true });
});
