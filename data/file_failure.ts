/**
 * What the operating system's refusals mean to the user.
 *
 * @module
 */
import { BandpassError, DataError } from "../errors.ts";

/** What went wrong and what to do about it, in words. */
interface Reason {
  readonly what: string;
  readonly nextStep: string;
}

function reasonOf(error: unknown): Reason {
  const code = (error as { code?: string }).code;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return { what: "no space is left on the disk", nextStep: "Free some space and run again" };
  }
  if (code === "EROFS") {
    return {
      what: "the file system is read-only",
      nextStep: "Choose a folder that you can write to",
    };
  }
  if (code === "ENOTEMPTY" || code === "EEXIST") {
    return {
      what: "a file or folder with this name already exists",
      nextStep: "Remove or rename it, and run again",
    };
  }
  if (error instanceof Deno.errors.NotCapable) {
    return {
      what: "Deno has no permission for this path",
      nextStep: "Choose a path inside the project, or run Deno with a permission for this one",
    };
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return {
      what: "permission denied",
      nextStep: "Change the permissions of the file and its folder, or choose another path",
    };
  }
  if (error instanceof Deno.errors.IsADirectory) {
    return { what: "it is a folder, expected a file", nextStep: "Name a file inside it" };
  }
  if (error instanceof Deno.errors.NotADirectory) {
    return {
      what: "there is a file where a folder is expected",
      nextStep: "Check the path: it, or what comes before a slash in it, has to be a folder",
    };
  }
  if (error instanceof Deno.errors.FilesystemLoop) {
    return {
      what: "its symbolic links lead in a circle",
      nextStep: "Remove the link that leads back, or name the file itself",
    };
  }
  if (code === "ENAMETOOLONG") {
    return { what: "its name is too long for the file system", nextStep: "Choose a shorter name" };
  }
  if (error instanceof Deno.errors.NotFound) {
    return {
      what: "the file or its folder does not exist",
      nextStep: "Check the path, or create the folder first",
    };
  }
  return {
    what: error instanceof Error ? error.message : String(error),
    nextStep: "Check that the path is right and that the disk is sound",
  };
}

/**
 * The error to report when a file of the user's cannot be opened or read.
 *
 * @param path The file.
 * @param error What Deno threw.
 * @returns `error` itself if it is a {@linkcode BandpassError} already, else a {@linkcode DataError}.
 * @example
 * ```ts
 * import { readFailure } from "./file_failure.ts";
 * readFailure("a.inter", new Deno.errors.NotFound()).exitCode; // 3
 * ```
 */
export function readFailure(path: string, error: unknown): BandpassError {
  if (error instanceof BandpassError) return error;
  const { what, nextStep } = reasonOf(error);
  return new DataError(`Cannot read "${path}": ${what}`, nextStep);
}

/**
 * The error to report when a file or a folder cannot be written (exit code 1).
 *
 * @param path The file or folder.
 * @param error What Deno threw.
 * @returns `error` itself if it is a {@linkcode BandpassError} already, else one with the reason.
 * @example
 * ```ts
 * import { writeFailure } from "./file_failure.ts";
 * writeFailure("runs/a", new Deno.errors.PermissionDenied()).exitCode; // 1
 * ```
 */
export function writeFailure(path: string, error: unknown): BandpassError {
  if (error instanceof BandpassError) return error;
  const { what, nextStep } = reasonOf(error);
  return new BandpassError(`Cannot write "${path}": ${what}`, nextStep);
}
