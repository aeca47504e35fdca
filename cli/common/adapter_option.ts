/**
 * The option `--adapter` of the commands that compute and have no configuration file; `train` has it
 * among its settings.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { trainOptions } from "../../training/configuration.ts";

/** `--adapter auto|gpu|cpu`, with the default and the words of `train`. */
export function adapterOption() {
  const { description, choices, default: auto } = trainOptions.adapter;
  return new Option("--adapter <which>", description).choices(choices).default(auto);
}
