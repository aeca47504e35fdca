import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { parsePosition } from "../../training/position.ts";

const position = {
  epoch: 4,
  epochStep: 2,
  stopping: { bestScore: 0.25, bestEpoch: 3, withoutBetter: 1 },
  epochSeconds: 0.5,
  epochs: 9,
};

Deno.test("parsePosition() gives what a training wrote", () => {
  assertEquals(parsePosition(JSON.stringify(position), "last"), position);
  const { epochs: _, ...before } = position;
  assertEquals(parsePosition(JSON.stringify(before), "last"), before);
});

Deno.test("parsePosition() refuses every value that no training writes", () => {
  const { epoch, ...without } = position;
  const stopping = (change: object) => ({
    ...position,
    stopping: { ...position.stopping, ...change },
  });
  const refused: unknown[] = [
    { ...without, dpoch: epoch },
    without,
    { ...position, more: 1 },
    { ...position, epoch: 0 },
    { ...position, epoch: 4.5 },
    { ...position, epoch: "4" },
    { ...position, epochStep: -1 },
    { ...position, epochSeconds: null },
    { ...position, epochs: 0 },
    stopping({ bestScore: 1.5 }),
    stopping({ bestEpoch: 5 }),
    stopping({ withoutBetter: 2 }),
    { ...position, stopping: null },
    [],
    null,
  ];
  for (const found of refused) {
    assertThrows(() => parsePosition(JSON.stringify(found), "last"), DataError, '"last"');
  }
  for (const text of ["", "{", undefined]) {
    assertThrows(() => parsePosition(text, "last"), DataError);
  }
});
