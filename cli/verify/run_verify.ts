/**
 * What `verify` does with what the user asked for.
 *
 * @module
 */
import type { AdapterChoice } from "../../gpu/device.ts";
import { compareWithGolden } from "../../verification/golden.ts";
import { openDevice } from "../common/device.ts";
import type { VerifyActions } from "./verify_command.ts";

/**
 * Opens the adapter that golden files are run on.
 *
 * @param adapter Which one.
 */
export async function openVerification(adapter: AdapterChoice): Promise<VerifyActions> {
  const gpu = await openDevice(adapter);
  return {
    verifyFile: (file) => compareWithGolden(gpu, file),
    close: () => gpu.close(),
  };
}
