import type { Representation, RowRepresentation } from "../../models/model.ts";

/** The rows of a representation that has them. */
export function rowsOf(representation: Representation): RowRepresentation {
  if ("users" in representation) return representation;
  throw new Error("The scores are not products of rows");
}
