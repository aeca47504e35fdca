/**
 * Checks any op against its f64 twin, forward and backward: adding an op's test is one call.
 *
 * Every buffer that an op does not fill by itself holds garbage before the run, so an element that
 * is read or left unwritten shows. All of the gradient is checked against central differences of the
 * twin, once stored and once added to what stands there, and the program runs twice, to the same bytes.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { Gpu } from "../../gpu/gpu.ts";
import { type Allocation, Memory, type Words } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { readFloats } from "../../gpu/readback.ts";
import { uniforms } from "../../algebra/random_sequence.ts";
import { testDevices, testGpu } from "../gpu/test_gpu.ts";
import { unwrittenPlaces } from "../gpu/unwritten.ts";
import { gather } from "../../shaders/gather/gather.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { derivatives } from "./derivatives.ts";

/** Fills what nobody has filled with garbage. */
export class GarbageMemory extends Memory {
  #unfilled: Allocation[] = [];

  override reserve(label: string, bytes: number, owner: string, data?: Words): Allocation {
    const allocation = super.reserve(label, bytes, owner, data);
    if (data === undefined) this.#unfilled.push(allocation);
    return allocation;
  }

  /** Writes garbage wherever no data were given; to be called after the allocation. */
  spoil(): void {
    for (const allocation of this.#unfilled) {
      this.write(allocation, new Float32Array(allocation.bytes / 4).fill(-7.25e8));
    }
  }
}

/** A matrix that is an input of an op. */
export interface Input {
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** Its values; random ones where none are given. */
  readonly values?: Float32Array;
  /** Whether its gradient is checked; it is where nothing is said. */
  readonly differentiable?: boolean;
}

/** What {@linkcode checkOp} needs. */
export interface OpCheck {
  /** The inputs. */
  readonly inputs: readonly Input[];
  /** Appends the op. */
  readonly build: (program: Program, inputs: readonly Tensor[]) => Tensor;
  /** The op in f64. */
  readonly twin: (inputs: readonly Float64Array[]) => Float64Array;
  /** The greatest forward error, relative to the largest magnitude. */
  readonly forwardError?: number;
  /** The greatest error of a derivative, relative to the largest of its input. */
  readonly gradientError?: number;
  /** Groups of elements of each input that are moved one after the other; 24 by default. */
  readonly gradientGroups?: number;
  /** Length of the step of the central differences; 1e-4 by default. */
  readonly step?: number;
  /** Whether gradients are also checked to be added to what stands there; they are by default. */
  readonly checkAccumulation?: boolean;
  /** Whether its kernels for hardware are checked as well. */
  readonly hardware?: boolean;
}

/** The same tensor, of which only the first rows count. */
export function countRows(program: Program, x: Tensor, count: number): Tensor {
  return Object.assign(x, { counted: program.buffer("count", 4, Uint32Array.of(count)) });
}

/** The rows of a counted tensor that count, and zeros. */
export function firstRows(program: Program, y: Tensor, count: number): Tensor {
  const rows = Uint32Array.from({ length: y.rows }, (_, row) => row < count ? row : none);
  return gather(program, y, rowList(program, "rows that count", y.rows, rows));
}

/** Random numbers in [−1, 1), the same every time. */
export function randomValues(count: number, seed: number): Float32Array<ArrayBuffer> {
  const next = uniforms(seed);
  return Float32Array.from({ length: count }, () => 2 * next() - 1);
}

/** What one program of an op gave. */
interface OpRun {
  readonly y: Float32Array;
  /** The gradient of each input; none where it takes none. */
  readonly gradients: readonly (Float32Array | undefined)[];
}

/** The gradient of an input that stands there before an op adds its own. */
export const gradientBefore = (count: number, input: number) => randomValues(count, 50 + input);

/** Runs an op twice, to the same bytes; `accumulate` where gradients of its inputs stand there before. */
async function runOp(
  gpu: Gpu,
  check: OpCheck,
  values: readonly Float32Array[],
  weights: (count: number) => Float32Array,
  accumulate: boolean,
): Promise<OpRun> {
  const memory = new GarbageMemory(gpu);
  const program = new Program(memory, "op check");
  const tensors = check.inputs.map(({ rows, columns, differentiable }, n) =>
    program.tensor(`input ${n}`, rows, columns, { data: values[n], differentiable })
  );
  const y = check.build(program, tensors);
  const upstream = y.differentiable ? program.gradientTarget(y)! : undefined;
  if (accumulate) tensors.forEach((tensor) => program.gradientTarget(tensor));
  program.backward();
  const gradients = tensors.map((tensor) => program.gradient(tensor));
  await program.compile();
  const run = async (): Promise<OpRun> => {
    memory.spoil();
    if (upstream) memory.write(upstream.gradient.allocation, weights(y.rows * y.columns));
    if (accumulate) {
      gradients.forEach((gradient, n) => {
        if (gradient) memory.write(gradient.allocation, gradientBefore(values[n].length, n));
      });
    }
    program.submit();
    const read = (tensor: Tensor) =>
      readFloats(memory, tensor.allocation, tensor.rows * tensor.columns);
    return {
      y: await read(y),
      gradients: await Promise.all(gradients.map((gradient) => gradient && read(gradient))),
    };
  };
  const first = await run();
  const second = await run();
  const bytes = ({ y, gradients }: OpRun) =>
    [y, ...gradients].map((array) => array && new Uint32Array(array.buffer));
  assertEquals(bytes(second), bytes(first), "a second run gives other bytes");
  assertEquals(await unwrittenPlaces(program), [], "a launch leaves what it says to write");
  gradients.forEach((gradient, n) =>
    assert(gradient || !tensors[n].differentiable || !upstream, `input ${n} has no gradient`)
  );
  memory.destroy();
  return first;
}

