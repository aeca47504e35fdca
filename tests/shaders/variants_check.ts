/**
 * Checks that all variants of an op's kernels give the same, as op_check.ts checks them against a twin.
 *
 * @module
 */
import { assert } from "@std/assert";
import type { Gpu } from "../../gpu/gpu.ts";
import { shippedChoices } from "../../gpu/kernel_choices.ts";
import { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { readFloats } from "../../gpu/readback.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { assertClose, GarbageMemory, randomValues } from "./op_check.ts";

const gpu = await testGpu();
const { lavapipe, software, other: hardware } = shippedChoices;
/** The device at hand, with all variants of kernels. */
export const variants: readonly Gpu[] = [
  { ...gpu, software: true, kernels: lavapipe },
  { ...gpu, software: true, kernels: lavapipe, subgroupSize: 0 },
  { ...gpu, software: true, kernels: software },
  { ...gpu, software: true, kernels: software, subgroupSize: 0 },
  { ...gpu, software: false, kernels: hardware },
  { ...gpu, software: false, kernels: { ...hardware, products: "workgroups" } },
];

type Shape = readonly [rows: number, columns: number];
type Build = (program: Program, inputs: readonly Tensor[]) => Tensor;

/**
 * Checks that the output and all gradients of all variants agree.
 *
 * @param shapes The shapes of the inputs.
 * @param build Appends the op.
 * @param options The greatest error, relative to the largest magnitude; the rows of the output that somebody reads
 * (default: all); and after how many columns of the inputs, each smaller than the one before, they are as
 * large again.
 */
export async function checkVariants(
  shapes: readonly Shape[],
  build: Build,
  options: { error?: number; rowsRead?: readonly number[]; graded?: number } = {},
): Promise<void> {
  const { error = 2e-6, rowsRead, graded } = options;
  const results = [];
  for (const variant of variants) {
    const memory = new GarbageMemory(variant);
    const program = new Program(memory, "variant");
    const inputs = shapes.map(([rows, columns], n) => {
      const data = randomValues(rows * columns, n + 1)
        .map((value, at) => graded ? value * 0.8 ** (at % columns % graded) : value);
      return program.tensor(`input ${n}`, rows, columns, { data });
    });
    const y = build(program, inputs);
    const upstream = program.gradientTarget(y)!.gradient;
    program.backward();
    await program.compile();
    memory.spoil();
    const isRead = (at: number) => rowsRead?.includes(Math.floor(at / y.columns)) ?? true;
    const masked = (values: Float32Array) => values.map((value, at) => isRead(at) ? value : 0);
    memory.write(upstream.allocation, masked(randomValues(y.rows * y.columns, 99)));
    program.submit();
    const read = ({ allocation, rows, columns }: Tensor) =>
      readFloats(memory, allocation, rows * columns);
    results.push([
      masked(await read(y)),
      ...await Promise.all(inputs.map((input) => read(program.gradient(input)!))),
    ]);
    memory.destroy();
  }
  const [software, ...others] = results;
  software.forEach((values, n) => {
    assert(values.some((value) => value !== 0));
    for (const other of others) {
      assertClose(other[n], values, error, n === 0 ? "output" : `gradient of input ${n - 1}`);
    }
  });
}
