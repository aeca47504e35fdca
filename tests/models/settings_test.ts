import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { resolveSettings, type SettingSpecs } from "../../models/settings.ts";

const specs = {
  layers: { type: "integer", default: 2, minimum: 0, maximum: 8, description: "Layers" },
  reg: { type: "number", default: 1e-4, minimum: 0, description: "Weight of the regularisation" },
  frozen: { type: "boolean", default: false, description: "Whether features stay as they are" },
  loss: { type: "choice", default: "bpr", choices: ["bpr", "bce"], description: "The loss" },
  note: { type: "string", default: "", description: "A remark" },
} as const satisfies SettingSpecs;

function refusal(overrides: Record<string, unknown>): UsageError {
  return assertThrows(() => resolveSettings(specs, overrides), UsageError) as UsageError;
}

Deno.test("resolveSettings() gives the defaults, in the order of the specs", () => {
  const settings = resolveSettings(specs, {});
  assertEquals(settings, { layers: 2, reg: 1e-4, frozen: false, loss: "bpr", note: "" });
  assertEquals(Object.keys(settings), Object.keys(specs));
});

Deno.test("resolveSettings() takes values of the right type, or as text", () => {
  const expected = { layers: 3, reg: 0.001, frozen: true, loss: "bce" as const, note: "7" };
  assertEquals(resolveSettings(specs, { ...expected }), expected);
  assertEquals(
    resolveSettings(specs, { layers: "3", reg: "1e-3", frozen: "true", loss: "bce", note: "7" }),
    expected,
  );
});

Deno.test("resolveSettings() types each value by its spec", () => {
  const settings = resolveSettings(specs, {});
  const layers: number = settings.layers;
  const frozen: boolean = settings.frozen;
  const loss: "bpr" | "bce" = settings.loss;
  assertEquals([layers, frozen, loss], [2, false, "bpr"]);
});

Deno.test("resolveSettings() names the nearest key for an unknown one", () => {
  const error = refusal({ layer: 2 });
  assertEquals(error.message, 'Unknown setting "layer"');
  assertEquals(error.nextStep, 'Did you mean "layers"?');
  assertStringIncludes(refusal({ temperature: 2 }).nextStep!, '"layers", "reg", "frozen"');
  assertEquals(refusal({ toString: 1 }).message, 'Unknown setting "toString"');
});

Deno.test("resolveSettings() says what was found and what is wanted", () => {
  const wrong: [Record<string, unknown>, string][] = [
    [{ layers: "two" }, 'Cannot set "layers": found "two", expected an integer from 0 to 8'],
    [{ layers: 2.5 }, 'Cannot set "layers": found 2.5, expected an integer from 0 to 8'],
    [{ layers: 9 }, 'Cannot set "layers": found 9, expected an integer from 0 to 8'],
    [{ layers: "" }, 'Cannot set "layers": found "", expected an integer from 0 to 8'],
    [{ layers: "0x2" }, 'Cannot set "layers": found "0x2", expected an integer from 0 to 8'],
    [{ layers: true }, 'Cannot set "layers": found true, expected an integer from 0 to 8'],
    [{ reg: "-1" }, 'Cannot set "reg": found "-1", expected a number of at least 0'],
    [{ reg: "Infinity" }, 'Cannot set "reg": found "Infinity", expected a number of at least 0'],
    [{ frozen: 1 }, 'Cannot set "frozen": found 1, expected true or false'],
    [{ loss: "mse" }, 'Cannot set "loss": found "mse", expected one of "bpr", "bce"'],
    [{ note: null }, 'Cannot set "note": found null, expected text'],
  ];
  for (const [overrides, message] of wrong) assertEquals(refusal(overrides).message, message);
});
