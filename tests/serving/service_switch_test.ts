import { assert, assertEquals, assertThrows } from "@std/assert";
import type { RecommenderService } from "../../serving/recommender_service.ts";
import { ServiceError } from "../../serving/service_error.ts";
import { ServiceSwitch } from "../../serving/service_switch.ts";

/** A service that only knows its name, and whether it has ended. */
class NamedService {
  isEnded = false;
  constructor(readonly name: string) {}
  [Symbol.asyncDispose](): Promise<void> {
    this.isEnded = true;
    return Promise.resolve();
  }
}

const asService = (service: NamedService) => service as unknown as RecommenderService;

Deno.test("ServiceSwitch serves a new run once it is open, keeps the old one where it is refused, and ends", async () => {
  const opening: ReturnType<typeof Promise.withResolvers<NamedService>>[] = [];
  const services = new ServiceSwitch(() => {
    opening.push(Promise.withResolvers());
    return opening.at(-1)!.promise.then(asService);
  });
  assertThrows(() => services.require(), ServiceError, "not loaded");
  const [first, second] = [new NamedService("first"), new NamedService("second")];
  const reloading = services.reload();
  opening[0].resolve(first);
  assertEquals(await reloading, { served: asService(first) });

  const refused = services.reload();
  assertEquals(services.require(), asService(first));
  opening[1].reject("damaged");
  assertEquals(await refused, { refused: "damaged" });
  assertEquals([services.current, first.isEnded], [asService(first), false]);

  const replaced = services.reload();
  opening[2].resolve(second);
  await replaced;
  assertEquals([services.current, first.isEnded], [asService(second), true]);
  await services[Symbol.asyncDispose]();
  assertEquals(second.isEnded, true);
});

Deno.test("ServiceSwitch gives up what it is opening when it ends", async () => {
  const services = new ServiceSwitch((signal) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject("given up")))
  );
  const reloading = services.reload();
  await services[Symbol.asyncDispose]();
  assertEquals(await reloading, { refused: "given up" });
});

Deno.test("ServiceSwitch opens once more for all that was asked while it was opening", async () => {
  const opening: ReturnType<typeof Promise.withResolvers<NamedService>>[] = [];
  const services = new ServiceSwitch(() => {
    opening.push(Promise.withResolvers());
    return opening.at(-1)!.promise.then(asService);
  });
  const first = services.reload();
  const [second, third] = [services.reload(), services.reload()];
  assert(first !== second && second === third);
  assertEquals(opening.length, 1);
  opening[0].resolve(new NamedService("before"));
  await first;
  await new Promise((resolve) => setTimeout(resolve));
  assertEquals(opening.length, 2);
  const after = new NamedService("after");
  opening[1].resolve(after);
  assertEquals(await second, { served: asService(after) });
  assertEquals([services.current, opening.length], [asService(after), 2]);
  await services[Symbol.asyncDispose]();
});
