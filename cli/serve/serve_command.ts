/**
 * `serve`: its arguments.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { UsageError } from "../../errors.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { dataDirOption } from "../common/data_dir_option.ts";
import {
  isHostName,
  isLoopback,
  type ListenAddress,
  listenAddress,
  standardAddress,
} from "../common/listen_address.ts";
import { modelFileOption } from "../common/model_option.ts";
import type { RunRequest } from "../common/open_recommender.ts";
import { userPath } from "../common/paths.ts";
import { namedRun, runArgument, runOption } from "../common/run_option.ts";
import { tokenVariable } from "../launch/token_variable.ts";

/** What is logged of requests. */
const logChoices = ["requests", "problems"] as const;

/** What the user asked `serve` for. */
export interface ServeRequest extends RunRequest {
  /** Where to listen. */
  readonly address: ListenAddress;
  /** Names, beside its address, by which the server is reached. */
  readonly hostNames: readonly string[];
  /** A file with the token that requests have to have. */
  readonly tokenFile?: string;
  /** Whether the run is loaded again where it changes. */
  readonly watch: boolean;
  /** Whether all requests are logged, or those that are refused. */
  readonly log: typeof logChoices[number];
}

/**
 * The command.
 *
 * @param run What it does.
 */
export function serveCommand(run: (request: ServeRequest) => Promise<void>): AnyCommand {
  const { host, port } = standardAddress;
  return createCommand("serve", "Answer requests for recommendations over HTTP", [
    { purpose: "On this machine alone, at http://127.0.0.1:8080", line: "serve NAME" },
    { purpose: "The newest run, also when there is a newer one", line: "serve last --watch" },
    {
      purpose: "For other machines, which have to send a token",
      line: "serve NAME --host 0.0.0.0 --token-file token.txt",
    },
  ])
    .addArgument(runArgument())
    .addOption(runOption())
    .addOption(modelFileOption())
    .addOption(dataDirOption())
    .option("--host <address>", "Where to listen; 0.0.0.0 for all networks", host)
    .option("--port <number>", "The port; 0 for any that is free", port)
    .option(
      "--host-name <name>",
      "A name by which clients reach the server, such as that of a reverse proxy; repeatable " +
        "(addresses and localhost need none)",
      (name: string, before: readonly string[] = []) => [...before, hostName(name)],
    )
    .option(
      "--token-file <file>",
      `A file with the token that requests have to have, in place of ${tokenVariable} in the ` +
        "environment; needed where other machines reach the server",
      userPath,
    )
    .option("--watch", "Load the run again when it changes, as SIGHUP does", false)
    .addOption(
      new Option("--log <what>", "Log all requests, or those that are refused, as JSON on stderr")
        .choices(logChoices).default("requests" as const),
    )
    .addOption(adapterOption())
    .action((argument, { run: option, host, port, hostName = [], ...options }) => {
      const named = namedRun("serve", argument, option);
      const address = listenAddress(host, port);
      if (address === undefined) {
        throw new UsageError(
          `Cannot listen at "${host}", port "${port}": expected a name or an address, and a port ` +
            "from 0 to 65535",
          `Leave both out for ${standardAddress.host} and ${standardAddress.port}`,
        );
      }
      const ownName = isLoopback(address.host) ? [] : [address.host];
      return run({ ...options, run: named, address, hostNames: [...ownName, ...hostName] });
    });
}

function hostName(name: string): string {
  if (isHostName(name)) return name;
  throw new UsageError(
    `Cannot use --host-name "${name}": expected a name without a scheme and a port`,
    "Write it as in shop.example.com",
  );
}
