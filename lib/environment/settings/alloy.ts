import * as z from "zod/mini";
import type { ParsedConfig } from "../../alloy";
import { nodePathMistake } from "../../schema";
import { defaulted, mistakes, worded } from "../schema/setting-types";
import type { Settings } from "./settings";

/** The path of a file in Alloy's language. What it may be else is seen where it is read. */
function alloyFile() {
  return worded(z.string().check(z.meta({ pattern: "^[^/\\\\][^\\\\]*\\.alloy$" })), "path of a file");
}

export const alloyFiles = defaulted(z.array(alloyFile()), [], {
  description:
    "Files in Alloy's own language, by their paths from this one, whose components are added to the pipeline. docs/alloy-files.md says what they may use of it, and what follows from them.",
  example: "gpu.alloy",
});

/** A file in Alloy's own language that an environment adds to its pipeline. */
export interface AlloyFile {
  /** Its path from the environments' folder, the same on each machine. */
  readonly name: string;
  /** Its places have the path as it is shown to the operator. */
  readonly config: ParsedConfig;
}

/** Where a component connects to. */
export interface Endpoint {
  /** Absent: whatever host has the port. */
  readonly host?: string | undefined;
  readonly port: number;
}

/** What a component of a file needs beyond what its arguments tell. */
export interface AlloyNeeds {
  readonly connections: readonly Endpoint[];
  /** Paths of the node that it reads, at the same place in the container. */
  readonly paths: readonly string[];
}

const endpointPattern =
  /^(\[[\da-fA-F:.]+\]|(?=[^:]{1,253}:)[A-Za-z0-9](?:[-.\w]*[A-Za-z0-9])?|):([1-9]\d{0,4})$/;

/** For editors: a path, or what {@link endpointPattern} takes. */
const needPattern = `^/|${endpointPattern.source}`;

function needMistakes(text: string): readonly string[] {
  const path = text.startsWith("/") ? nodePathMistake(text, "/var/log/app") : undefined;
  if (text.startsWith("/")) return path === undefined ? [] : [path];
  const [, , port] = endpointPattern.exec(text) ?? [];
  return port === undefined || Number(port) > 65_535
    ? [
        "is neither an endpoint nor a path; write a host and its port, such as mimir.example.com:443, the port of any host, such as :9400, or a path of the nodes",
      ]
    : [];
}

/** What the files' components need, by their addresses, where only a running Alloy knows it. */
export const alloyRequires = defaulted(
  worded(
    z.record(z.string(), z.array(z.string().check(mistakes(needMistakes), z.meta({ pattern: needPattern })))),
    "by the component's address a list of `host:port`, `:port` and paths of the nodes",
  ),
  {},
  {
    description:
      "What components of `alloy_files` connect to, and read of the nodes, where their arguments don't say it before Alloy runs. Synth asks for it.",
    example: "{loki.write.central: [loki.example.com:443]}",
  },
);

/** What the files' components need, by their addresses. */
export function toAlloyNeeds(settings: Settings["alloy_requires"]): ReadonlyMap<string, AlloyNeeds> {
  return new Map(
    Object.entries(settings).map(([address, needs]) => [
      address,
      {
        connections: needs.filter((text) => !text.startsWith("/")).map(toEndpoint),
        paths: needs.filter((text) => text.startsWith("/")),
      },
    ]),
  );
}

function toEndpoint(text: string): Endpoint {
  const [, host = "", port] = endpointPattern.exec(text) ?? [];
  return { ...(host !== "" && { host }), port: Number(port) };
}
