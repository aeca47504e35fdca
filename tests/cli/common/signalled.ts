/**
 * A process that waits for signals: `signalled.ts training` as a training does that takes long to save its
 * state, `signalled.ts writing FILE` as a command does that writes a file which never ends.
 *
 * @module
 */
import { Interruption, removeUnfinishedAtSignals } from "../../../cli/common/interruption.ts";
import { writePartsAtomically } from "../../../data/atomic_file.ts";

const [what, path] = Deno.args;
removeUnfinishedAtSignals();
const long = () => new Promise((resolve) => setTimeout(resolve, 60_000));
if (what === "training") {
  using interruption = new Interruption("saving the state", console.error);
  interruption.signal.addEventListener("abort", () => console.log(interruption.signal.reason));
  console.log("ready");
  await long();
} else {
  await writePartsAtomically(
    path,
    async function* () {
      yield "half";
      console.log("ready");
      await long();
    }(),
  );
}
