import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readEncoded } from "../../../data/encode/encoded_file.ts";
import { runTask } from "../run_cli.ts";
import { encoders, named } from "./encoders.ts";
import { type Colour, encodePng, pngOfSize } from "./png.ts";

/** What a server says of a file that it has not. */
const page = new TextEncoder().encode("<html>");
const [red, blue, white]: Colour[] = [[255, 0, 0], [0, 0, 255], [255, 255, 255]];

/** A folder with images and a table, where the user stands; rows that are kept of them are removed. */
async function withShop(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/photos`);
    const square = (colour: Colour) => (x: number, y: number) =>
      x > 20 && x < 60 && y > 20 && y < 60 ? colour : white;
    const images = {
      "r.png": encodePng(80, 80, square(red)),
      "b.png": encodePng(200, 90, square(blue)),
      "same.png": encodePng(80, 80, square(red)),
      "cut.png": encodePng(80, 80, square(red)).subarray(0, 120),
      "bomb.png": pngOfSize(60_000, 60_000),
      "page.png": page,
    };
    for (const [name, bytes] of Object.entries(images)) {
      await Deno.writeFile(`${folder}/photos/${name}`, bytes);
    }
    // A number that no other test has, so that no row is there from before.
    const once = crypto.getRandomValues(new Uint8Array(4)).join(" ");
    await Deno.writeTextFile(
      `${folder}/items.csv`,
      `sku,title,photo\nr,red circle ${once},photos/r.png\nb,blue square,photos/b.png\n` +
        "e,,\ng,a green triangle,photos/gone.png\nw,red,https://x/y.png\n",
    );
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs `encode` where the user stands in a folder, and gives what it says and writes. */
async function encode(folder: string, ...args: string[]) {
  const env = { INIT_CWD: folder, BANDPASS_DENO: Deno.execPath() };
  const { code, stdout, stderr } = await runTask(["encode", ...args, "-o", "out.safetensors"], env);
  const written = code === 0 ? await readEncoded(`${folder}/out.safetensors`) : undefined;
  return { code, stdout, stderr, written };
}

Deno.test({
  ...named("encode writes features of images, and tells of those that it cannot use"),
  fn: () =>
    withShop(async (folder) => {
      const args = ["--model", `${encoders}/images`, "--images", "photos"];
      const { code, stdout, stderr, written } = await encode(folder, ...args);
      assertEquals([code, stdout], [0, "out.safetensors\n"], stderr);
      assertEquals([written?.ids, written?.columns], [["b", "r", "same"], 16]);
      const [b, r, same] = [0, 1, 2].map((n) => written!.values.subarray(16 * n, 16 * (n + 1)));
      assertEquals(r, same);
      // The channels that look for red and for blue alone.
      assert(r[0] > b[0] && b[2] > r[2], `${r} ${b}`);
      assertStringIncludes(stderr, "Encoded 3 images, by the names of the files");
      assertStringIncludes(stderr, "3 images cannot be used, and the items count as having none:");
      for (
        const reason of [
          'item "bomb": ',
          "It has 60,000×60,000 pixels, expected at most 100 million",
          'item "cut": ',
          'photos/page.png": it is no image, expected JPEG, PNG, WebP, GIF',
        ]
      ) assertStringIncludes(stderr, reason);
      const again = await encode(folder, ...args, "--json");
      assertStringIncludes(again.stderr, "0 rows computed now");
      const provenance = JSON.parse(again.stdout);
      assertEquals(provenance, written!.provenance);
      assertEquals(provenance.output, "pooler_output");
      assertEquals(provenance.preprocessor.size, { height: 32, width: 32 });
      const { transformers, sharp } = provenance.versions;
      assertEquals([transformers, sharp], ["4.3.1", "0.35.5"]);
      assertEquals(provenance.files["onnx/model.onnx"].length, 64);
    }),
});

Deno.test({
  ...named("encode takes texts and paths of images from a table, by both towers of CLIP"),
  fn: () =>
    withShop(async (folder) => {
      const table = "items.csv#sku";
      const texts = await encode(folder, "--model", `${encoders}/text`, "--text", `${table}:title`);
      assertEquals(texts.code, 0, texts.stderr);
      assertEquals(texts.written?.ids, ["r", "b", "g", "w"]);
      const norm = Math.hypot(...texts.written!.values.subarray(0, 8));
      assert(Math.abs(norm - 1) < 1e-6, "the folder says that rows have length 1");
      assertStringIncludes(texts.stderr, "1 item without any");
      const clip = ["--model", `${encoders}/clip`];
      const raw = await encode(folder, ...clip, "--text", `${table}:title`, "--prefix", "the ");
      assertEquals(raw.written?.provenance.output, "text_embeds");
      const images = await encode(folder, ...clip, "--images", `${table}:photo`);
      assertEquals(images.code, 0, images.stderr);
      assertEquals(images.written?.ids, ["r", "b"]);
      assertEquals(images.written?.provenance.output, "image_embeds");
      assertStringIncludes(images.stderr, "it is an address, expected the path of a file");
      assertStringIncludes(images.stderr, "gone.png");
    }),
});

Deno.test({
  ...named("encode refuses encoders that are not whole, and outputs that they lack"),
  fn: () =>
    withShop(async (folder) => {
      const images = ["--images", "photos"];
      const lacking = await encode(folder, "--model", `${encoders}/text`, ...images);
      assertEquals(lacking.code, 3);
      assertStringIncludes(lacking.stderr, "it lacks preprocessor_config.json; found");
      const model = ["--model", `${encoders}/images`];
      const output = await encode(folder, ...model, ...images, "--output", "logits");
      assertEquals(output.code, 2);
      assertStringIncludes(output.stderr, "found last_hidden_state, pooler_output");
      await Deno.mkdir(`${folder}/broken/onnx`, { recursive: true });
      for (const name of ["config.json", "preprocessor_config.json", "onnx/model.onnx"]) {
        const bytes = await Deno.readFile(`${encoders}/images/${name}`);
        const part = name.endsWith("onnx") ? bytes.subarray(0, 900) : bytes;
        await Deno.writeFile(`${folder}/broken/${name}`, part);
      }
      const broken = await encode(folder, "--model", "broken", ...images);
      assertEquals(broken.code, 3, broken.stderr);
      assertStringIncludes(broken.stderr, "found no whole model of ONNX");
      const none = await encode(folder, ...model, "--images", "items.csv#sku:title");
      assertEquals(none.code, 3);
      assertStringIncludes(none.stderr, "Cannot encode any of 4 inputs; the first");
    }),
});

/** Copies an encoder of ours, with other contents of one of its files. */
async function changedEncoder(
  of: string,
  to: string,
  file: string,
  change: (json: Changed) => void,
) {
  for (const part of ["", "/onnx", "/1_Pooling"]) {
    const found = await Deno.stat(`${encoders}/${of}${part}`).catch(() => undefined);
    if (found === undefined) continue;
    await Deno.mkdir(`${to}${part}`, { recursive: true });
    for await (const { name, isFile } of Deno.readDir(`${encoders}/${of}${part}`)) {
      if (!isFile) continue;
      const bytes = await Deno.readFile(`${encoders}/${of}${part}/${name}`);
      await Deno.writeFile(`${to}${part}/${name}`, bytes);
    }
  }
  const json = JSON.parse(await Deno.readTextFile(`${to}/${file}`));
  change(json);
  await Deno.writeTextFile(`${to}/${file}`, JSON.stringify(json));
}

type Changed = Record<string, unknown>;

Deno.test({
  ...named("encode reads patterns of tables, and of images only those below the table"),
  fn: () =>
    withShop(async (folder) => {
      await Deno.mkdir(`${folder}/parts/deep`, { recursive: true });
      const rows = ["r,red,../photos/r.png", "b,blue,deep/b.png", "c,blue,/etc/c.png"];
      for (const [n, row] of rows.entries()) {
        await Deno.writeTextFile(`${folder}/parts/${n}.csv`, `item,title,photo\n${row}\n`);
      }
      await Deno.copyFile(`${folder}/photos/b.png`, `${folder}/parts/deep/b.png`);
      const model = ["--model", `${encoders}/clip`];
      const texts = await encode(folder, ...model, "--text", "parts/*.csv:title");
      assertEquals(texts.written?.ids, ["r", "b", "c"], texts.stderr);
      const images = await encode(folder, ...model, "--images", "parts/*.csv:photo");
      assertEquals(images.written?.ids, ["b"], images.stderr);
      assertStringIncludes(images.stderr, '/parts", the folder of the table, nor below it');
      const none = await encode(folder, ...model, "--text", "none/*.csv:title");
      assertEquals(none.code, 3, none.stderr);
      const file = await encode(folder, ...model, "--images", "photos/r.png");
      assertEquals(file.code, 3);
      assertStringIncludes(file.stderr, "there is a file where a folder is expected");
    }),
});

Deno.test({
  ...named("encode tells what an encoder cannot do, of all images or of one that is thin"),
  fn: () =>
    withShop(async (folder) => {
      await Deno.writeFile(`${folder}/photos/thin.png`, encodePng(9000, 1, () => red));
      // Names with spaces and two dots are none that the hub has.
      await changedEncoder("images", `${folder}/my ..enc`, "preprocessor_config.json", (json) => {
        json.size = { shortest_edge: 224 };
        json.do_center_crop = true;
        json.crop_size = { height: 32, width: 32 };
      });
      const images = ["--images", "photos"];
      const thin = await encode(folder, "--model", "my ..enc", ...images);
      assertEquals(thin.written?.ids, ["b", "r", "same"], thin.stderr);
      assertStringIncludes(thin.stderr, "It has 9,000×1 pixels, and the preprocessor would scale");
      const weights = await Deno.readFile(`${encoders}/images/onnx/model.onnx`);
      for (const [name, bytes] of [["cut", weights.subarray(0, 900)], ["web", page]] as const) {
        await changedEncoder("images", `${folder}/${name}`, "config.json", () => {});
        await Deno.writeFile(`${folder}/${name}/onnx/model.onnx`, bytes);
        const damaged = await encode(folder, "--model", name, ...images);
        assertEquals(damaged.code, 3, damaged.stderr);
        assertStringIncludes(
          damaged.stderr,
          `${name}/onnx/model.onnx": found no whole model of ONNX`,
        );
      }
      await changedEncoder("images", `${folder}/kernel`, "preprocessor_config.json", (json) => {
        json.resample = 9;
      });
      const kernel = await encode(folder, "--model", "kernel", ...images);
      assertEquals(kernel.code, 1, kernel.stderr);
      assertStringIncludes(kernel.stderr, 'says: "resample" is 9, expected 0 to 5');
      await changedEncoder("text", `${folder}/unpadded`, "tokenizer_config.json", (json) => {
        delete json.pad_token;
      });
      const unpadded = await encode(folder, "--model", "unpadded", "--text", "items.csv#sku:title");
      assertEquals(unpadded.code, 3, unpadded.stderr);
      assertStringIncludes(unpadded.stderr, "it has no token that pads texts to one length");
      await changedEncoder("text", `${folder}/pooled`, "1_Pooling/config.json", (json) => {
        json.pooling_mode_lasttoken = true;
      });
      await Deno.writeTextFile(`${folder}/clicks.csv`, "user,sku\nu,r\nv,r\nu,b\nv,b\n");
      const pooled = await runTask(
        [
          ...["preprocess", "--input", "clicks.csv", "--k-core", "1", "--data-dir", folder],
          ...["--dataset", "d", "--text", "words=items.csv:title", "--encode", "words=pooled"],
        ],
        { INIT_CWD: folder, BANDPASS_DENO: Deno.execPath() },
      );
      assertEquals(pooled.code, 2, pooled.stderr);
      assertStringIncludes(pooled.stderr, "--pooling mean of ");
      assertStringIncludes(pooled.stderr, "encode, whose file --features takes");
    }),
});

