import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { readModalities, standardiseColumns, standardiseFeatures } from "../../data/modalities.ts";
import { writeNpy } from "../../data/npy.ts";
import { DataError } from "../../errors.ts";

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readModalities() names modalities after their files, in alphabetical order", () =>
  withFolder(async (folder) => {
    for (const name of ["text", "audio", "image_raw"]) {
      await writeNpy(`${folder}/${name}_feat.npy`, [2, 3], new Float32Array(6).fill(name.length));
    }
    await Deno.writeTextFile(`${folder}/_feat.npy`, "no name");
    await Deno.writeTextFile(`${folder}/features.npy`, "not a modality");
    const modalities = await readModalities(folder);
    assertEquals(modalities.map(({ name }) => name), ["audio", "image_raw", "text"]);
    assertEquals(modalities[2], {
      name: "text",
      rows: 2,
      columns: 3,
      values: new Float32Array(6).fill(4),
    });
  }));

Deno.test("readModalities() finds none in a folder of ids", () =>
  withFolder(async (folder) => assertEquals(await readModalities(folder), [])));

Deno.test("readModalities() refuses NaN and infinity with their row and column", () =>
  withFolder(async (folder) => {
    for (const [value, shown] of [[NaN, "NaN"], [-Infinity, "-Infinity"], [1e300, "Infinity"]]) {
      const values = new Float64Array(12);
      values[7] = value as number;
      await writeNpy(`${folder}/image_feat.npy`, [4, 3], values);
      await assertRejects(
        () => readModalities(folder),
        DataError,
        `image_feat.npy": row 2, column 1 (counted from 0) is ${shown} as a 32-bit number`,
      );
    }
  }));

Deno.test("readModalities() refuses what is not a matrix with columns", () =>
  withFolder(async (folder) => {
    for (const shape of [[12], [3, 2, 2], [12, 0]]) {
      const size = shape.reduce((product, length) => product * length, 1);
      await writeNpy(`${folder}/a_feat.npy`, shape, new Float32Array(size));
      await assertRejects(
        () => readModalities(folder),
        DataError,
        `found shape (${shape.join(", ")}), expected (items, columns)`,
      );
    }
  }));

Deno.test("standardiseColumns() gives mean 0 and variance 1, and 0 for a constant column", () => {
  const rows = 101;
  const values = Float32Array.from(
    { length: rows * 3 },
    (_, n) => n % 3 === 0 ? 1e6 + Math.floor(n / 3) : n % 3 === 1 ? 0.1 : Math.sin(n) * 1e-6,
  );
  const before = values.slice();
  const scores = standardiseColumns({ name: "audio", rows, columns: 3, values });
  assertEquals(values, before);
  assertEquals([scores.name, scores.rows, scores.columns], ["audio", rows, 3]);
  for (const column of [0, 1, 2]) {
    const own = Array.from({ length: rows }, (_, row) => scores.values[row * 3 + column]);
    const mean = own.reduce((sum, value) => sum + value) / rows;
    const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows;
    assertAlmostEquals(mean, 0, 1e-6);
    assertAlmostEquals(variance, column === 1 ? 0 : 1, 1e-6);
  }
});

Deno.test("standardiseColumns() turns one row into zeros and keeps no rows", () => {
  const modality = { name: "a", rows: 1, columns: 2, values: new Float32Array([3, 4]) };
  assertEquals(standardiseColumns(modality).values, new Float32Array(2));
  assertEquals(
    standardiseColumns({ name: "a", rows: 0, columns: 2, values: new Float32Array() }).values,
    new Float32Array(),
  );
});

Deno.test("standardiseFeatures() leaves an item without features without", () => {
  const values = Float32Array.of(2, 1, 0, 0, 4, 5);
  const modality = { name: "image", rows: 3, columns: 2, values };
  const expected = [...standardiseColumns(modality).values].map((value, n) =>
    n === 2 || n === 3 ? 0 : value
  );
  assertEquals([...standardiseFeatures(modality).values], expected);
  assertEquals([...values], [2, 1, 0, 0, 4, 5]);
});
