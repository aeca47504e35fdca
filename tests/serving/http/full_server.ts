/**
 * A server in a process of its own, which may have few files open: it prints its port, and what troubles it.
 *
 * @module
 */
import { HttpServer } from "../../../serving/http/http_server.ts";

if (import.meta.main) {
  const address = { host: "127.0.0.1", port: 0 };
  const server = new HttpServer(address, () => new Response("answered"), (trouble) => {
    console.error(String(trouble));
  });
  console.log(server.port);
}
