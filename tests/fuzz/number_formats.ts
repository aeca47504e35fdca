/**
 * Files of numbers with a header: safetensors, what is kept in them, and `.npy`.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import type { Modality } from "../../data/dataset.ts";
import { readModalities } from "../../data/modalities.ts";
import { encodeNpy, readNpy } from "../../data/npy.ts";
import { readSafetensors, type StoredArray, writeSafetensors } from "../../data/safetensors.ts";
import { openGpu } from "../../gpu/device.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { itemGraph } from "../../graph/item_graph.ts";
import { keptSpectrum } from "../../graph/spectrum_cache.ts";
import { type GraphSpectrum, spectrumDefaults } from "../../graph/spectrum_plan.ts";
import { trainedSettings } from "../../models/define_model.ts";
import { computedCase, computedModels } from "../../verification/computed.ts";
import {
  goldenDataset,
  GoldenFile,
  goldenHyperParameters,
  goldenStep,
} from "../../verification/golden_file.ts";
import { references } from "../../verification/references.ts";
import { concatenated, type Format } from "./format.ts";

const safetensorsTokens = [
  ...[
    '"__metadata__":{',
    '"dtype":"F32"',
    '"dtype":"BF16"',
    '"shape":[',
    '"data_offsets":[',
    "[0,0]",
  ],
  ...['"x":', ",", "}", "]", '"x":{"dtype":"I32","shape":[],"data_offsets":[0,4]},', "null", "-1"],
];

const lengthOf = (bytes: number) => new Uint8Array(new BigUint64Array([BigInt(bytes)]).buffer);

/** A header with its length in front, and the values. */
const joinSafetensors = ([header, values]: readonly Uint8Array[]) =>
  concatenated([lengthOf(header.length), header, values]);

function safetensorsParts(file: Uint8Array): Uint8Array[] {
  const end = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  return [file.slice(8, end), file.slice(end)];
}

async function madeSafetensors(
  path: string,
  metadata: Record<string, string>,
  arrays: Record<string, [shape: number[], values: StoredArray]>,
): Promise<Uint8Array[]> {
  const tensors = new Map(
    Object.entries(arrays).map(([name, [shape, values]]) => [name, { shape, values }]),
  );
  await writeSafetensors(path, { metadata, tensors });
  return safetensorsParts(await Deno.readFile(path));
}

const safetensors: Format = {
  name: "safetensors",
  file: "a.safetensors",
  tokens: safetensorsTokens,
  join: joinSafetensors,
  make: async (folder) => [
    await madeSafetensors(`${folder}/a.safetensors`, { format: "test", é: "a b" }, {
      x: [[2, 3], new Float32Array(6)],
      "a/b.c": [[1], new Float64Array([1])],
      none: [[0, 4], new Int32Array(0)],
      scalar: [[], new Uint32Array([7])],
    }),
    await madeSafetensors(`${folder}/a.safetensors`, {}, { x: [[4], new Float32Array(4)] }),
  ],
  async read(folder) {
    const { tensors } = await readSafetensors(`${folder}/a.safetensors`);
    for (const { shape, values } of tensors.values()) {
      const size = shape.reduce((product, length) => product * length, 1);
      if (size !== values.length) throw new Error(`${values.length} values for ${shape}`);
    }
  },
};

/** What the golden file of a model says, in little. */
const goldenHyper = '{"seed": 999, "n_layers": 3, "reg_weight": 2.0, "learning_rate": 0.001}';

const golden: Format = {
  name: "golden",
  file: "golden.safetensors",
  tokens: [...safetensorsTokens, ...[
    "BPR",
    "SSR",
    '\\"knn_k\\":',
    "data/x_feat",
    "I32",
    "F64",
    "mmgf",
  ]],
  join: joinSafetensors,
  async make(folder) {
    const pairs = (...values: number[]): [number[], StoredArray] => [
      [values.length / 2, 2],
      new Int32Array(values),
    ];
    const rows = (...values: number[]): [number[], StoredArray] => [
      [values.length],
      new Int32Array(values),
    ];
    const made = (model: string) =>
      madeSafetensors(`${folder}/golden.safetensors`, {
        ...{ model, hyper_parameters: goldenHyper, users: "3", items: "2", adam_steps: "2" },
      }, {
        "data/train": pairs(0, 0, 1, 1, 2, 0),
        "data/valid": pairs(0, 1),
        "data/test": pairs(1, 0),
        "data/image_feat": [[2, 2], new Float32Array(4)],
        "batch/user": rows(0, 1),
        "batch/pos": rows(0, 1),
        "batch/neg": rows(1, 0),
        loss: [[1], new Float64Array([1])],
        "adam/losses": [[2], new Float64Array([1, 1])],
        scores: [[3, 2], new Float32Array(6)],
        "adam/scores": [[3, 2], new Float32Array(6)],
      });
    const computed = await madeSafetensors(`${folder}/golden.safetensors`, {
      ...{ model: "mmgf", users: "3", items: "2", adam_steps: "0" },
      hyper_parameters: '{"exponent": 0.8, "neighbours": 4, "weights": {"image": 0.3}}',
    }, {
      "data/train": pairs(0, 0, 1, 1, 2, 0),
      "data/valid": pairs(0, 1),
      "data/test": pairs(1, 0),
      "data/image_feat": [[2, 2], new Float32Array(4)],
      scores: [[3, 2], new Float64Array(6)],
    });
    return [await made("BPR"), await made("LightGCN"), await made("SSR"), computed];
  },
  async read(folder) {
    const path = `${folder}/golden.safetensors`;
    const file = new GoldenFile(await readSafetensors(path), path);
    const name = file.text("model");
    const computed = computedModels.find((model) => model.name === name);
    if (computed !== undefined) return void computedCase(file, computed);
    goldenStep(file, goldenDataset(file));
    const hyper = goldenHyperParameters(file);
    const reference = references.find(({ model }) => model === name);
    if (reference === undefined) return;
    const settings = Object.entries(reference.settings(hyper)).filter(([, value]) =>
      value !== undefined
    );
    trainedSettings(reference.definition, Object.fromEntries(settings), `in "${path}"`);
  },
};