Deno.test({
  ...named("preprocess --encode makes the features that encode and --features make"),
  fn: () =>
    withShop(async (folder) => {
      const rows = ["r", "b", "e", "same"].flatMap((item) =>
        [1, 2, 3, 4].map((user) => `${user},${item}\n`)
      );
      await Deno.writeTextFile(`${folder}/clicks.csv`, `user,sku\n${rows.join("")}`);
      const images = ["--model", `${encoders}/images`, "--images", "photos"];
      assertEquals((await encode(folder, ...images)).code, 0);
      const preprocess = (...args: string[]) =>
        runTask(
          [
            ...["preprocess", "--input", "clicks.csv", "--k-core", "1", "--data-dir", folder],
            ...["--dataset", ...args],
          ],
          { INIT_CWD: folder, BANDPASS_DENO: Deno.execPath() },
        );
      const direct = await preprocess(
        ...["a", "--images", "image=photos", "--encode", `image=${encoders}/images`],
        ...["--text", "words=items.csv:title", "--encode", `words=${encoders}/text`],
      );
      assertEquals(direct.code, 0, direct.stderr);
      assertStringIncludes(direct.stderr, "1 item without any got the mean");
      const twice = await preprocess("b", "--features", "image=out.safetensors");
      assertEquals(twice.code, 0, twice.stderr);
      const [one, other] = await Promise.all(
        ["a", "b"].map((name) => Deno.readFile(`${folder}/${name}/image_feat.npy`)),
      );
      assertEquals(one, other);
      for (const name of ["a", "b"]) {
        const { modalities } = JSON.parse(
          await Deno.readTextFile(`${folder}/${name}/dataset.json`),
        );
        const { encoding, missing_items } = modalities[0];
        assertEquals([encoding.output, missing_items], ["pooler_output", 1]);
      }
    }),
});
