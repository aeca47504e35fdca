import { assertEquals, assertThrows } from "@std/assert";
import {
  collectFeatures,
  collectTexts,
  refuseRepeatedNames,
} from "../../../cli/preprocess/modality_options.ts";
import { UsageError } from "../../../errors.ts";

Deno.test("collectFeatures() takes a file and, for .npy, a file of ids", () => {
  const first = collectFeatures("image=/a/b=c#d.csv");
  assertEquals(first, [{ name: "image", path: "/a/b=c#d.csv", idPath: undefined }]);
  assertEquals(collectFeatures("äudio-1=/x.npy#/ids.csv", first)[1], {
    name: "äudio-1",
    path: "/x.npy",
    idPath: "/ids.csv",
  });
});

Deno.test("collectTexts() takes columns, and the column of ids after a number sign", () => {
  assertEquals(collectTexts("words=/a.csv:title,brand")[0], {
    name: "words",
    path: "/a.csv",
    idColumn: undefined,
    columns: ["title", "brand"],
  });
  const { path, idColumn, columns } = collectTexts("w=C:\\a.csv#parent asin:title")[0];
  assertEquals([path, idColumn, columns], ["C:\\a.csv", "parent asin", ["title"]]);
});

Deno.test("collectFeatures() and collectTexts() refuse other forms", () => {
  for (const text of ["", "image", "image=", "=a.csv", "a/b=c.csv", "a b=c.csv", "image=-"]) {
    assertThrows(() => collectFeatures(text), UsageError);
  }
  for (const text of ["words=a.csv", "words=a.csv:", "a.csv:title", "../w=a:b", "w=-:title"]) {
    assertThrows(() => collectTexts(text), UsageError);
  }
  assertThrows(() => collectFeatures("user=a.csv"), UsageError, "holds features of users");
  assertThrows(() => collectTexts("w=a.csv:title,"), UsageError, "an empty name");
  assertThrows(() => refuseRepeatedNames(["a", "b", "a"]), UsageError, 'the name "a"');
});
