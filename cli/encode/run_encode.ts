/**
 * What `encode` does with what the user asked for.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { counted } from "../../data/counts.ts";
import { writeEncoded } from "../../data/encode/encoded_file.ts";
import { requireThere } from "../../data/exists.ts";
import { findParts } from "../../data/table/table_parts.ts";
import { note } from "../common/note.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { shownPath } from "../common/paths.ts";
import { inWords } from "../../errors.ts";
import { flags } from "../common/flags.ts";
import { encodedText } from "./encode_text.ts";
import type { EncodeRequest } from "./encode_command.ts";
import { encodeSource } from "./encode_source.ts";

/**
 * Encodes, and writes a file of features.
 *
 * @param request What the user asked for.
 */
export async function runEncode(request: EncodeRequest): Promise<void> {
  const { model, source, out, weights, choice } = request;
  if ("folder" in source) await requireThere(source.folder);
  else await findParts(source.table.path);
  using encoded = await encodeSource(source, { model, weights, choice, itemColumn: "item" });
  const { ids, columns, found, unusable, computed } = encoded;
  for (const line of encodedText(source.kind, found, unusable, computed)) {
    note(inWords(line, flags));
  }
  const provenance = { made_by: `bandpass ${manifest.version} encode`, ...encoded.provenance };
  await writeEncoded(out, { ids, columns, provenance }, encoded.rows());
  note(`Wrote ${counted(ids.length, "row")} of ${counted(columns, "number")}`);
  if (request.json) await writeJson(provenance);
  else await writeResult(`${shownPath(out)}\n`);
}
