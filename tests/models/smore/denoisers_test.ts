import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../errors.ts";
import type { Program } from "../../../gpu/program.ts";
import { attentionLogits } from "../../../models/smore/attention_gate.ts";
import { viewDenoisers } from "../../../models/smore/denoisers.ts";
import { graphLogits } from "../../../models/smore/graph_gate.ts";
import { gateLogits, plainLogits } from "../../../models/smore/spectral_gate.ts";
import { smoreSettings } from "../../../models/smore/smore_settings.ts";
import { constantTensor, Parameters } from "../../../models/parameters.ts";
import { resolveSettings } from "../../../models/settings.ts";
import { fourierMatrix, inverseFourierMatrix } from "../../../shaders/fourier/fourier.ts";
import { uploadSparse } from "../../../shaders/spmm/upload.ts";
import { attended, filtered, plain, smoothed } from "../../reference/denoisers.ts";
import { randomSparse } from "../../reference/sparse.ts";
import { checkOp, GarbageMemory } from "../../shaders/op_check.ts";
import { testGpu } from "../../gpu/test_gpu.ts";

const shapes = [[1, 4], [63, 8], [65, 64]];

const transformOf = ({ memory }: Pick<Program, "memory">, d: number) => ({
  forward: constantTensor(memory, "Fourier matrix", d, d, fourierMatrix(d), "transforms"),
  inverse: constantTensor(memory, "inverse", d, d, inverseFourierMatrix(d), "transforms"),
});

/** Rounding of two products and a transform. */
const errors = { forwardError: 1e-5, gradientError: 1e-4 };

for (const [rows, d] of shapes) {
  const spectra = { rows, columns: d };
  const row = { rows: 1, columns: d };
  const gate = [{ rows: d, columns: d }, row];

  Deno.test(`gateLogits() is the filter and the gate as written, ${rows}×${d}`, async () => {
    for (const bins of [1, d / 2 + 1]) {
      await checkOp({
        inputs: [spectra, row, ...gate],
        build: (program, [p, filter, weight, bias]) =>
          gateLogits(program, p, { filter, weight, bias }, transformOf(program, d), bins),
        twin: ([p, filter, weight, bias]) => filtered(p, filter, bins, { weight, bias }),
        ...errors,
      });
    }
  });

  Deno.test(`plainLogits() is the gate alone, ${rows}×${d}`, () =>
    checkOp({
      inputs: [spectra, ...gate],
      build: (program, [p, weight, bias]) =>
        plainLogits(program, p, { weight, bias }, transformOf(program, d)),
      twin: ([p, weight, bias]) => plain(p, { weight, bias }),
      ...errors,
    }));

  Deno.test(`attentionLogits() is squeeze, excitation and the gate, ${rows}×${d}`, () => {
    const few = d / 4;
    return checkOp({
      inputs: [
        spectra,
        { rows: few, columns: d },
        { rows: 1, columns: few },
        { rows: d, columns: few },
        row,
        ...gate,
      ],
      build: (program, [p, w1, b1, w2, b2, weight, bias]) => {
        const layers = {
          squeeze: { weight: w1, bias: b1 },
          excite: { weight: w2, bias: b2 },
          ...{ weight, bias },
        };
        return attentionLogits(program, p, layers, transformOf(program, d));
      },
      twin: ([p, w1, b1, w2, b2, weight, bias]) =>
        attended(p, { weight: w1, bias: b1 }, { weight: w2, bias: b2 }, { weight, bias }),
      ...errors,
      // A shorter step crosses fewer of the places where relu has a corner.
      step: 1e-6,
    });
  });

  Deno.test(`graphLogits() smooths over the graph before the gate, ${rows}×${d}`, () => {
    const graph = randomSparse(rows, rows, 0.2, 3);
    return checkOp({
      inputs: [spectra, row, ...gate],
      build: (program, [p, mix, weight, bias]) => {
        const operator = uploadSparse(program.memory, "A", graph);
        return graphLogits(program, p, operator, { mix, weight, bias }, transformOf(program, d));
      },
      twin: ([p, mix, weight, bias]) => smoothed(p, graph, mix, { weight, bias }),
      ...errors,
    });
  });
}

Deno.test("viewDenoisers() adds the parameters of the denoiser that is chosen, and no others", async () => {
  const own = {
    fourier: ["filter"],
    attention: ["squeeze.weight", "squeeze.bias", "excite.weight", "excite.bias"],
    graph: ["mix"],
    none: [],
  };
  for (const [denoiser, names] of Object.entries(own)) {
    const memory = new GarbageMemory(await testGpu());
    const parameters = new Parameters(memory);
    const settings = resolveSettings(smoreSettings, { denoiser, dim: 8 });
    const logits = viewDenoisers(
      parameters,
      ["image", "fusion"],
      settings,
      transformOf({ memory }, 8),
      1,
    );
    assertEquals(logits.length, 2);
    assertEquals(
      parameters.all.map(({ label }) => label),
      ["image", "fusion"].flatMap((view) =>
        [...names, "gate.weight", "gate.bias"].map((name) => `${view}.${name}`)
      ),
    );
  }
});

Deno.test("viewDenoisers() refuses bins for a denoiser that has none", async () => {
  const memory = new GarbageMemory(await testGpu());
  const settings = resolveSettings(smoreSettings, { denoiser: "graph", keep_bins: 3, dim: 8 });
  const error = assertThrows(
    () => viewDenoisers(new Parameters(memory), ["image"], settings, transformOf({ memory }, 8), 1),
    UsageError,
    '"keep_bins" to 3',
  );
  assert(error.nextStep?.includes("keep_bins"));
});
