/**
 * A server that ends in order: it answers what it has accepted, and then closes its connections.
 *
 * @module
 */
import { BandpassError } from "../../errors.ts";

/** What a server answers with. */
export type Handler = (request: Request) => Response | Promise<Response>;

/** Milliseconds in which clients that keep connections are told to open no more requests on them. */
const lingering = 300;

/** Milliseconds after which a client that takes no answer is left. */
const patience = 15_000;

/** Milliseconds until it listens again, after it could accept no more. */
const recovery = 250;

/**
 * Told why no connection is accepted: for a moment, as where too many are open, or any more.
 *
 * @param error Why.
 * @param isOver Whether none will be.
 */
export type TroubleListener = (error: unknown, isOver: boolean) => void;

/** A server that listens. */
export class HttpServer {
  readonly #handler: Handler;
  readonly #onTrouble: TroubleListener;
  #server: Deno.HttpServer<Deno.NetAddr>;
  #isEnding = false;

  /**
   * Listens.
   *
   * @param address Where.
   * @param handler What answers.
   * @param onTrouble Told where no connection is accepted.
   * @throws {BandpassError} Something else listens there, or that is not allowed.
   */
  constructor(
    address: { readonly host: string; readonly port: number },
    handler: Handler,
    onTrouble: TroubleListener = () => {},
  ) {
    const { host: hostname, port } = address;
    this.#handler = handler;
    this.#onTrouble = onTrouble;
    try {
      this.#server = this.#listen(hostname, port);
    } catch (error) {
      throw listenFailure(`${hostname}, port ${port}`, error);
    }
  }

  /** The port that it listens at. */
  get port(): number {
    return this.#server.addr.port;
  }

  /** Whether it is about to end, and connections are not to be used again. */
  get isEnding(): boolean {
    return this.#isEnding;
  }

  /**
   * Ends it: for a moment more every answer closes its connection; then nothing is accepted, and what was is answered.
   *
   * @returns Whether every client has taken its answer in time.
   */
  async end(): Promise<boolean> {
    this.#isEnding = true;
    await new Promise((resolve) => setTimeout(resolve, lingering));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<boolean>((resolve) => timer = setTimeout(resolve, patience, false));
    const isDone = await Promise.race([
      // One that could accept no more has ended by itself.
      this.#server.shutdown().then(() => true, () => true),
      late,
    ]);
    clearTimeout(timer);
    return isDone;
  }

  #listen(hostname: string, port: number): Deno.HttpServer<Deno.NetAddr> {
    const server = Deno.serve({ hostname, port, onListen() {} }, this.#handler);
    // A process may open so many files, and a connection is one: whoever opens more must not end the server.
    server.finished.catch((error) => {
      this.#onTrouble(error, false);
      this.#listenAgain(hostname, server.addr.port);
    });
    return server;
  }

  /** What was accepted before is answered all the same. */
  #listenAgain(hostname: string, port: number): void {
    setTimeout(() => {
      if (this.#isEnding) return;
      try {
        this.#server = this.#listen(hostname, port);
      } catch (error) {
        // Whoever may listen at any free port may not at the one that this was.
        const isOver = error instanceof Deno.errors.NotCapable;
        this.#onTrouble(error, isOver);
        if (!isOver) this.#listenAgain(hostname, port);
      }
    }, recovery);
  }
}

function listenFailure(place: string, error: unknown): unknown {
  if (error instanceof Deno.errors.AddrInUse) {
    return new BandpassError(
      `Cannot listen at ${place}: something else listens there`,
      ({ setting }) => `Choose another port with ${setting("port")}, or end the other program`,
    );
  }
  if (
    error instanceof Deno.errors.AddrNotAvailable ||
    error instanceof Deno.errors.PermissionDenied ||
    error instanceof TypeError || error instanceof Error && error.name === "Error"
  ) {
    return new BandpassError(
      `Cannot listen at ${place}: ${error.message}`,
      ({ setting }) =>
        `Use an address of this machine with ${setting("host")}, and a port above 1023 with ` +
        setting("port"),
    );
  }
  return error;
}
