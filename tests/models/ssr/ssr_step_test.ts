import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Program } from "../../../gpu/program.ts";
import { readFloats } from "../../../gpu/readback.ts";
import { readDiagnostics } from "../../../training/diagnostics.ts";
import { assertEach, assertFinite } from "../../assert_each.ts";
import { batch, built, dataset, splits, stepOf, two } from "./ssr_fixture.ts";

Deno.test("ssr's gradients are those of its loss in every mode", async () => {
  const modes = [
    {},
    ...splits,
    { operator: "cp" },
    { operator: "cp", rank: 2, output: "spectral", bands: 4 },
    { operator: "none", output: "mix" },
    { operator: "ghsno", output: "mix", bands: 2 },
    { item_layers: 0 },
    { temperature: 0.5, alignment_rows: 20 },
  ];
  for (const [n, mode] of modes.entries()) {
    // The consistency's target is stopped, so its gradient is none of the loss; it has a golden file.
    const overrides = { ...mode, mask_weight: 0, alignment_weight: 0.05 };
    const { memory, model } = await built(overrides, n % 2 === 0 ? two : dataset);
    const { program, loss } = await stepOf(model, memory);
    await loss();
    const moved = await Promise.all(model.parameters.map(async (parameter) => {
      const count = parameter.rows * parameter.columns;
      const values = await readFloats(memory, parameter.allocation, count);
      const { allocation } = program.gradient(parameter)!;
      return { parameter, values, gradient: await readFloats(memory, allocation, count) };
    }));
    const square = moved.reduce(
      (sum, { gradient }) => gradient.reduce((s, g) => s + g * g, sum),
      0,
    );
    const step = 1e-3 / Math.sqrt(square);
    const at = async (factor: number) => {
      for (const { parameter, values, gradient } of moved) {
        const there = values.map((value, n) => value + factor * gradient[n]);
        memory.write(parameter.allocation, there);
      }
      return await loss();
    };
    const slope = (await at(step) - await at(-step)) / (2 * step);
    assertAlmostEquals(slope / square, 1, 5e-3, JSON.stringify(mode));
    memory.destroy();
  }
});

Deno.test("ssr masks bands for either consistency, the same ones in every run", async () => {
  for (const consistency of ["representation", "prediction"]) {
    for (const operator of ["ghsno", "cp"]) {
      const settings = { consistency, operator, mask_rate: 0.5, mask_weight: 1, output: "mix" };
      const { memory, model } = await built(settings);
      const { terms } = await stepOf(model, memory);
      const found = await terms();
      const masked = [...found].filter(([name]) => name.startsWith("masked"));
      assertEquals(masked.length, consistency === "prediction" ? 2 : 4);
      const isTerm = ([, value]: [string, number]) => value > 0 && Number.isFinite(value);
      assertEach(masked, isTerm, "more than 0 and finite", "masked terms");
      assertEquals(await terms(), found);
      memory.destroy();
    }
  }
});

Deno.test("ssr leaves out what its ablations leave out", async () => {
  const ablations: [Record<string, unknown>, string, string?][] = [
    [{ mask_weight: 0 }, "masked"],
    [{ mask_rate: 0 }, "masked"],
    [{ operator: "none" }, "operator"],
    [{ alignment_weight: 0 }, "alignment"],
    [{ modalities: "image" }, "alignment", "No alignment: it needs two modalities, found 1"],
    [{ modalities: "none" }, "alignment", "No alignment: it needs two modalities, found 0"],
  ];
  const { memory, model } = await built({});
  const all = [...(await (await stepOf(model, memory)).terms()).keys()];
  memory.destroy();
  for (const [ablation, term, note] of ablations) {
    const notes: string[] = [];
    const { memory, model } = await built(ablation, two, notes);
    const left = await (await stepOf(model, memory)).terms();
    assert(all.some((name) => name.includes(term)));
    assert(![...left.keys()].some((name) => name.includes(term)), `${[...left.keys()]}`);
    assertFinite(left.values(), "terms");
    assertEquals(notes, note === undefined ? [] : [note]);
    memory.destroy();
  }
});

Deno.test("ssr tells of its bands, gates, masks and mixing", async () => {
  for (const operator of ["ghsno", "cp", "none"] as const) {
    const { memory, model } = await built({ operator });
    const { terms } = await stepOf(model, memory);
    await terms();
    const program = new Program(memory, "representation");
    model.represent(program);
    const tables = model.diagnose!(program);
    await program.compile();
    program.submit();
    const told = await readDiagnostics(memory, two, tables);
    for (const side of ["users", "items"]) {
      const energies = Object.values(told[`energy of ${side}`].rows!).flat();
      assertEquals(told[`energy of ${side}`].columns, ["id", "image", "text"]);
      assertEquals(energies.length, 9);
      assertEach(energies, (energy) => energy > 0, "more than 0", "energies");
      told[`gate of ${side}`].mean!.forEach((weight) => assertAlmostEquals(weight, 1, 0.01));
      const { count, mean } = told[`kept bands of ${side}`];
      assertEquals(count, side === "users" ? batch : 2 * batch);
      const isShare = (share: number) => share > 0.6 && share < 1 + 1e-6;
      assertEach(mean!, isShare, "between 0.6 and 1", "kept shares");
      const mixing = told[`mixing of ${side}`];
      assertEquals(mixing === undefined, operator === "none");
      if (operator !== "ghsno") continue;
      const rows = Object.values(mixing.rows!);
      [0, 1, 2].forEach((n) =>
        assertAlmostEquals(rows.reduce((sum, row) => sum + row[n], 0), 1, 1e-6)
      );
    }
    memory.destroy();
  }
});
