import { bottleneckLoss } from "../../shaders/bottleneck_loss/bottleneck_loss.ts";
import { checkLoss } from "./loss_check.ts";

Deno.test("bottleneckLoss() is right forward and backward", async () => {
  for (const [rows, bands, phi] of [[1, 1, 0], [65, 3, 0], [300, 4, 0.2]]) {
    const constants = { alpha: 0.7, mu: 1.3, phi };
    await checkLoss({
      inputs: [{ rows, columns: bands }],
      build: (losses, [x]) =>
        bottleneckLoss(losses, x, { ...constants, weight: 0.5, name: "bottleneck" }),
      twin([x]) {
        let sum = 0;
        for (let row = 0; row < rows; row++) {
          const delta = x.slice(row * bands, (row + 1) * bands).map((v) => Math.max(v, 0));
          const square = delta.reduce((total, v) => total + v * v, 0);
          const excess = delta.reduce((total, v) => total + Math.max(v - phi, 0), 0);
          sum += 0.7 * square + 1.3 * Math.sqrt(square + 1e-12) * excess;
        }
        return 0.5 * sum / rows;
      },
    });
  }
});
