/**
 * Writes `docs/ssr_bands.svg`: `deno run --allow-write=docs docs/write_bands.ts` in the project's
 * folder.
 *
 * @module
 */
import { bandsSvg } from "./bands_svg.ts";

await Deno.writeTextFile("docs/ssr_bands.svg", bandsSvg());
