/**
 * Tensors of several files as those of one, and back: names with a prefix.
 *
 * @module
 */
import type { TensorSource } from "./safetensors.ts";
import type { TensorLayout } from "./safetensors_header.ts";

/**
 * The tensors of several sources in one. Whoever opened the sources closes them.
 *
 * @param sources The sources, by what is put before the names of their tensors.
 * @param metadata What the whole says.
 */
export function joinedTensors(
  sources: ReadonlyMap<string, TensorSource>,
  metadata: Readonly<Record<string, string>>,
): TensorSource {
  const tensors = new Map<string, TensorLayout>();
  const places = new Map<string, readonly [TensorSource, string]>();
  for (const [prefix, source] of sources) {
    for (const [name, layout] of source.tensors) {
      tensors.set(`${prefix}${name}`, layout);
      places.set(`${prefix}${name}`, [source, name]);
    }
  }
  return {
    path: Array.from(sources.values(), ({ path }) => path).join('", "'),
    metadata,
    tensors,
    blocks(name) {
      const [source, own] = places.get(name)!;
      return source.blocks(own);
    },
    [Symbol.dispose]() {},
  };
}

/**
 * The tensors of a source whose names have a prefix, by the names without it. Whoever opened the source closes it.
 *
 * @param source The source.
 * @param prefix The prefix.
 */
export function tensorsUnder(source: TensorSource, prefix: string): TensorSource {
  const own = [...source.tensors].filter(([name]) => name.startsWith(prefix));
  return {
    path: source.path,
    metadata: source.metadata,
    tensors: new Map(own.map(([name, layout]) => [name.slice(prefix.length), layout])),
    blocks: (name) => source.blocks(prefix + name),
    [Symbol.dispose]() {},
  };
}
