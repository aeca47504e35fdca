/**
 * Checks any op against its f64 twin, forward and backward: adding an op's test is one call.
 *
 * Every buffer that an op does not fill by itself holds garbage before the run, so an element that
 * is read or left unwritten shows. The gradient is checked against central differences of the twin,
 * and the program runs twice, to the same bytes.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { type Allocation, Memory, type Words } from "../../gpu/memory.ts";
import { Program, type Tensor } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { uniforms } from "../../data/random.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { LossTerms } from "../../shaders/loss_terms/loss_terms.ts";
import { stepState } from "../../shaders/step/step_state.ts";

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
  /** The greatest error of a gradient, relative to its largest magnitude. */
  readonly gradientError?: number;
  /** Elements of each input whose gradient is checked. */
  readonly gradientElements?: number;
  /** Step of the central differences. */
  readonly step?: number;
}

/** Random numbers in [−1, 1), the same every time. */
export function randomValues(count: number, seed: number): Float32Array<ArrayBuffer> {
  const next = uniforms(seed);
  return Float32Array.from({ length: count }, () => 2 * next() - 1);
}

/**
 * Checks an op forward and backward.
 *
 * @param check The op, its twin and its inputs.
 */
export async function checkOp(check: OpCheck): Promise<void> {
  const { forwardError = 2e-6, gradientError = 2e-5, gradientElements = 24, step = 1e-4 } = check;
  const gpu = await testGpu();
  const memory = new GarbageMemory(gpu);
  const program = new Program(memory, "op check");
  const values = check.inputs.map(({ rows, columns, values }, n) =>
    values ?? randomValues(rows * columns, n + 1)
  );
  const tensors = check.inputs.map(({ rows, columns, differentiable }, n) =>
    program.tensor(`input ${n}`, rows, columns, { data: values[n], differentiable })
  );
  const y = check.build(program, tensors);
  const length = y.rows * y.columns;
  const weights = randomValues(length, 99);
  const upstream = y.differentiable ? program.gradientTarget(y)! : undefined;
  program.backward();
  const gradients = tensors.map((tensor) => program.gradient(tensor));
  await program.compile();
  const run = async () => {
    memory.spoil();
    if (upstream) memory.write(upstream.gradient.allocation, weights);
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
  assertEquals(
    new Uint32Array(second.y.buffer),
    new Uint32Array(first.y.buffer),
    "a second run gives other bytes",
  );
  const inputs = values.map((array) => Float64Array.from(array));
  assertClose(first.y, check.twin(inputs), forwardError, "forward");
  if (upstream !== undefined) {
    const objective = () => check.twin(inputs).reduce((sum, v, n) => sum + v * weights[n], 0);
    tensors.forEach((tensor, n) => {
      const found = first.gradients[n];
      if (found === undefined) {
        assert(!tensor.differentiable, `input ${n} has no gradient`);
        return;
      }
      assertEquals(
        new Uint32Array(second.gradients[n]!.buffer),
        new Uint32Array(found.buffer),
        "a second backward pass gives other bytes",
      );
      const input = inputs[n];
      const stride = Math.max(1, Math.floor(input.length / gradientElements));
      const picked: number[] = [];
      const expected: number[] = [];
      for (let at = 0; at < input.length; at += stride) {
        const kept = input[at];
        input[at] = kept + step;
        const above = objective();
        input[at] = kept - step;
        const below = objective();
        input[at] = kept;
        picked.push(found[at]);
        expected.push((above - below) / (2 * step));
      }
      assertClose(picked, expected, gradientError, `gradient of input ${n}`);
    });
  }
  memory.destroy();
}

/** Fails unless all numbers agree, relative to the largest magnitude. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  bound: number,
  what: string,
): void {
  assertEquals(actual.length, expected.length, `${what}: length`);
  const scale = Math.max(1e-30, ...chunkMaxima(expected));
  for (let n = 0; n < expected.length; n++) {
    const error = Math.abs(actual[n] - expected[n]) / scale;
    assert(
      error <= bound,
      `${what}: element ${n} is ${actual[n]}, expected ${expected[n]} (${error.toExponential(1)})`,
    );
  }
}

function chunkMaxima(values: ArrayLike<number>): number[] {
  let largest = 0;
  for (let n = 0; n < values.length; n++) largest = Math.max(largest, Math.abs(values[n]));
  return [largest];
}

/** What {@linkcode checkLoss} needs. */
export interface LossCheck {
  /** The inputs. */
  readonly inputs: readonly Input[];
  /** Appends the op that ends in terms of a loss. */
  readonly build: (losses: LossTerms, inputs: readonly Tensor[]) => void;
  /** The loss in f64. */
  readonly twin: (inputs: readonly Float64Array[]) => number;
  /** Rows of the batch; those of the first input where nothing is said. */
  readonly batchRows?: number;
  /** The greatest relative error of the loss. */
  readonly lossError?: number;
  /** The greatest error of a gradient, relative to its largest magnitude. */
  readonly gradientError?: number;
  /** Elements of each input whose gradient is checked. */
  readonly gradientElements?: number;
}

/**
 * Checks an op that ends in terms of a loss: the sum of the terms, and all gradients.
 *
 * @param check The op, its twin and its inputs.
 */
export async function checkLoss(check: LossCheck): Promise<void> {
  const { lossError = 2e-6, gradientError = 1e-4, gradientElements = 24 } = check;
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "loss check");
  const rows = check.inputs[0].rows;
  const state = stepState(program, {
    seed: 0,
    step: 0,
    epochStep: 0,
    epochRows: check.batchRows ?? rows,
    batchSize: rows,
  });
  const losses = new LossTerms(program, state);
  const values = check.inputs.map(({ rows, columns, values }, n) =>
    values ?? randomValues(rows * columns, n + 1)
  );
  const tensors = check.inputs.map(({ rows, columns, differentiable }, n) =>
    program.tensor(`input ${n}`, rows, columns, { data: values[n], differentiable })
  );
  check.build(losses, tensors);
  program.backward();
  await program.compile();
  memory.spoil();
  program.submit();
  const terms = await readFloats(memory, losses.allocation, losses.names.length);
  const inputs = values.map((array) => Float64Array.from(array));
  const found = terms.reduce((sum, term) => sum + term, 0);
  assertClose([found], [check.twin(inputs)], lossError, "loss");
  for (const [n, tensor] of tensors.entries()) {
    const gradient = program.gradient(tensor);
    if (gradient === undefined) {
      assert(!tensor.differentiable, `input ${n} has no gradient`);
      continue;
    }
    const all = await readFloats(memory, gradient.allocation, tensor.rows * tensor.columns);
    const input = inputs[n];
    const stride = Math.max(1, Math.floor(input.length / gradientElements));
    const picked: number[] = [];
    const expected: number[] = [];
    for (let at = 0; at < input.length; at += stride) {
      const kept = input[at];
      input[at] = kept + 1e-4;
      const above = check.twin(inputs);
      input[at] = kept - 1e-4;
      const below = check.twin(inputs);
      input[at] = kept;
      picked.push(all[at]);
      expected.push((above - below) / 2e-4);
    }
    assertClose(picked, expected, gradientError, `gradient of input ${n}`);
  }
  memory.destroy();
}
