import { assertEquals, assertThrows } from "@std/assert";
import { encodeCommand, type EncodeRequest } from "../../../cli/encode/encode_command.ts";
import { imagesOption, textsOption } from "../../../cli/encode/encode_options.ts";
import { requestedModalities } from "../../../cli/preprocess/modality_options.ts";
import { collectEncoders, collectImages } from "../../../cli/preprocess/modality_options.ts";
import { collectTexts } from "../../../cli/preprocess/modality_options.ts";
import { UsageError } from "../../../errors.ts";

Deno.test("textsOption() and imagesOption() tell tables from folders", () => {
  assertEquals(textsOption("/a.csv#sku:title,brand"), {
    kind: "text",
    table: { path: "/a.csv", idColumn: "sku", columns: ["title", "brand"] },
  });
  assertEquals(imagesOption("/photos:2025/a"), { kind: "images", folder: "/photos:2025/a" });
  assertEquals(imagesOption("/a.csv:photo"), {
    kind: "images",
    table: { path: "/a.csv", idColumn: undefined, columns: ["photo"] },
  });
  for (const text of ["/a.csv", "/a.csv:a,", "-:title"]) {
    assertThrows(() => textsOption(text), UsageError);
  }
  for (const text of ["-", "-:photo", "/a.csv:a,b"]) {
    assertThrows(() => imagesOption(text), UsageError);
  }
});

/** What the command asks for. */
async function requested(...args: string[]): Promise<EncodeRequest> {
  const requests: EncodeRequest[] = [];
  const command = encodeCommand((request) => Promise.resolve(void requests.push(request)));
  await command.parseAsync(["--model", "/m", "-o", "/o.safetensors", ...args], { from: "user" });
  return requests[0];
}

async function refused(...args: string[]): Promise<string> {
  try {
    await requested(...args);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("It is not refused");
}

Deno.test("encode takes one source, and options that have an effect", async () => {
  const { weights, choice, json } = await requested("--images", "/photos");
  assertEquals([weights, json], ["fp32", false]);
  assertEquals(Object.values(choice).filter((value) => value !== undefined), []);
  const text = ["--text", "/a.csv:title"];
  for (const normalise of [true, false]) {
    const flag = normalise ? "--normalise" : "--no-normalise";
    assertEquals((await requested(...text, flag)).choice.normalise, normalise);
  }
  const { choice: { pooling, batch } } = await requested(...text, "--pooling=cls", "--batch", "8");
  assertEquals([pooling, batch], ["cls", 8]);
  for (
    const [args, message] of [
      [[], "neither --text nor --images"],
      [[...text, "--images", "/photos"], "--text with --images"],
      [["--images", "/photos", "--prefix", "x"], "--prefix with --images"],
      [[...text, "-o", "a.npy"], "ends in .safetensors"],
      [[...text, "--batch", "0"], "from 1 to 1024"],
      [[...text, "--weights", "fp8"], "fp8"],
    ] as const
  ) assertEquals((await refused(...args)).includes(message), true, message);
});

Deno.test("preprocess refuses encoders of nothing, and images without an encoder", () => {
  const images = collectImages("image=/photos");
  const text = collectTexts("words=/a.csv:title");
  const encode = collectEncoders("words=/m", collectEncoders("image=/m"));
  assertEquals(requestedModalities({ images, text, encode }).encoders, encode);
  for (
    const [options, message] of [
      [{ images }, "without an encoder"],
      [{ encode: collectEncoders("image=/m") }, "nothing to encode has this name"],
      [{ text, encode: collectEncoders("words=/m"), dim: 8 }, "that is not encoded"],
      [{ images, text: collectTexts("image=/a.csv:t"), encode }, 'the name "image"'],
    ] as const
  ) assertThrows(() => requestedModalities(options), UsageError, message);
  assertThrows(() => collectEncoders("image=/n", collectEncoders("image=/m")), UsageError, "twice");
  for (const text of ["image", "a b=/photos", "user=/photos"]) {
    assertThrows(() => collectImages(text), UsageError);
  }
});
