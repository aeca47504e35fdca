import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readEncoderFolder } from "../../../data/encode/encoder_folder.ts";
import { DataError, UsageError } from "../../../errors.ts";
import { projectFolder } from "../../cli/run_cli.ts";

const encoders = `${projectFolder}tests/cli/encode/encoders`;

/** A folder with files, each of one line. */
async function withFiles(
  files: Readonly<Record<string, string>>,
  use: (path: string) => Promise<void>,
): Promise<void> {
  const path = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(`${path}/${name}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${path}/${name}`, text);
    }
    await use(path);
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

const images = { "config.json": "{}", "preprocessor_config.json": '{"do_resize": true}' };
const texts = { "config.json": "{}", "tokenizer.json": "{}", "tokenizer_config.json": "{}" };

Deno.test("readEncoderFolder() reads what sentence-transformers says, and hashes the files that count", async () => {
  const folder = await readEncoderFolder(`${encoders}/text`, "text", "fp32");
  assertEquals(folder.sentence, { pooling: "mean", normalise: true });
  assertEquals([folder.weightName, folder.subfolder, folder.mostTokens], ["model", "onnx", 16]);
  assertEquals(Object.keys(folder.hashes), [
    ...["1_Pooling/config.json", "config.json", "modules.json", "onnx/model.onnx"],
    ...["tokenizer.json", "tokenizer_config.json"],
  ]);
});

Deno.test("readEncoderFolder() takes one tower of two, and weights beside the configuration", async () => {
  const clip = await readEncoderFolder(`${encoders}/clip`, "images", "fp32");
  assertEquals([clip.weightName, clip.subfolder], ["vision_model", "onnx"]);
  assertEquals(
    (await readEncoderFolder(`${encoders}/clip`, "text", "fp32")).weightName,
    "text_model",
  );
  const files = { ...images, "model_fp16.onnx": "w", "model_fp16.onnx_data": "d", "notes": "n" };
  await withFiles(files, async (path) => {
    const folder = await readEncoderFolder(path, "images", "fp16");
    assertEquals([folder.subfolder, folder.dataFiles], ["", 1]);
    assertEquals(Object.keys(folder.hashes).includes("model_fp16.onnx_data"), true);
    assertEquals(folder.preprocessor, { do_resize: true });
  });
});

Deno.test("readEncoderFolder() says what a folder lacks, and what a whole one has", async () => {
  await withFiles({ "config.json": "{}", "pytorch_model.bin": "" }, async (path) => {
    const error = await assertRejects(() => readEncoderFolder(path, "text", "fp32"), DataError);
    assertStringIncludes(
      error.message,
      "it lacks tokenizer.json, tokenizer_config.json, onnx/model.onnx; found config.json, pytorch",
    );
    assertStringIncludes(error.nextStep!, "onnx/model.onnx (or text_model.onnx in its place)");
  });
  await assertRejects(() => readEncoderFolder("/nowhere", "text", "fp32"), DataError, "/nowhere");
  await assertRejects(
    () => readEncoderFolder(`${encoders}/make_encoders.py`, "text", "fp32"),
    DataError,
    "it is a file, expected a folder",
  );
});

Deno.test("readEncoderFolder() names the types of weights that there are", () =>
  withFiles(
    { ...images, "onnx/model_quantized.onnx": "w", "onnx/model_q4.onnx": "w" },
    async (path) => {
      await assertRejects(
        () => readEncoderFolder(path, "images", "fp32"),
        UsageError,
        "with weights of type fp32: found q8, q4",
      );
    },
  ));

Deno.test("readEncoderFolder() refuses a pointer of Git LFS, and JSON that is none", async () => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\n";
  await withFiles({ ...images, "onnx/model.onnx": pointer }, async (path) => {
    await assertRejects(() => readEncoderFolder(path, "images", "fp32"), DataError, "Git LFS");
  });
  await withFiles({ ...images, "config.json": "[]", "onnx/model.onnx": "w" }, async (path) => {
    await assertRejects(() => readEncoderFolder(path, "images", "fp32"), DataError, "no object");
  });
  const modules = { ...texts, "modules.json": "{", "onnx/model.onnx": "w" };
  await withFiles(modules, async (path) => {
    await assertRejects(() => readEncoderFolder(path, "text", "fp32"), DataError, "modules.json");
  });
});

Deno.test("readEncoderFolder() refuses an empty file, and a preprocessor that says nothing", async () => {
  await withFiles({ ...images, "onnx/model.onnx": "" }, async (path) => {
    await assertRejects(
      () => readEncoderFolder(path, "images", "fp32"),
      DataError,
      `Cannot use "${path}/onnx/model.onnx": it is empty`,
    );
  });
  const files = { ...images, "onnx/model.onnx": "w", "preprocessor_config.json": "{}" };
  await withFiles(files, async (path) => {
    await assertRejects(
      () => readEncoderFolder(path, "images", "fp32"),
      DataError,
      "it does not say how images are prepared; expected some of do_resize, size",
    );
  });
});

Deno.test("readEncoderFolder() takes the least of what the files say of tokens, and other pooling as it is", () => {
  const modules = [{ path: "1_Pooling", type: "sentence_transformers.models.Pooling" }];
  const files = {
    ...texts,
    "onnx/model.onnx": "w",
    "config.json": '{"text_config": {"max_position_embeddings": 77}}',
    "tokenizer_config.json": '{"model_max_length": 1e30}',
    "modules.json": JSON.stringify(modules),
    "1_Pooling/config.json": '{"pooling_mode_max_tokens": true, "pooling_mode_cls_token": true}',
  };
  return withFiles(files, async (path) => {
    const folder = await readEncoderFolder(path, "text", "fp32");
    assertEquals(folder.mostTokens, 77);
    assertEquals(folder.sentence, { pooling: "max+cls", normalise: false });
  });
});

Deno.test("readEncoderFolder() tells of modules that are not done here, or whose files are not there", async () => {
  const modules = (...types: string[]) =>
    JSON.stringify(types.map((type, n) => ({ path: `${n}_${type}`, type: `x.models.${type}` })));
  const found = async (files: Readonly<Record<string, string>>) => {
    let pooling: string | undefined;
    await withFiles({ ...texts, "onnx/model.onnx": "w", ...files }, async (path) => {
      pooling = (await readEncoderFolder(path, "text", "fp32")).sentence?.pooling;
    });
    return pooling;
  };
  const config = { "0_Pooling/config.json": '{"pooling_mode_cls_token": true}' };
  assertEquals(await found({ "modules.json": modules("Pooling"), ...config }), "cls");
  assertEquals(
    await found({ "modules.json": modules("Pooling", "Dense"), ...config }),
    "cls and then Dense",
  );
  assertEquals(
    await found({ "modules.json": modules("Pooling") }),
    "what is in 0_Pooling/config.json, which is not there",
  );
  await assertRejects(() => found({ "modules.json": "{}" }), DataError, "no list of modules");
});
