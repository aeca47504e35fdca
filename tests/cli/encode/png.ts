/**
 * PNG files, drawn pixel by pixel.
 *
 * @module
 */
import { crc32, deflateSync } from "node:zlib";

/** The colour of a pixel. */
export type Colour = readonly [red: number, green: number, blue: number];

/**
 * A PNG.
 *
 * @param width Its columns.
 * @param height Its rows.
 * @param colour The colour at a column and a row.
 */
export function encodePng(
  width: number,
  height: number,
  colour: (x: number, y: number) => Colour,
): Uint8Array<ArrayBuffer> {
  // Each row begins with its filter, which is none.
  const pixels = new Uint8Array(height * (1 + 3 * width));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels.set(colour(x, y), y * (1 + 3 * width) + 1 + 3 * x);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 2], 8); // 8 bits of each of red, green and blue
  const parts = [
    Uint8Array.from("\x89PNG\r\n\x1a\n", (letter) => letter.charCodeAt(0)),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", new Uint8Array(0)),
  ];
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(Uint8Array.from(type, (letter) => letter.charCodeAt(0)), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** A PNG of a few bytes whose header says that it has so many pixels. */
export function pngOfSize(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = encodePng(1, 1, () => [0, 0, 0]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  view.setUint32(29, crc32(bytes.subarray(12, 29)));
  return bytes;
}
