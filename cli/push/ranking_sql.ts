/**
 * The SQL that ranks: what is printed for whoever wants it in a program, and the functions that hold it.
 *
 * @module
 */
import { identifier, literal, type PushKind, qualified } from "./layout.ts";

/** Where things are in a database. */
export interface Places {
  /** The schema of what was pushed. */
  readonly schema: string;
  /** The schema of pgvector; nothing where only lists are pushed. */
  readonly vector?: string;
}

/** The best items of the user `$1`, `$2` of them, as `recommend` gives them: by a look at all. */
const exact = (at: (name: string) => string, product: (a: string, b: string) => string) => `
SELECT ranked.item_id, ranked.score
FROM (
  SELECT i.item_id, i.item_index,
    -- A user whom the model has never seen gets popular items.
    CASE WHEN u.embedding IS NULL THEN i.popularity ELSE -(${product("i.embedding", "u.embedding")})
    END AS score
  FROM ${at("users")} AS u CROSS JOIN ${at("items")} AS i
  WHERE u.user_id = $1
    AND NOT EXISTS (SELECT FROM ${at("taken")} AS t WHERE t.user_id = $1 AND t.item_id = i.item_id)
) AS ranked
ORDER BY ranked.score DESC, ranked.item_index
LIMIT $2
`;

/** The same by the index, which passes over some of them. */
const approximate = (at: (name: string) => string, product: (a: string, b: string) => string) => `
WITH asked AS MATERIALIZED (SELECT u.embedding FROM ${at("users")} AS u WHERE u.user_id = $1)
(
  SELECT i.item_id, -(${product("i.embedding", "(SELECT embedding FROM asked)")}) AS score
  FROM ${at("items")} AS i
  WHERE (SELECT embedding IS NOT NULL FROM asked)
    AND i.item_id <> ALL (ARRAY(SELECT t.item_id FROM ${at("taken")} AS t WHERE t.user_id = $1))
  ORDER BY ${product("i.embedding", "(SELECT embedding FROM asked)")}
  LIMIT $2
)
UNION ALL
SELECT r.item_id, r.score FROM ${at("recommend")}($1, $2) AS r
WHERE (SELECT embedding IS NULL FROM asked)
`;

const fromLists = (at: (name: string) => string) => `
SELECT l.item_id, l.score::double precision AS score
FROM ${at("lists")} AS l
WHERE l.user_id = $1 AND l.rank <= $2
ORDER BY l.rank
`;

/**
 * The query of `recommend`: the best items of the user `$1`, `$2` of them, without those that they took.
 *
 * @param kind What was pushed.
 * @param places Where it is.
 */
export function rankingQuery(kind: PushKind, places: Places): string {
  const { at, product } = words(places);
  return (kind === "rows" ? exact(at, product) : fromLists(at)).trim();
}

/**
 * Statements that make the functions.
 *
 * @param kind What was pushed.
 * @param places Where it is.
 */
export function functionStatements(kind: PushKind, places: Places): string[] {
  const { at, product } = words(places);
  const exactly = definition(at("recommend"), rankingQuery(kind, places));
  if (kind === "lists") return [exactly];
  // Items that were taken are left out once the index has found them, so that it must go on for more.
  const settings = "SET hnsw.iterative_scan = 'strict_order'";
  return [
    exactly,
    definition(at("recommend_approximate"), approximate(at, product).trim(), settings),
  ];
}

function definition(name: string, query: string, settings = ""): string {
  return `CREATE OR REPLACE FUNCTION ${name}(user_id text, k integer DEFAULT 20)
RETURNS TABLE (item_id text, score double precision)
LANGUAGE sql STABLE STRICT ROWS 20 ${settings} AS ${literal(query)}`;
}

function words({ schema, vector = "" }: Places) {
  return {
    at: (name: string) => qualified(schema, name),
    // Its operator by the name of its schema, which need not be on the search path.
    product: (a: string, b: string) => `${a} OPERATOR(${identifier(vector)}.<#>) ${b}`,
  };
}
