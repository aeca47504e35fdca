/**
 * The columns that a Parquet file says that it has.
 *
 * @module
 */
import type { SchemaTree } from "hyparquet";
import type { ColumnKind, PerSecond, TypedColumn } from "./column_kind.ts";
import { kindText } from "./column_kind.ts";
import type { Width } from "./parquet_values.ts";

/** A column of Parquet, and what its pages are read by. */
export interface ParquetColumn extends TypedColumn {
  /** The place of its values among all columns of values. */
  readonly leaf: number;
  /** How wide they are. */
  readonly width: Width;
  /** The definition level of a value that is there. */
  readonly mostDefinition: number;
  /** That of a value of a list, there or not; below it the list is missing or empty. */
  readonly listDefinition: number;
}

/**
 * The columns of a file, nested ones with their reason.
 *
 * @param root The schema.
 */
export function parquetColumns(root: SchemaTree): ParquetColumn[] {
  let leaf = 0;
  return root.children.map((top) => {
    const column = columnOf(top, leaf);
    leaf += leavesOf(top);
    return column;
  });
}

function leavesOf(node: SchemaTree): number {
  return node.children.length === 0
    ? 1
    : node.children.reduce((sum, child) => sum + leavesOf(child), 0);
}

function columnOf(top: SchemaTree, leaf: number): ParquetColumn {
  const path = [top];
  while (path.at(-1)!.children.length === 1) path.push(path.at(-1)!.children[0]);
  const last = path.at(-1)!;
  const repeated = path.filter(isRepeated).length;
  const isLeaf = last.children.length === 0;
  const isList = repeated === 1 && (path.length === 1 || (path.length <= 3 && isListGroup(top)));
  const kind = isLeaf && (path.length === 1 || isList) ? kindOf(last) : undefined;
  const optional = (nodes: readonly SchemaTree[]) =>
    nodes.filter(({ element }) => element.repetition_type !== "REQUIRED").length;
  return {
    name: top.element.name,
    kind,
    isList,
    what: kind === undefined ? nestedText(top, last, isLeaf) : kindText(kind, isList),
    leaf,
    width: { type: last.element.type!, length: last.element.type_length },
    mostDefinition: optional(path),
    listDefinition: optional(path.slice(0, path.findIndex(isRepeated) + 1)),
  };
}

function isRepeated({ element }: SchemaTree): boolean {
  return element.repetition_type === "REPEATED";
}

function isListGroup({ element }: SchemaTree): boolean {
  return element.converted_type === "LIST" || element.logical_type?.type === "LIST";
}

function nestedText(top: SchemaTree, last: SchemaTree, isLeaf: boolean): string {
  const { element } = top;
  if (isListGroup(top)) return isLeaf ? "lists of lists or of other values" : "lists of structs";
  if (element.converted_type === "MAP" || element.logical_type?.type === "MAP") return "maps";
  if (top.children.length > 0) return "structs";
  return `values of the type ${
    last.element.logical_type?.type ?? last.element.converted_type ?? last.element.type
  }`;
}

const units: Readonly<Record<string, PerSecond>> = { MILLIS: 1000, MICROS: 1e6, NANOS: 1e9 };

/** What its values are; nothing where they are of a type that no table of text has. */
function kindOf({ element }: SchemaTree): ColumnKind | undefined {
  const { type, converted_type: converted, logical_type: logical, scale = 0 } = element;
  switch (logical?.type) {
    case "DECIMAL":
      return { is: "decimal", scale: logical.scale, littleEndian: false };
    case "TIMESTAMP": {
      const { unit, isAdjustedToUTC } = logical;
      return { is: "timestamp", perSecond: units[unit], hasZone: isAdjustedToUTC };
    }
    case "DATE":
      return { is: "date", perDay: 1 };
    case "TIME":
      return { is: "clock", perSecond: units[logical.unit] };
    case "INTEGER":
      return { is: logical.isSigned ? "integer" : "unsigned" };
    case "FLOAT16":
      return { is: "half" };
    case "UUID":
      return { is: "uuid" };
    case "NULL":
      return { is: "nothing" };
    case "BSON":
    case "VARIANT":
    case "GEOMETRY":
    case "GEOGRAPHY":
      return undefined;
  }
  switch (converted) {
    case "DECIMAL":
      return { is: "decimal", scale, littleEndian: false };
    case "DATE":
      return { is: "date", perDay: 1 };
    case "TIMESTAMP_MILLIS":
    case "TIMESTAMP_MICROS":
      return {
        is: "timestamp",
        perSecond: converted.endsWith("MILLIS") ? 1000 : 1e6,
        hasZone: true,
      };
    case "TIME_MILLIS":
    case "TIME_MICROS":
      return { is: "clock", perSecond: converted.endsWith("MILLIS") ? 1000 : 1e6 };
    case "BSON":
    case "INTERVAL":
      return undefined;
  }
  switch (type) {
    case "INT32":
    case "INT64":
      return { is: converted?.startsWith("UINT") ? "unsigned" : "integer" };
    case "INT96":
      return { is: "int96" };
    case "FLOAT":
      return { is: "float" };
    case "DOUBLE":
      return { is: "double" };
    case "BOOLEAN":
      return { is: "boolean" };
    default:
      return { is: "text" };
  }
}
