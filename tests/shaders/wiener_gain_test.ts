import { assert, assertEquals } from "@std/assert";
import { interactionMatrix, normalisedInteractions } from "../../graph/interaction_graph.ts";
import { applyBands } from "../../shaders/orthogonal_bands/apply_bands.ts";
import { bandBasis } from "../../shaders/orthogonal_bands/orthogonal_bands.ts";
import { spmm } from "../../shaders/spmm/spmm.ts";
import { uploadSparse } from "../../shaders/spmm/upload.ts";
import { wienerGains } from "../../shaders/wiener_gain/wiener_gain.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { orthogonalBands } from "../reference/bands.ts";
import { wienerGains as twin } from "../reference/wiener_gains.ts";
import { checkOp, randomValues } from "./op_check.ts";

/** Users who like about a third of the items. */
function pairsOf(users: number, items: number) {
  const chosen = randomValues(users * items, 3);
  const all = Array.from(chosen.keys()).filter((at) => chosen[at] > 0.3);
  const interactions = {
    users: Uint32Array.from(all, (at) => Math.floor(at / items)),
    items: Uint32Array.from(all, (at) => at % items),
  };
  const matrix = normalisedInteractions(interactionMatrix(interactions, users, items), 0);
  const dense = new Float64Array(users * items);
  for (let user = 0; user < users; user++) {
    for (let n = matrix.rowStart[user]; n < matrix.rowStart[user + 1]; n++) {
      dense[user * items + matrix.column[n]] = matrix.value[n];
    }
  }
  return { matrix, dense };
}

/** Random numbers whose columns differ in size, so that directions are well apart. */
function graded(rows: number, columns: number, seed: number): Float32Array {
  return randomValues(rows * columns, seed).map((value, at) => value * 0.8 ** (at % columns));
}

/** Rows of users and of items; what users are follows in part from what their items are. */
function relatedRows({ users, items, blocks, d }: Case): [Float32Array, Float32Array] {
  const columns = blocks * d;
  const { dense } = pairsOf(users, items);
  const y = graded(items, columns, 6);
  const x = graded(users, columns, 5).map((value, at) => {
    const [user, column] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let item = 0; item < items; item++) {
      sum += dense[user * items + item] * y[item * columns + column];
    }
    return 0.2 * value + sum;
  });
  return [x, y];
}

interface Case {
  users: number;
  items: number;
  blocks: number;
  d: number;
  beta: number;
}

/** The basis of users and items, each with the gains that the other gives it. */
function basisOf(program: Program, [x, y]: readonly Tensor[], { users, items, ...one }: Case) {
  const { blocks, beta } = one;
  const pairs = uploadSparse(program.memory, "pairs", pairsOf(users, items).matrix);
  let gains: Tensor | undefined;
  const basis = bandBasis(program, [{ table: x }, { table: y }], {
    blocks,
    bands: 2,
    gains: (inputs) =>
      gains = wienerGains(program, inputs, [{
        source: 0,
        counterpart: 1,
        rows: { table: x },
        related: { table: spmm(program, pairs, y) },
        gains: "both",
      }], { blocks, beta }),
  });
  return { basis, gains: gains! };
}

/** The gains of users, and below them those of items. */
function twinGains(x: Float64Array, y: Float64Array, { users, items, blocks, d, beta }: Case) {
  const { dense } = pairsOf(users, items);
  const turned = Float64Array.from(
    dense,
    (_, at) => dense[(at % users) * items + Math.floor(at / users)],
  );
  const [own, other] = [
    twin(x, y, dense, blocks, d, beta),
    twin(y, x, turned, blocks, d, beta),
  ];
  return Float64Array.of(...own, ...other);
}

Deno.test("wienerGains() gives a²r/(1+a²r), and 0 to directions below the cut or without energy", async () => {
  const cases = [
    { users: 70, items: 30, blocks: 1, d: 8, beta: 20 },
    { users: 33, items: 65, blocks: 3, d: 12, beta: 60 },
    { users: 40, items: 50, blocks: 2, d: 4, beta: 1 },
  ];
  for (const one of cases) {
    const { users, items, blocks, d, beta } = one;
    const columns = blocks * d;
    const values = relatedRows(one);
    // The items' last column is empty.
    values[1].forEach((_, at) => {
      if (at % columns === columns - 1) values[1][at] = 0;
    });
    const found = twinGains(Float64Array.from(values[0]), Float64Array.from(values[1]), one);
    const shut = found.filter((gain) => gain === 0).length;
    if (beta > 1) assert(shut > 1 && shut < found.length - 4, `${shut} of ${found.length} are 0`);
    else assertEquals(shut, found.length);
    await checkOp({
      hardware: true,
      inputs: [
        { rows: users, columns, values: values[0] },
        { rows: items, columns, values: values[1] },
      ],
      build: (program, inputs) => basisOf(program, inputs, one).gains,
      twin: ([x, y]) => twinGains(x, y, one),
      forwardError: 5e-5,
    });
  }
});

Deno.test("bands with gains are right forward, and backward for gains that stay", async () => {
  const one = { users: 70, items: 40, blocks: 2, d: 8, beta: 10 };
  const { users, items, blocks, d } = one;
  const columns = blocks * d;
  const values = relatedRows(one);
  const [x, y] = values.map((array) => Float64Array.from(array));
  // No gradient flows through the gains: the differences keep them.
  const gains = twinGains(x, y, one).subarray(0, columns);
  assert(gains.some((gain) => gain > 0 && gain < 1) && gains.includes(0), `${gains}`);
  await checkOp({
    hardware: true,
    inputs: [
      { rows: users, columns, values: values[0] },
      { rows: items, columns, values: values[1], differentiable: false },
    ],
    build: (program, inputs) => {
      const { basis } = basisOf(program, inputs, one);
      const [x] = inputs;
      return applyBands(program, basis, [{ x, source: 0 }], "x");
    },
    twin: ([x]) => {
      const bands = orthogonalBands(x, users, blocks, d, 2, x, gains);
      return Float64Array.from({ length: users * columns * 2 }, (_, at) => {
        const [row, place] = [Math.floor(at / (2 * columns)), at % (2 * columns)];
        return bands[Math.floor(place / columns)][row * columns + place % columns];
      });
    },
    forwardError: 5e-5,
    gradientError: 5e-3,
  });
});
