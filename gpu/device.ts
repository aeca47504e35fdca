/**
 * Opening a device: which adapter, and how its errors become loud.
 *
 * @module
 */
import { GpuError, type Message } from "../errors.ts";
import { closeDevice } from "./close_device.ts";
import { type Gpu, type LimitName, wantedLimits } from "./gpu.ts";
import { adapterFamily, shippedChoices } from "./kernel_choices.ts";
import { subgroupSize } from "./subgroups.ts";

/** Which adapter to open: the best one, a hardware GPU or nothing, or the software driver. */
export type AdapterChoice = "auto" | "gpu" | "cpu";

/** The fewest storage buffers a stage that our kernels bind. */
const neededStorageBuffers = 8;

/** What to do where there is no adapter. */
export const driverRemedy: Message = ({ command }): string =>
  'Install a Vulkan driver ("apt-get install mesa-vulkan-drivers libvulkan1" gives a software one ' +
  "on Debian and Ubuntu; NVIDIA's in a container also needs libegl1, libglvnd0, libx11-6 and " +
  `libxext6), then run ${command("doctor")}`;

/**
 * Opens a device.
 *
 * @param choice Which adapter.
 * @throws {GpuError} There is no such adapter, or it cannot do what Bandpass needs.
 * @example
 * ```ts no-eval
 * import { openGpu } from "./device.ts";
 * const gpu = await openGpu("auto");
 * console.log(gpu.name);
 * await gpu.close();
 * ```
 */
export async function openGpu(choice: AdapterChoice): Promise<Gpu> {
  const adapter = await navigator.gpu?.requestAdapter({
    powerPreference: "high-performance",
    forceFallbackAdapter: choice === "cpu",
  }) ?? undefined;
  if (adapter === undefined) {
    throw new GpuError(
      `Cannot open the GPU: no ${choice === "cpu" ? "software " : ""}adapter found`,
      driverRemedy,
    );
  }
  const name = adapterName(adapter.info);
  const software = isSoftware(adapter.info);
  const family = adapterFamily(adapter.info, software);
  if (choice === "gpu" && software) {
    throw new GpuError(
      ({ setting }) =>
        `Cannot use ${
          setting("adapter", "gpu")
        }: the only adapter is the software driver "${name}"`,
      ({ setting }) => `Install the driver of your GPU, or use ${setting("adapter", "cpu")}`,
    );
  }
  if (choice === "cpu" && !software) {
    throw new GpuError(
      ({ setting }) =>
        `Cannot use ${setting("adapter", "cpu")}: the adapter found is the hardware GPU "${name}"`,
      ({ setting }) => `Install Mesa's software driver, or use ${setting("adapter", "gpu")}`,
    );
  }
  if (adapter.limits.maxStorageBuffersPerShaderStage < neededStorageBuffers) {
    throw new GpuError(
      `Cannot use the adapter "${name}": it binds ` +
        `${adapter.limits.maxStorageBuffersPerShaderStage} storage buffers per stage, ` +
        `${neededStorageBuffers} are needed`,
      "Use another adapter",
    );
  }
  const limits = Object.fromEntries(
    Object.entries(wantedLimits).map((
      [limit, wanted],
    ) => [limit, Math.min(wanted, adapter.limits[limit as LimitName])]),
  ) as Record<LimitName, number>;
  const timestamps = adapter.features.has("timestamp-query");
  const request = (features: readonly GPUFeatureName[]) =>
    adapter.requestDevice({
      label: "bandpass",
      requiredLimits: limits,
      requiredFeatures: [...timestamps ? ["timestamp-query"] as const : [], ...features],
    });
  // Deno hides subgroups among the features of an adapter, and grants them (webgpu.md, trap 10).
  let hasSubgroups = software;
  const device = hasSubgroups
    ? await request(["subgroups"]).catch(() => {
      hasSubgroups = false;
      return request([]);
    })
    : await request([]);
  const openSibling = () => request(hasSubgroups ? ["subgroups"] : []);
  const failures: string[] = [];
  let closed = false;
  device.addEventListener("uncapturederror", (event) => {
    event.preventDefault();
    failures.push((event as GPUUncapturedErrorEvent).error.message);
  });
  device.lost.then((info) => {
    if (!closed) failures.push(`the device was lost (${info.message})`);
  });
  const gpu: Gpu = {
    device,
    name,
    software,
    family,
    kernels: shippedChoices[family],
    limits,
    timestamps,
    subgroupSize: 0,
    textureRows: readsTextures() ? device.limits.maxTextureDimension2D : 0,
    enablesSubgroups: hasSubgroups && adapter.features.has("subgroups"),
    // Its cache on disk is shared by devices; a browser's processes cannot reach it.
    ...family === "lavapipe" && "Deno" in globalThis && { openSibling },
    check() {
      if (failures.length === 0) return;
      const more = failures.length > 1 ? ` (and ${failures.length - 1} more)` : "";
      throw new GpuError(
        `The GPU "${name}" reported: ${failures[0]}${more}`,
        ({ command }) =>
          `Run ${command("doctor")}; if it passes, report this message as a bug in Bandpass`,
      );
    },
    async close() {
      closed = true;
      await closeDevice(device);
    },
  };
  return hasSubgroups ? { ...gpu, subgroupSize: await subgroupSize(gpu) } : gpu;
}

function adapterName(info: GPUAdapterInfo): string {
  // Browsers tell no more than the makers' names, lest a visitor be known again by them.
  const made = [info.vendor, info.architecture].filter((name) => name !== "").join(" ");
  return info.description || info.device || made || "unnamed adapter";
}

/** Whether WGSL has storage textures that are read; Deno's types know nothing of what they ask. */
function readsTextures(): boolean {
  const gpu: GPU & { readonly wgslLanguageFeatures?: ReadonlySet<string> } = navigator.gpu;
  return gpu.wgslLanguageFeatures?.has("readonly_and_readwrite_storage_textures") ?? false;
}

/** Software drivers by the names that Mesa, Google and Microsoft give them. */
function isSoftware(info: GPUAdapterInfo): boolean {
  return info.isFallbackAdapter === true ||
    /llvmpipe|lavapipe|swiftshader|basic render/i.test(
      `${info.description} ${info.device} ${info.architecture}`,
    );
}
