import { assertThrows } from "@std/assert";
import { UsageError } from "../../../errors.ts";
import { assertSameTune, type TuneRecord } from "../../../lab/tune/tune_record.ts";

const spaces = { gfcf: { alpha: { from: 0.1, to: 10 } }, lightgcn: { layers: { from: 1, to: 4 } } };
const begun = {
  models: ["gfcf", "lightgcn"],
  spaces,
  trials: 4,
  seeds: 2,
} as unknown as TuneRecord;
const refused = (now: object, message: string) =>
  assertThrows(
    () => assertSameTune("runs/a", begun, { ...begun, ...now } as TuneRecord),
    UsageError,
    `it was begun with other arguments: ${message}`,
  );

Deno.test("assertSameTune() tells what is asked for in another way, and the spaces of models that both have", () => {
  assertSameTune("runs/a", begun, { ...begun });
  refused({ trials: 6 }, "trials 4, now 6");
  const other = { gfcf: { alpha: { from: 0.1, to: 20 } } };
  refused({ spaces: { ...spaces, ...other } }, "the space of gfcf is another");
  refused(
    { usual: { gfcf: { alpha: 1 } } },
    "the usual settings of its models, which the version that began it",
  );
  const models = ["gfcf"];
  const message = assertThrows(
    () => assertSameTune("runs/a", begun, { ...begun, models, spaces: { gfcf: spaces.gfcf } }),
    UsageError,
  ).message;
  if (message.includes("the space of")) throw new Error(message);
});
