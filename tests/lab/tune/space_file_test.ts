import { assertEquals, assertThrows } from "@std/assert";
import { parseSpaces } from "../../../lab/tune/space_file.ts";
import { tunedSpaces } from "../../../lab/tune/trial_list.ts";
import { DataError } from "../../../errors.ts";
import { models } from "../../../models/registry.ts";

Deno.test("parseSpaces() reads what the list of all spaces prints", () => {
  const spaces = tunedSpaces(models.map(({ name }) => name));
  assertEquals(parseSpaces(JSON.stringify(spaces, null, 2), "space.json"), spaces);
});

Deno.test("parseSpaces() says what is wrong with a file of spaces, and where", () => {
  const reg = (range: string) => `{"lightgcn": {"reg": ${range}}}`;
  const cases: [text: string, message: string, next?: string][] = [
    ["{", "it is not JSON"],
    ["[]", "the file is a list, expected an object"],
    ['{"lightgcn": {}, "lightgcn": {}}', 'has "lightgcn" twice'],
    ['{"lightgnc": {}}', 'unknown model "lightgnc"', 'Did you mean "lightgcn"?'],
    ['{"lightgcn": {"layer": {"choices": [1]}}}', "there is no setting", 'Did you mean "layers"?'],
    ['{"popularity": {"x": {"choices": [1]}}}', "there is no setting", "The model has no settings"],
    ['{"gfcf": {"search": {"choices": ["valid"]}}}', "cannot be tuned"],
    [reg("3"), '"reg" of "lightgcn" is 3, expected an object'],
    [reg('{"from": 0, "to": 1, "scales": "log"}'), 'unknown key "scales"', 'Did you mean "scale"?'],
    [reg('{"choices": [1], "from": 0}'), 'unknown key "from"', 'Give either "choices", or'],
    [reg('{"choices": []}'), "are an empty list, expected a list of values"],
    [reg('{"choices": [1, 2, 1]}'), "have a value twice"],
    [reg('{"choices": [-1]}'), "found -1, expected a number of at least 0"],
    [reg('{"from": 1}'), 'has no "to"'],
    [reg("{}"), 'has neither "choices" nor "from" and "to"'],
    [reg('{"from": "1", "to": 2}'), 'from "1" to 2, expected two numbers'],
    [reg('{"from": 1, "to": 0.1}'), "is reversed", 'Write {"from": 0.1, "to": 1}'],
    [reg('{"from": 1, "to": 1}'), "is one value", 'Write {"choices": [1]}'],
    [reg('{"from": -1, "to": 1}'), "found -1, expected a number of at least 0"],
    [reg('{"from": 0, "to": 1, "scale": "log"}'), "which has no zero", "Begin above 0"],
    [reg('{"from": 0.1, "to": 1, "scale": "ln"}'), 'is "ln", expected "linear" or "log"'],
    ['{"lightgcn": {"layers": {"from": 1.5, "to": 3}}}', "found 1.5, expected an integer"],
    ['{"freedom": {"standardise": {"from": 0, "to": 1}}}', "is no number, and has no range"],
    ['{"ssr": {"operator": {"choices": ["cp", "gsno"]}}}', 'found "gsno", expected one of'],
  ];
  for (const [text, message, next] of cases) {
    const error = assertThrows(() => parseSpaces(text, "s.json"), DataError, message);
    assertEquals((error as DataError).message.startsWith('Cannot read "s.json": '), true);
    if (next !== undefined) {
      assertEquals(
        (error as DataError).nextStep!.includes(next),
        true,
        (error as DataError).nextStep,
      );
    }
  }
});
