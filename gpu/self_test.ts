/**
 * The start-up self-test: drivers have been seen that compute wrong numbers without an error
 * (webgpu.md, "Traps"), so a device is asked a few questions before it is trusted.
 *
 * @module
 */
import { GpuError } from "../errors.ts";
import { type AdapterChoice, openGpu } from "./device.ts";
import type { Gpu } from "./gpu.ts";
import { kernel } from "./kernel.ts";
import { Memory } from "./memory.ts";
import { Program } from "./program.ts";
import { randomBits } from "./random.ts";
import randomSource from "./random.wgsl" with { type: "text" };
import { readBuffers } from "./readback.ts";
import selfTestSource from "./self_test.wgsl" with { type: "text" };

const questions = kernel("self_test", randomSource, selfTestSource);

/** One question and the device's answer. */
export interface SelfTestResult {
  /** What was asked. */
  readonly name: string;
  /** Whether the device can be trusted with it. */
  readonly passed: boolean;
  /** What it answered. */
  readonly found: string;
}

/** A loop longer than the 65,535 turns after which Mesa 22.3 stops without an error. */
const longLoop = 200_000;
/** Turns of all loops of an invocation that every kernel of ours stays below. */
const guaranteedTurns = 65_535;
/** The bits of gpu/random.ts for (1, 2, 3, 4), written down, so that both sides cannot drift. */
const goldenBits = [908250390, 4044648920, 3775961919, 45698095];

/**
 * Asks the questions: a long loop, the bits of NaN, an integer hash, a small product.
 *
 * @param gpu The device.
 * @returns An answer each.
 * @throws {GpuError} The device reports an error instead of an answer.
 * @example
 * ```ts no-eval
 * import { openGpu } from "./device.ts";
 * import { selfTest } from "./self_test.ts";
 * const gpu = await openGpu("auto");
 * console.log(await selfTest(gpu));
 * ```
 */
export async function selfTest(gpu: Gpu): Promise<SelfTestResult[]> {
  const memory = new Memory(gpu);
  try {
    const program = new Program(memory, "self-test");
    const factors = Float32Array.from({ length: 512 }, (_, n) => Math.sin(n));
    const output = program.buffer("answers", (8 + 256) * 4);
    program.launch(questions, {
      buffers: { factors: program.buffer("factors", factors.byteLength, factors), output },
      partial: ["output"],
      uniforms: { turns: longLoop, zero: 0, size: 16 },
      threads: 2,
      workgroupSize: 1,
    });
    await program.compile();
    program.submit();
    const [bytes] = await readBuffers(memory, [{ allocation: output }]);
    const words = new Uint32Array(bytes);
    return [
      loopResult(words[0]),
      nanResult(words[1]),
      hashResult(Array.from(words.subarray(2, 6))),
      productResult(factors, new Float32Array(bytes, 32, 256)),
    ];
  } finally {
    memory.destroy();
  }
}

/**
 * Refuses a device that answers wrongly.
 *
 * @param gpu The device.
 * @throws {GpuError} An answer is wrong; the message names it.
 */
export async function assertSelfTest(gpu: Gpu): Promise<void> {
  const failed = (await selfTest(gpu)).find(({ passed }) => !passed);
  if (failed === undefined) return;
  throw new GpuError(
    `Cannot trust "${gpu.name}": the self-test "${failed.name}" found ${failed.found}`,
    ({ setting, command }) =>
      `Update the driver, or use another adapter (${setting("adapter", "cpu")}); ` +
      `see ${command("doctor")}`,
  );
}

function loopResult(turns: number): SelfTestResult {
  const whole = turns === longLoop;
  return {
    name: "long loop",
    // A driver that stops loops early is safe with kernels that bound theirs, as all of ours do.
    passed: whole || turns >= guaranteedTurns - 1,
    found: whole
      ? `all of ${longLoop.toLocaleString("en")} iterations`
      : `${turns.toLocaleString("en")} of ${
        longLoop.toLocaleString("en")
      } iterations: the driver ` +
        `stops loops, and kernels stay below ${guaranteedTurns.toLocaleString("en")}`,
  };
}

function nanResult(bits: number): SelfTestResult {
  const passed = bits === 0b1111;
  return {
    name: "NaN and infinity",
    passed,
    found: passed ? "told from numbers by their bits" : `the answers ${bits.toString(2)}, not 1111`,
  };
}

function hashResult(words: readonly number[]): SelfTestResult {
  const wanted = randomBits(1, 2, 3, 4);
  const passed = words.every((word, n) => word === wanted[n] && word === goldenBits[n]);
  return {
    name: "integer hash",
    passed,
    found: passed ? "the golden vector" : `${words.join(", ")}, not ${goldenBits.join(", ")}`,
  };
}

function productResult(factors: Float32Array, product: Float32Array): SelfTestResult {
  let error = 0;
  for (let row = 0; row < 16; row++) {
    for (let column = 0; column < 16; column++) {
      let sum = 0;
      for (let k = 0; k < 16; k++) sum += factors[row * 16 + k] * factors[256 + k * 16 + column];
      const here = Math.abs(product[row * 16 + column] - sum);
      // Not Math.max: it must keep a NaN.
      if (!(here <= error)) error = here;
    }
  }
  return {
    name: "small product",
    passed: error <= 1e-5,
    found: `${error.toExponential(1)} away from f64`,
  };
}

/**
 * Opens a device that computes rightly.
 *
 * @param choice Which adapter.
 * @throws {GpuError} There is no such adapter, or it fails the self-test.
 */
export async function openTestedGpu(choice: AdapterChoice): Promise<Gpu> {
  const gpu = await openGpu(choice);
  try {
    await assertSelfTest(gpu);
    return gpu;
  } catch (error) {
    await gpu.close();
    throw error;
  }
}
