import * as z from "zod/mini";
import { defaultResources } from "./resources";
import { listenAddress, port, quantity } from "./setting-types";

// The settings of what runs Alloy, by section.

const amounts = (what: string, unset: { readonly cpu: string; readonly memory: string }) =>
  z.strictObject({
    cpu: z.exactOptional(
      quantity({
        description: `Cores that the agent ${what}. Unset: ${unset.cpu}.`,
        examples: ["500m", "none"],
      }),
    ),
    memory: z.exactOptional(
      quantity({
        description: `Bytes that the agent ${what}. Unset: ${unset.memory}.`,
        examples: ["512Mi", "none"],
      }),
    ),
  });

const requests = amounts("asks for", defaultResources.requests);
const limits = amounts("may use", defaultResources.limits);

export const resources = z.strictObject({
  requests: z.exactOptional(requests).check(z.describe("What the node keeps for the agent.")),
  limits: z
    .exactOptional(limits)
    .check(
      z.describe(
        "What the agent may use at most. Alloy takes 90 % of the memory for its GOMEMLIMIT, at which it frees memory sooner.",
      ),
    ),
});

export const ui = z.strictObject({
  expose: z.exactOptional(
    z
      .boolean()
      .check(
        z.describe(
          "true: on the node's network, Alloy's UI is open to everyone who reaches the node. Unset: it listens on 127.0.0.1 there.",
        ),
      ),
  ),
  port: z.exactOptional(port({ description: "The port of Alloy's UI. Unset: 12345.", examples: ["12346"] })),
});

export const reloader = z.strictObject({
  listen_address: z.exactOptional(
    listenAddress({
      description: "Where the sidecar that reloads Alloy serves its own metrics. Unset: nowhere.",
      examples: ["127.0.0.1:18080"],
    }),
  ),
});

export const podSecurity = z
  .exactOptional(z.enum(["restricted", "baseline", "privileged"]))
  .check(
    z.describe(
      "The Pod Security level of the agent's namespace, where others live in it and need more. Unset: the lowest that admits the agent's pod.",
    ),
  );
