import { assertEquals, assertThrows } from "@std/assert";
import { knownId } from "../../../cli/explain/known_id.ts";
import { indices, ownIdentifiers } from "../../../data/identifiers.ts";
import { DataError } from "../../../errors.ts";

const own = ownIdentifiers(["B001", "a,b", "ann"], "items.csv");

function refused(id: string, identifiers = own): [string, string | undefined] {
  const refusal: DataError = assertThrows(() => knownId(id, identifiers, "--item"), DataError);
  return [refusal.message, refusal.nextStep];
}

Deno.test("knownId() gives the index of an id", () => {
  assertEquals([knownId("a,b", own, "--item"), knownId(" 14 ", indices(20), "--item")], [1, 14]);
});

Deno.test("knownId() names the nearest id, or one that there is", () => {
  const message = (id: string) => `Cannot use --item "${id}": expected an id of "items.csv"`;
  assertEquals(refused("B01"), [message("B01"), 'Did you mean "B001"?']);
  const other = 'Name one of the 3 that there are, such as "B001"';
  assertEquals(refused("somebody else"), [message("somebody else"), other]);
  assertEquals(refused("20", indices(20)), [
    'Cannot use --item "20": expected an integer from 0 to 19',
    'Name one of the 20 that there are, such as "0"',
  ]);
});
