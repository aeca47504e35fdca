import { coefficientEnergies } from "../../graph/coefficient_energies.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { graphCoefficients, orthonormalColumns } from "../reference/eigen_bands.ts";
import { assertClose, randomValues } from "../shaders/op_check.ts";

Deno.test("coefficientEnergies() are the squares of the coefficients, in row blocks too", async () => {
  const gpu = await testGpu();
  const limits = { ...gpu.limits, maxStorageBufferBindingSize: 16384 };
  for (const [n, k, f] of [[1, 1, 1], [65, 7, 5], [300, 16, 12]]) {
    const basis = Float32Array.from(orthonormalColumns(randomValues(n * k, 1), n, k));
    const values = randomValues(n * f, 2);
    const expected = new Float64Array(k);
    graphCoefficients(basis, values, n).forEach((c, at) => expected[Math.floor(at / f)] += c * c);
    for (const device of [gpu, { ...gpu, limits }]) {
      const signal = { name: "image", rows: n, columns: f, values };
      assertClose(await coefficientEnergies(device, basis, signal), expected, 2e-6, `${n}×${k}`);
    }
  }
});
