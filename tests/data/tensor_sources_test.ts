import { assertEquals } from "@std/assert";
import { readTensor, SafetensorsReader, writeSafetensors } from "../../data/safetensors.ts";
import { joinedTensors, tensorsUnder } from "../../data/tensor_sources.ts";

Deno.test("joinedTensors() and tensorsUnder() give tensors of several files by prefixed names, and back", async () => {
  const folder = await Deno.makeTempDir();
  const write = async (name: string, values: number[]) => {
    const path = `${folder}/${name}`;
    const tensors = new Map([["x", { shape: [values.length], values: new Float32Array(values) }]]);
    await writeSafetensors(path, { metadata: { of: name }, tensors });
    return await SafetensorsReader.open(path);
  };
  using first = await write("first", [1, 2]);
  using other = await write("other", [3]);
  using joined = joinedTensors(new Map([["1/", first], ["2/", other]]), { format: "both" });
  assertEquals([...joined.tensors.keys()], ["1/x", "2/x"]);
  assertEquals(joined.metadata, { format: "both" });
  assertEquals(joined.path, `${folder}/first", "${folder}/other`);
  assertEquals([...(await readTensor(joined, "2/x")).values], [3]);
  using under = tensorsUnder(joined, "1/");
  assertEquals([...under.tensors.keys()], ["x"]);
  assertEquals([...(await readTensor(under, "x")).values], [1, 2]);
  assertEquals(tensorsUnder(joined, "3/").tensors.size, 0);
  await Deno.remove(folder, { recursive: true });
});