/** How many shapes a test checks at most, and how many it has checked: fewer than all in a browser alone. */
export const shapes: { most: number; checked: number } = { most: Infinity, checked: 0 };

/**
 * Checks an op forward and backward.
 *
 * @param check The op, its twin and its inputs.
 */
export async function checkOp(check: OpCheck): Promise<void> {
  if (shapes.checked++ >= shapes.most) return;
  for (const gpu of await devicesOf(check)) await checkOn(gpu, check);
}

/** The devices that a check takes. */
export const devicesOf = async ({ hardware }: { readonly hardware?: boolean }) =>
  hardware ? await testDevices() : [await testGpu()];

async function checkOn(gpu: Gpu, check: OpCheck): Promise<void> {
  const { forwardError = 2e-6, gradientError = 2e-5, gradientGroups, step } = check;
  const { checkAccumulation = true } = check;
  const values = check.inputs.map(({ rows, columns, values }, n) =>
    values ?? randomValues(rows * columns, n + 1)
  );
  const weights = (count: number) => randomValues(count, 99);
  const stored = await runOp(gpu, check, values, weights, false);
  const inputs = values.map((array) => Float64Array.from(array));
  assertClose(stored.y, check.twin(inputs), forwardError, "forward");
  const upstream = weights(stored.y.length);
  const objective = () => check.twin(inputs).reduce((sum, v, n) => sum + v * upstream[n], 0);
  assertGradients(
    check.inputs.map(({ columns }, n) => ({ columns, values: inputs[n] })),
    stored.gradients,
    objective,
    { error: gradientError, groups: gradientGroups, step },
  );
  if (!checkAccumulation || stored.gradients.every((gradient) => gradient === undefined)) return;
  const added = await runOp(gpu, check, values, weights, true);
  assertAdded(stored.gradients, added.gradients, gradientError);
}

/**
 * Fails unless the gradients of a function are its derivatives by central differences.
 *
 * @param inputs The inputs, and what their values are in f64.
 * @param gradients The gradient of each input; none where it takes none.
 * @param objective The function of the values.
 * @param options The greatest error, relative to the largest derivative of an input; how many
 * directions are tried, and how far.
 */
export function assertGradients(
  inputs: readonly { columns: number; values: Float64Array }[],
  gradients: readonly (ArrayLike<number> | undefined)[],
  objective: () => number,
  options: { error: number; groups?: number; step?: number },
): void {
  const { error, groups = 24, step = 1e-4 } = options;
  inputs.forEach(({ columns, values }, n) => {
    const gradient = gradients[n];
    if (gradient === undefined) return;
    const found = derivatives({ input: values, columns, gradient, objective, groups, step });
    assertClose(
      found.map(({ found }) => found),
      found.map(({ expected }) => expected),
      error,
      `gradient of input ${n}`,
      (group) => `the derivative along ${found[group].where}`,
    );
  });
}

/** Fails unless gradients were added to what stood there before: the contract of `+=`. */
export function assertAdded(
  stored: readonly (Float32Array | undefined)[],
  added: readonly (Float32Array | undefined)[],
  bound: number,
): void {
  stored.forEach((gradient, n) => {
    if (gradient === undefined) return;
    const before = gradientBefore(gradient.length, n);
    const sum = Float64Array.from(gradient, (value, at) => value + before[at]);
    assertClose(added[n]!, sum, bound, `gradient of input ${n}, added to what stood there`);
  });
}

/** Fails unless all numbers agree, relative to the largest magnitude. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  bound: number,
  what: string,
  where = (n: number) => `element ${n}`,
): void {
  assertEquals(actual.length, expected.length, `${what}: length`);
  let scale = 1e-30;
  for (let n = 0; n < expected.length; n++) scale = Math.max(scale, Math.abs(expected[n]));
  for (let n = 0; n < expected.length; n++) {
    const error = Math.abs(actual[n] - expected[n]) / scale;
    assert(
      error <= bound,
      `${what}: ${where(n)} is ${actual[n]}, expected ${expected[n]} (${error.toExponential(1)})`,
    );
  }
}
