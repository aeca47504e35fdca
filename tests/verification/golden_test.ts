import { assert, assertEquals } from "@std/assert";
import { verifyText, withinBounds } from "../../cli/verify/verify_command.ts";
import { openGpu } from "../../gpu/device.ts";
import { compareWithGolden } from "../../verification/golden.ts";

const folder = new URL("../golden/", import.meta.url).pathname;

/** The golden files, and the variant of the model that each is of where it does not say. */
const files: Record<string, Record<string, string> | undefined> = {
  bpr: undefined,
  lightgcn: undefined,
  vbpr: undefined,
  freedom_nodrop: undefined,
  smore: undefined,
  fitmm: undefined,
  ssr_cheb: { decomposition: "chebyshev" },
  ssr_gft: { decomposition: "gft" },
  "filters/gfcf": undefined,
  "filters/turbocf": undefined,
  "filters/turbocf_order3": undefined,
  "filters/chebycf": undefined,
  "filters/mmgf": undefined,
};

for (const [name, variant] of Object.entries(files)) {
  Deno.test({
    name: `${name} gives what its reference implementation computes`,
    async fn() {
      const gpu = await openGpu("auto");
      const errors = await compareWithGolden(gpu, `${folder}${name}.safetensors`);
      assertEquals("variant" in errors ? errors.variant : undefined, variant);
      assert(withinBounds(errors), verifyText(errors));
      gpu.close();
    },
  });
}
