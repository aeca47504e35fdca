/**
 * Reads images as encoders want them.
 *
 * @module
 */
import { BandpassError, DataError } from "../../errors.ts";
import { grouped } from "../../data/counts.ts";
import type {
  EncoderLibraries,
  ImageProcessor,
  RawImage,
  SharpImage,
  Tensor,
} from "./transformers.ts";

/** An image with more is refused by its header, before it takes memory; one that would be scaled to more too. */
export const mostPixels = 100_000_000;

/** The kernels of sharp, by the numbers that Pillow has for them: box and hamming are close to linear. */
const kernels = ["nearest", "lanczos3", "linear", "cubic", "linear", "linear"];

/**
 * What makes the tensor of an image, `1×3×height×width`, of the bytes of a file.
 *
 * Images become sRGB, upright by their EXIF orientation, and white where they are transparent; of an animation
 * the first frame is used. They are scaled by sharp, which averages where it makes an image smaller, as
 * Pillow does where encoders are trained: the package's own scaling takes single pixels.
 *
 * @param processor What the encoder's folder says of sizes, colours and cuts.
 * @param libraries The packages.
 */
export function imagePreparer(
  processor: ImageProcessor,
  { transformers, sharp }: EncoderLibraries,
): (bytes: Uint8Array) => Promise<Tensor> {
  const raw = async (image: SharpImage): Promise<RawImage> => {
    const { data, info } = await image.raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    const pixels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
    return new transformers.RawImage(pixels, info.width, info.height, info.channels);
  };
  return async (bytes) => {
    const options = { limitInputPixels: mostPixels, failOn: "error" } as const;
    const opened = () =>
      sharp(bytes, options).autoOrient().flatten({ background: "#ffffff" }).toColourspace("srgb");
    // By its header alone, which takes no memory however large the image is.
    const unlimited = sharp(bytes, { ...options, limitInputPixels: false });
    const { width, height, autoOrient } = await readable(unlimited.metadata());
    if (width * height > mostPixels) {
      throw new DataError(
        `It has ${grouped(width)}×${grouped(height)} pixels, expected at most ` +
          `${grouped(mostPixels / 1e6)} million`,
      );
    }
    if (!processor.do_resize || processor.do_crop_margin) {
      return await pixelValues(processor, await readable(raw(opened())));
    }
    // Its pixels are read by resize() alone, so that a large image is never whole in memory.
    const image = new transformers.RawImage(
      new Uint8ClampedArray(0),
      autoOrient.width,
      autoOrient.height,
      3,
    );
    image.resize = async (width, height, { resample = 2 }) => {
      const kernel = kernels[resample];
      if (kernel === undefined) throw new TypeError(`"resample" is ${resample}, expected 0 to 5`);
      const size = { width: Math.round(width), height: Math.round(height), fit: "fill" } as const;
      refuseScaledSize(image, size);
      return await readable(raw(opened().resize({ ...size, kernel })));
    };
    Object.defineProperty(image, "data", {
      get: () => {
        throw new TypeError("The preprocessor reads pixels before it scales the image");
      },
    });
    return await pixelValues(processor, image);
  };
}

/** A long and thin image may have few pixels, but not where its shorter edge is made longer. */
function refuseScaledSize(from: RawImage, { width, height }: { width: number; height: number }) {
  if (width >= 1 && height >= 1 && width * height <= mostPixels) return;
  throw new DataError(
    `It has ${grouped(from.width)}×${
      grouped(from.height)
    } pixels, and the preprocessor would scale ` +
      `it to ${grouped(width)}×${grouped(height)}`,
  );
}

/** What the processor makes of an image; what it cannot do with any image is not the image's fault. */
async function pixelValues(processor: ImageProcessor, image: RawImage): Promise<Tensor> {
  try {
    return (await processor([image])).pixel_values;
  } catch (error) {
    if (error instanceof BandpassError) throw error;
    throw new BandpassError(
      `Cannot prepare images as the encoder's preprocessor_config.json says: ${
        (error as Error).message.split("\n")[0]
      }`,
      "Get the file again from where the encoder is from, or try another encoder",
    );
  }
}

/** What sharp gives; an image that it cannot read is the user's. */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0].replace(/:\s*$/, "");
    throw new DataError(`It is damaged: ${reason}`);
  }
}
