/**
 * Encoders of our own making.
 *
 * @module
 */
import { packagesAreThere } from "../../../cli/encode/fetch_packages.ts";
import { projectFolder } from "../run_cli.ts";

/** The folder of the encoders, which `make_encoders.py` in it has made. */
export const encoders = `${projectFolder}tests/cli/encode/encoders`;

const isThere = await packagesAreThere(Deno.execPath());

/** What a test is called that cannot be run where the packages of encoders were never fetched. */
export function named(name: string): { name: string; ignore: boolean } {
  return isThere ? { name, ignore: false } : {
    name: `${name} (skipped: its packages are not here; ./bandpass encode fetches them)`,
    ignore: true,
  };
}
