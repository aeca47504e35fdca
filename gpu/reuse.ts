/**
 * The reuse of memory: which buffers of a session share, and what must hold for it to be safe.
 *
 * @module
 */
import { type Lifetime, lifetimes, type ProgramUses } from "./lifetimes.ts";
import { type SharedPlace, shareMemory } from "./sharing.ts";

/** A planned buffer. */
export interface PlannedBuffer {
  /** What it holds. */
  readonly label: string;
  /** Its size. */
  readonly bytes: number;
}

/** Decides which buffers share memory, and refuses whatever would find their content replaced. */
export class Reuse<B extends PlannedBuffer> {
  #programs: ProgramUses<B>[] = [];
  #kept = new Set<B>();
  #lent = new Map<B, Lifetime<B>>();
  #running?: { program: object; next: number };

  /**
   * Takes a program into account.
   *
   * @param uses The uses of its launches; it grows until the program is compiled.
   */
  follow(uses: ProgramUses<B>): void {
    this.#programs.push(uses);
  }

  /**
   * Keeps a buffer from sharing.
   *
   * @param buffer The buffer.
   * @throws {Error} It shares already.
   */
  keep(buffer: B): void {
    this.refuseShared(buffer);
    this.#kept.add(buffer);
  }

  /**
   * The places of those buffers that may share, by what is known of programs so far.
   *
   * @param buffers Buffers that have no memory yet, and hold nothing at first.
   */
  places(buffers: readonly B[]): SharedPlace<B>[] {
    const lives = this.#lives();
    const sharing = buffers.flatMap((buffer) => {
      const life = lives.get(buffer);
      return life === undefined || this.#kept.has(buffer) ? [] : [life];
    });
    return shareMemory(sharing, ({ bytes }) => bytes);
  }

  /**
   * Takes places as given.
   *
   * @param places Of {@linkcode places}.
   * @throws {Error} Launches that were unknown when a buffer was given its place use it.
   */
  lend(places: readonly SharedPlace<B>[]): void {
    const lives = this.#lives();
    for (const [{ label }, then] of this.#lent) {
      const now = lives.get(then.buffer);
      if (now?.first === then.first && now.last === then.last) continue;
      throw new Error(
        `"${label}" shares its memory, and a program that was planned later uses it: keep() it, or plan ` +
          "all programs before the first is compiled",
      );
    }
    for (const buffer of places.flatMap(({ buffers }) => buffers)) {
      this.#lent.set(buffer, lives.get(buffer)!);
    }
  }

  /**
   * Refuses a buffer whose memory may hold another by now.
   *
   * @param buffer What the CPU is about to read or write.
   * @throws {Error} It shares its memory.
   */
  refuseShared(buffer: B): void {
    if (!this.#lent.has(buffer)) return;
    throw new Error(`"${buffer.label}" shares its memory: keep() it before programs are compiled`);
  }

  /**
   * Refuses a run that would find the content of buffers replaced.
   *
   * @param program The program that runs.
   * @param first Its first launch.
   * @param end The launch after the last.
   * @throws {Error} It begins in the middle, and not where it was left.
   */
  proceed(program: object, first: number, end: number): void {
    if (first !== 0 && (this.#running?.program !== program || this.#running.next !== first)) {
      throw new Error(
        `Programs that share memory run in order: launch ${first} does not follow the last one`,
      );
    }
    this.#running = { program, next: end };
  }

  #lives(): Map<B, Lifetime<B>> {
    return new Map(lifetimes(this.#programs).map((life) => [life.buffer, life]));
  }
}
