/**
 * The columns that Arrow data say that they have
 * (https://github.com/apache/arrow/blob/main/format/Schema.fbs).
 *
 * @module
 */
import { type ColumnKind, kindText, type PerSecond, type TypedColumn } from "./column_kind.ts";
import type { FlatTable } from "./flat_buffer.ts";
import { Damage } from "./texts.ts";

/** How the values of a field lie in its buffers. */
export type ArrowLayout =
  | "null"
  | "bits"
  | "fixed"
  | "offsets"
  | "views"
  | "list"
  | "list views"
  | "fixed list"
  | "struct"
  | "union"
  | "dense union"
  | "run ends";

/** A field: a column, or what is in one. */
export interface ArrowField {
  /** Its name. */
  readonly name: string;
  /** How its values lie. */
  readonly layout: ArrowLayout;
  /** What they are, where they are no lists or structs. */
  readonly kind?: ColumnKind;
  /** Bytes of a value or of an offset; of lists of fixed size their length. */
  readonly width: number;
  /** What is in it. */
  readonly children: readonly ArrowField[];
  /** The dictionary whose places its values are. */
  readonly dictionary?: { readonly id: number; readonly isSigned: boolean; readonly width: number };
}

/** A column of Arrow. */
export interface ArrowColumn extends TypedColumn {
  /** Its field. */
  readonly field: ArrowField;
}

/** Arrow nests what it is given; more is damage. */
const mostDepth = 64;

/**
 * The fields of a schema.
 *
 * @param schema The schema's message.
 * @throws {Damage} It is written for machines of another kind, or has an unknown type.
 */
export function arrowFields(schema: FlatTable): ArrowField[] {
  if (schema.short(0) !== 0) throw new Damage("its numbers are big-endian, which is not read");
  return schema.tables(1).map((field) => fieldOf(field, 0));
}

/**
 * A field as a column.
 *
 * @param field The field.
 */
export function arrowColumn(field: ArrowField): ArrowColumn {
  const { name, layout, children: [child] } = field;
  // Children with dictionaries are not read.
  const isFlat = child?.kind !== undefined && child.dictionary === undefined;
  const isList = (layout === "list" || layout === "fixed list") && isFlat &&
    field.dictionary === undefined;
  const kind = isList ? child.kind : field.kind;
  const nested = layout === "list" || layout === "fixed list" || layout === "list views"
    ? "lists of lists, of structs or of coded values"
    : layout === "struct"
    ? "structs"
    : layout.endsWith("union")
    ? "unions"
    : "values that tables of text do not have";
  return { name, field, isList, kind, what: kind === undefined ? nested : kindText(kind, isList) };
}

function fieldOf(field: FlatTable, depth: number): ArrowField {
  if (depth > mostDepth) throw new Damage("its columns are nested without end");
  const children = field.tables(5).map((child) => fieldOf(child, depth + 1));
  const type = field.table(3);
  if (type === undefined) throw new Damage("a column has no type");
  const encoding = field.table(4);
  const index = encoding?.table(1);
  const dictionary = encoding && {
    id: encoding.long(0),
    isSigned: index === undefined || index.byte(1) !== 0,
    width: (index?.integer(0) ?? 32) / 8,
  };
  return { name: field.text(0), children, ...typeOf(field.byte(2), type), dictionary };
}

type ArrowType = Pick<ArrowField, "layout" | "kind" | "width">;

const perSecond: readonly PerSecond[] = [1, 1000, 1e6, 1e9];

const fixed = (kind: ColumnKind | undefined, width: number): ArrowType => ({
  layout: "fixed",
  kind,
  width,
});
const text: ColumnKind = { is: "text" };

function unitOf(type: FlatTable, absent: number): PerSecond {
  const unit = perSecond[type.short(0, absent)];
  if (unit === undefined) throw new Damage("a time is in an unknown unit");
  return unit;
}

/** By the numbers of the union `Type`. */
function typeOf(number: number, type: FlatTable): ArrowType {
  switch (number) {
    case 1:
      return { layout: "null", kind: { is: "nothing" }, width: 0 };
    case 2:
      return fixed({ is: type.byte(1) !== 0 ? "integer" : "unsigned" }, type.integer(0) / 8);
    case 3: {
      const precision = type.short(0);
      const kinds = ["half", "float", "double"] as const;
      if (precision < 0 || precision > 2) throw new Damage("a number is of unknown precision");
      return fixed({ is: kinds[precision] }, 2 << precision);
    }
    case 4:
    case 5:
      return { layout: "offsets", kind: text, width: 4 };
    case 6:
      return { layout: "bits", kind: { is: "boolean" }, width: 0 };
    case 7:
      return fixed(
        { is: "decimal", scale: type.integer(1), littleEndian: true },
        type.integer(2, 128) / 8,
      );
    case 8: {
      const isDays = type.short(0, 1) === 0;
      return fixed({ is: "date", perDay: isDays ? 1 : 86400000 }, isDays ? 4 : 8);
    }
    case 9:
      return fixed({ is: "clock", perSecond: unitOf(type, 1) }, type.integer(1, 32) / 8);
    case 10: {
      const hasZone = type.text(1) !== "";
      return fixed({ is: "timestamp", perSecond: unitOf(type, 0), hasZone }, 8);
    }
    case 11: // Intervals.
      return fixed(undefined, 0);
    case 12:
    case 17: // Maps lie as lists of structs do.
      return { layout: "list", width: 4 };
    case 13:
      return { layout: "struct", width: 0 };
    case 14:
      return { layout: type.short(0) === 0 ? "union" : "dense union", width: 0 };
    case 15:
      return fixed(text, type.integer(0));
    case 16:
      return { layout: "fixed list", width: type.integer(0) };
    case 18: // Durations.
      return fixed({ is: "integer" }, 8);
    case 19:
    case 20:
      return { layout: "offsets", kind: text, width: 8 };
    case 21:
      return { layout: "list", width: 8 };
    case 22:
      return { layout: "run ends", width: 0 };
    case 23:
    case 24:
      return { layout: "views", kind: text, width: 16 };
    case 25:
    case 26:
      return { layout: "list views", width: number === 25 ? 4 : 8 };
    default:
      throw new Damage(`a column is of the unknown type ${number}`);
  }
}
