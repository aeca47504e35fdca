import { assert, assertEquals, assertMatch } from "@std/assert";
import { projectFolder } from "../cli/run_cli.ts";

/** Runs PyTorch's loops. */
async function pytorch(...args: string[]): Promise<{ code: number; told: string }> {
  const { code, stdout, stderr } = await new Deno.Command("python3", {
    args: ["bench/pytorch", ...args],
    cwd: projectFolder,
  }).output();
  const text = new TextDecoder();
  return { code, told: text.decode(stdout) + text.decode(stderr) };
}

const hasTorch = await new Deno.Command("python3", { args: ["-c", "import torch, numpy"] })
  .output().then(({ success }) => success, () => false);
const ignore = !hasTorch;
const reason = hasTorch ? "" : " (skipped: python3 has no PyTorch)";
const golden = (name: string) => `tests/golden/${name}.safetensors`;

Deno.test({
  name: `bench/pytorch computes what the golden files have${reason}`,
  ignore,
  async fn() {
    const files = ["lightgcn", "freedom_nodrop", "smore", "fitmm", "ssr_cheb"].map(golden);
    const { code, told } = await pytorch("--check", ...files);
    assertEquals(code, 0, told);
    for (const model of ["LightGCN", "FREEDOM", "SMORE", "FITMM", "SSR"]) {
      assertMatch(told, new RegExp(`^${model}: .*: ok$`, "m"));
    }
  },
});

Deno.test({
  name: `bench/pytorch fails by a golden file that it does not reproduce${reason}`,
  ignore,
  async fn() {
    // The same model with another decomposition.
    const { code, told } = await pytorch("--check", golden("ssr_gft"));
    assertEquals(code, 1, told);
    assertMatch(told, /^SSR: .*: FAILED by .*gradients/m);
  },
});

Deno.test({
  name: `bench/pytorch says what it cannot do${reason}`,
  ignore,
  async fn() {
    const settings = JSON.stringify({ denoiser: "graph", keep_bins: 0 });
    const folder = await Deno.makeTempDir();
    const name = folder.split("/").at(-1);
    await Deno.writeTextFile(`${folder}/${name}.inter`, "userID\titemID\tx_label\n0\t0\t0\n");
    const refused = await pytorch("smore", "--folder", folder, "--settings", settings);
    assertEquals(refused.code, 2);
    assertMatch(
      refused.told,
      /^error: .* was given denoiser=graph\n {2}next: give denoiser=fourier/,
    );
    const absent = await pytorch("--check", "tests/golden/absent.safetensors");
    assertEquals(absent.code, 2);
    assertMatch(absent.told, /^error: cannot read tests\/golden\/absent/);
    assert(!absent.told.includes("Traceback"), absent.told);
    await Deno.remove(folder, { recursive: true });
  },
});
