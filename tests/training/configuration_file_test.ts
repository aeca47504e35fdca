import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { openRun } from "../../recommender/run.ts";
import { parseConfigFile, readConfigFile } from "../../training/configuration_file.ts";

Deno.test("parseConfigFile() parts options from settings", () => {
  assertEquals(parseConfigFile('{"seed": 1, "settings": {"dim": 8}}', "a.json"), {
    path: "a.json",
    options: { seed: 1 },
    settings: { dim: 8 },
  });
});

Deno.test("parseConfigFile() refuses what is no object, and a key that is there twice", () => {
  const deep = "[".repeat(1e5) + "]".repeat(1e5);
  for (
    const [text, message] of [
      ["{", "it is not JSON"],
      ["[]", "the file is a list, expected an object"],
      ["null", "the file is null, expected an object"],
      [deep, "the file is a list, expected an object"],
      [`{"settings": ${deep}}`, '"settings" is a list, expected an object'],
      ['{"seed": 1, "s\\u0065ed": 2}', 'one of its objects has "seed" twice'],
      ['{"settings": {"dim": 8, "dim": 16}}', 'one of its objects has "dim" twice'],
      [`{"${"x".repeat(1e6)}" 1}`, "it is not JSON"],
    ]
  ) {
    const error = assertThrows(() => parseConfigFile(text, "a.json"), DataError) as DataError;
    assertStringIncludes(error.message, `Cannot read "a.json": ${message}`);
    assertEquals(error.message.length < 300, true);
  }
});

Deno.test("readConfigFile() and openRun() refuse in words what JSON may hold", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/config.json`;
  await Deno.writeFile(path, new Uint8Array([0x22, 0xff, 0x22]));
  await assertRejects(() => readConfigFile(path), DataError, "it is not UTF-8");
  for (const model of ['{"toString": 1}', "null", "[]", `"${"x".repeat(1e6)}"`, '"a\\nb"']) {
    await Deno.writeTextFile(path, `{"model": ${model}, "model_sha256": ${model}}`);
    const error = await assertRejects(() => openRun(folder), Error, folder) as DataError;
    assertEquals([error.message.length < 300, error.message.includes("\n")], [true, false]);
    assertEquals([2, 3].includes(error.exitCode), true);
  }
  await Deno.remove(folder, { recursive: true });
});
