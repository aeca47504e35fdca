/**
 * Prints what WebGPU says of the adapter, and how it forms subgroups where it grants them: what
 * `doctor` leaves out, for a log that is read on another machine.
 *
 * Usage: deno run --no-prompt bench/adapter.ts
 *
 * @module
 */
import { openGpu } from "../gpu/device.ts";
import { subgroupSize } from "../gpu/subgroups.ts";

const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
if (adapter === null || adapter === undefined) throw new Error("found no adapter");
const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
console.log("info:", { vendor, architecture, device, description, isFallbackAdapter });
console.log("features:", [...adapter.features].toSorted().join(", "));
// The limits are accessors of the prototype.
for (const name of Object.keys(Object.getPrototypeOf(adapter.limits)).toSorted()) {
  console.log(`limit ${name}: ${adapter.limits[name as keyof GPUSupportedLimits]}`);
}
const gpu = await openGpu("auto");
const found = await adapter.requestDevice({ requiredFeatures: ["subgroups"] }).then(
  async (device) => {
    const size = await subgroupSize({ ...gpu, device });
    device.destroy();
    return size === 0 ? "granted, but not as neighbours that all hear each other" : `of ${size}`;
  },
  (error) => `refused (${error.message})`,
);
console.log(`subgroups: ${found}; Bandpass uses those of ${gpu.subgroupSize || "none"}`);
await gpu.close();
