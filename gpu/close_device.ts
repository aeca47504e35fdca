/**
 * How a device is given back.
 *
 * @module
 */

/**
 * Destroys a device when it has done what it was told: a process that exits while the threads of a software driver
 * compute crashes now and then (webgpu.md, trap 15).
 *
 * @param device The device.
 */
export async function closeDevice(device: GPUDevice): Promise<void> {
  await Promise.race([device.queue.onSubmittedWorkDone().catch(() => {}), device.lost]);
  device.destroy();
}
