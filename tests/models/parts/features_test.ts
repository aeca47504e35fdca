import { assertEquals, assertThrows } from "@std/assert";
import { DataError, UsageError } from "../../../errors.ts";
import { neighboursOf, requiredModalities } from "../../../models/parts/features.ts";

Deno.test("neighboursOf() takes one number, or one a modality", () => {
  const names = ["audio", "image"];
  assertEquals([...neighboursOf("7", names)], [["audio", 7], ["image", 7]]);
  assertEquals([...neighboursOf("image=40", names)], [["audio", 10], ["image", 40]]);
  assertEquals([...neighboursOf("image=40,audio=3", names)], [["audio", 3], ["image", 40]]);
  for (const wrong of ["", "x", "0", "1001", "2.5", "image=", "image=x", "image=3,"]) {
    assertThrows(() => neighboursOf(wrong, names), UsageError, "neighbours");
  }
  const error = assertThrows(() => neighboursOf("imgae=3", names), UsageError);
  assertEquals(error.nextStep, 'There is no modality "imgae"; did you mean "image"?');
});

Deno.test("requiredModalities() refuses a dataset without features", () => {
  const none = { users: new Uint32Array(), items: new Uint32Array() };
  const dataset = {
    name: "ids",
    users: 1,
    items: 1,
    train: none,
    valid: none,
    test: none,
    modalities: [],
  };
  assertThrows(() => requiredModalities(dataset, false, "smore"), DataError, '"ids"');
});
