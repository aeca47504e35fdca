import { assertEquals } from "@std/assert";
import manifest from "../../../deno.json" with { type: "json" };
import { datasetLine, modelLine, programLine, runLine } from "../../../cli/train/header.ts";
import type { Dataset } from "../../../data/dataset.ts";
import type { Gpu } from "../../../gpu/gpu.ts";
import { shippedChoices } from "../../../gpu/kernel_choices.ts";

const rows = (count: number) => ({
  users: new Uint32Array(count),
  items: new Uint32Array(count),
});
const dataset = {
  ...{ name: "shop", users: 19445, items: 7050 },
  ...{ train: rows(118551), valid: rows(20559), test: rows(21682) },
  modalities: [{ name: "image", columns: 4096 }, { name: "text", columns: 384 }],
} as unknown as Dataset;

Deno.test("programLine() names the version and the device, and says where it is the CPU", () => {
  const gpu = (name: string, software: boolean, kernels = shippedChoices.nvidia) =>
    ({ name, software, family: software ? "software" : "nvidia", kernels }) as Gpu;
  assertEquals(
    programLine(gpu("NVIDIA H100", false)),
    `Bandpass ${manifest.version} on NVIDIA H100`,
  );
  assertEquals(
    programLine(gpu("llvmpipe", true, shippedChoices.software)),
    `Bandpass ${manifest.version} on the CPU: llvmpipe`,
  );
  assertEquals(
    programLine(gpu("NVIDIA H100", false, { ...shippedChoices.nvidia, products: "registers" })),
    `Bandpass ${manifest.version} on NVIDIA H100, with the kernels measured there`,
  );
});

Deno.test("datasetLine() gives counts and modalities, wrapped where columns are few", () => {
  const text =
    "Dataset   shop: 19,445 users, 7,050 items, 160,792 interactions; image 4096, text 384";
  assertEquals(datasetLine(dataset), text);
  assertEquals(
    datasetLine(dataset, { columns: 80 }),
    text.replace(" text 384", "\n          text 384"),
  );
  assertEquals(
    datasetLine({ ...dataset, modalities: [] }),
    "Dataset   shop: 19,445 users, 7,050 items, 160,792 interactions; no features",
  );
  assertEquals(
    datasetLine({ ...dataset, users: 1, items: 1, modalities: [] }).slice(0, 30),
    "Dataset   shop: 1 user, 1 item",
  );
});

Deno.test("modelLine() names the preset and what was changed, and nothing else", () => {
  const configuration = { model: "ssr", seed: 0, epochs: 1000 };
  assertEquals(modelLine(configuration, { settings: {} }), "Model     ssr");
  assertEquals(
    modelLine({ ...configuration, seed: 7, epochs: 30 }, { preset: "baby", settings: { dim: 32 } }),
    "Model     ssr, preset baby, dim=32, seed 7, at most 30 epochs",
  );
});

Deno.test("runLine() says how a run stands that is resumed", () => {
  assertEquals(runLine("runs/a", undefined), "Run       runs/a");
  assertEquals(
    runLine("runs/a", "resumed after epoch 3"),
    "Run       runs/a, resumed after epoch 3",
  );
});
