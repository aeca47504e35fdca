/**
 * What is meant where the user names no dataset.
 *
 * @module
 */

/** Where datasets are looked for unless the user says otherwise. */
export const defaultDataDirectory = "datasets";

/** The name of the built-in dataset. */
export const sampleName = "sample";