/** Thrown where something would be computed, as what was kept is of no use. */
class ComputedAgain extends Error {}

/** A note must be one of ours: what is wrong with the file, or what is done instead. */
function checkNote(text: string): void {
  if (!/^(Cannot (read|use) "|"|Finding )/.test(text)) throw new Error(`the note "${text}"`);
}

async function orComputed(read: (note: (text: string) => void) => Promise<unknown>): Promise<void> {
  const notes: string[] = [];
  try {
    await read((text) => notes.push(text));
  } catch (error) {
    if (!(error instanceof ComputedAgain)) throw error;
  }
  notes.forEach(checkNote);
}

const noGpu = new Proxy({}, {
  get() {
    throw new ComputedAgain();
  },
}) as Gpu;

const path3: Csr = {
  rows: 3,
  columns: 3,
  rowStart: new Uint32Array([0, 1, 3, 4]),
  column: new Uint32Array([1, 0, 2, 1]),
  value: new Float32Array([1, 1, 1, 1]),
};
const plan = { ...spectrumDefaults, eigenpairs: 2 };
const features: Modality = { name: "x", rows: 3, columns: 1, values: new Float32Array([1, 2, 3]) };

/** A reader of what is kept in a cache, under a name that follows from what it depends on. */
function kept(
  name: string,
  make: (folder: string) => Promise<void>,
  read: (folder: string, note: (text: string) => void) => Promise<unknown>,
): Format {
  let file = "";
  return {
    name,
    get file() {
      return file;
    },
    tokens: [...safetensorsTokens, "bandpass", "format", "checksum", "key"],
    join: joinSafetensors,
    async make(folder) {
      await make(folder);
      const names = (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name);
      file = names.find((one) => one.endsWith(".safetensors"))!;
      return [safetensorsParts(await Deno.readFile(`${folder}/${file}`))];
    },
    read: (folder) => orComputed((note) => read(folder, note)),
  };
}

const neighbours = kept(
  "neighbours",
  async (folder) => {
    const gpu = await openGpu("auto");
    await itemGraph(gpu, features, { k: 2, weighting: "mean" }, {
      cache: { folder, note: () => {} },
    });
    gpu.close();
  },
  (folder, note) =>
    itemGraph(noGpu, features, { k: 2, weighting: "similarity" }, { cache: { folder, note } }),
);

const spectrum = kept(
  "spectrum",
  async (folder) => {
    const found: GraphSpectrum = {
      values: new Float64Array([1, 0]),
      vectors: new Float32Array(6),
      residuals: new Float64Array(2),
      orthogonality: 0,
      components: 1,
      operator: "adjacency",
      method: "dense",
      restarts: 0,
      products: 0,
      seconds: 0,
      kept: false,
    };
    await keptSpectrum(path3, plan, { folder, note: () => {} }, () => Promise.resolve(found));
  },
  (folder, note) =>
    keptSpectrum(path3, plan, { folder, note }, () => Promise.reject(new ComputedAgain())),
);

/** A version, a header with its length in front, and the values. */
const joinNpy = ([version, header, values]: readonly Uint8Array[]) => {
  const length = new Uint8Array(version[0] === 1 ? 2 : 4);
  const view = new DataView(length.buffer);
  if (version[0] === 1) view.setUint16(0, header.length, true);
  else view.setUint32(0, header.length, true);
  const magic = new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]);
  return concatenated([magic, version, length, header, values]);
};

const npy: Format = {
  name: "npy",
  file: "x_feat.npy",
  tokens: [
    ...[
      "'descr': ",
      "'descr': [",
      "'<f2'",
      "'<f8'",
      "'>f4'",
      "'|O'",
      "'shape': (",
      "(-1,)",
      "3L, ",
    ],
    ...["'fortran_order': True", "'fortran_order': ", "}", "{", "), ", "[('a', '<f4')]"],
  ],
  join: joinNpy,
  make() {
    const parts = (version: number, file: Uint8Array) => [
      new Uint8Array([version, 0]),
      file.slice(10, 128),
      file.slice(128),
    ];
    return Promise.resolve([
      parts(1, encodeNpy([2, 3], new Float32Array(6))),
      parts(2, encodeNpy([3, 1], new Float64Array([1, 2, 3]))),
      parts(3, encodeNpy([4, 1], new Int32Array(4))),
    ]);
  },
  async read(folder) {
    const { shape, values } = await readNpy(`${folder}/x_feat.npy`);
    const size = shape.reduce((product, length) => product * length, 1);
    if (size !== values.length) throw new Error(`${values.length} values for ${shape}`);
    await readModalities(folder);
  },
};

/** The formats of numbers. */
export const numberFormats: readonly Format[] = [safetensors, golden, neighbours, spectrum, npy];
