import { AssertionError, assertThrows } from "@std/assert";
import { assertAll, assertEach, assertFalling, assertFinite } from "./assert_each.ts";

function refuses(check: () => void, message: string): void {
  assertThrows(check, AssertionError, message);
}

Deno.test("assertEach() names the index, the value and what was wanted", () => {
  assertEach([2, 4, 6], (value, n) => value === 2 * n + 2, (n) => `${2 * n + 2}`);
  assertEach([], () => false, "nothing");
  refuses(
    () => assertEach([2, 4, 7], (value) => value % 2 === 0, "even", "numbers"),
    "numbers: element 2 is 7, expected even",
  );
  refuses(
    () => assertEach([["a"], ["b"]], ([name]) => name === "a", (n) => `a in row ${n}`, "rows"),
    'rows: element 1 is [ "b" ], expected a in row 1',
  );
});

Deno.test("assertFinite(), assertAll() and assertFalling() say where they fail", () => {
  assertFinite(new Float32Array([0, -1e30]));
  refuses(() => assertFinite([1, NaN], "sums"), "sums: element 1 is NaN, expected a finite number");
  assertAll(new Float32Array([0, -0]), 0);
  refuses(() => assertAll(["x", "y"], "x"), 'values: element 1 is "y", expected "x"');
  assertFalling([3, 2, 1]);
  refuses(() => assertFalling([3, 3]), "values: element 1 is 3, expected less than 3");
  refuses(() => assertFalling([3, NaN]), "values: element 1 is NaN, expected less than 3");
});
