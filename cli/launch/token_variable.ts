/**
 * Where the environment has the token of a server; the launcher lets that command alone read it.
 *
 * @module
 */

/** The name of the variable. */
export const tokenVariable = "BANDPASS_TOKEN";
