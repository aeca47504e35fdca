import { assertEquals } from "@std/assert";
import { flagsOf, permissionsOf } from "../../../cli/launch/permissions.ts";
import type { Place } from "../../../cli/launch/uses.ts";
import { soleTemporaryName } from "../../../data/sole_temporary_name.ts";

const place: Place = {
  folder: "/home/ann",
  project: "/opt/bandpass",
  realPath: (path) => path,
  dataDirectory: () => undefined,
  runs: { exists: () => false, isRun: () => false, newestRun: () => undefined },
};

const of = (command: string, ...args: string[]) => permissionsOf(command, args, place);

/** What is read beside the project and the folder that the user stands in. */
const readBeside = (command: string, ...args: string[]) =>
  of(command, ...args).read.filter((path) => path !== "/home/ann" && path !== "/opt/bandpass");

Deno.test("permissionsOf() lets encoders run where they are asked for, with what they read", () => {
  const words = [
    "--model",
    "/m/clip",
    "--images",
    "/p/items.csv#id:photo",
    "-o",
    "/o/a.safetensors",
  ];
  const encode = of("encode", ...words);
  assertEquals(encode.encodes, true);
  // Paths in a table go from its folder.
  assertEquals(readBeside("encode", ...words).slice(0, 2), ["/m/clip", "/p"]);
  assertEquals(readBeside("encode", "--images=/p/photos", "--text", "/t/a.csv:title,brand"), [
    "/t/a.csv",
    "/p/photos",
  ]);
  const cache = "/opt/bandpass/.cache";
  assertEquals(encode.write, [cache, "/o/a.safetensors", soleTemporaryName("/o/a.safetensors")]);
  const named = ["--images=x=/p/photos", "--encode", "x=/m/clip", "--text=w=/t/a.csv:title"];
  const preprocess = of("preprocess", ...named);
  assertEquals(preprocess.encodes, true);
  assertEquals(preprocess.write, ["/opt/bandpass/datasets", cache]);
  assertEquals(readBeside("preprocess", ...named), ["/t/a.csv", "/p/photos", "/m/clip"]);
  for (const words of [["--", "--encode=x=/m"], ["--text", "--encode"], []]) {
    assertEquals(of("preprocess", ...words).encodes, undefined);
  }
  assertEquals(of("train", "--encode=x=/m").encodes, undefined);
  // Nothing is fetched for those who ask what there is.
  for (const words of [[], ["--help"], ["--model", "/m/clip", "-h"]]) {
    assertEquals(of("encode", ...words).encodes, undefined);
  }
  const flags = flagsOf(encode);
  assertEquals(flags.slice(-2), ["--cached-only", "--lock=cli/encode/deno.lock"]);
  // Which libraries there are is known once they are fetched.
  assertEquals(flags.filter((flag) => /^--allow-(ffi|net|import|run)/.test(flag)), []);
});
