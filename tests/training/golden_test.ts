import { assert } from "@std/assert";
import { verifyBounds } from "../../cli/verify.ts";
import { openGpu } from "../../gpu/device.ts";
import { compareWithGolden } from "../../training/golden.ts";

const folder = new URL("../../../shared/golden/", import.meta.url).pathname;
const isThere = await Deno.stat(folder).then(() => true, () => false);

for (const name of ["bpr", "lightgcn", "vbpr", "freedom_nodrop", "smore", "fitmm"]) {
  Deno.test({
    name: `${name} gives what its reference implementation computes${
      isThere ? "" : " (skipped: no ../shared/golden)"
    }`,
    ignore: !isThere,
    async fn() {
      const gpu = await openGpu("auto");
      const errors = await compareWithGolden(gpu, `${folder}${name}.safetensors`);
      for (const [key, bound] of Object.entries(verifyBounds)) {
        const error = errors[key as keyof typeof verifyBounds];
        assert(error <= bound, `${key} is ${error}, allowed ${bound}`);
      }
      gpu.close();
    },
  });
}
