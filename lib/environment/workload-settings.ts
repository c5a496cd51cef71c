import * as z from "zod/mini";
import { defaultResources } from "./resources";
import { listenAddress, listenPort, port, quantity } from "./setting-types";

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
        "What the agent may use at most. Go is told of it: GOMEMLIMIT is 90 % of the memory, near which it is freed sooner.",
      ),
    ),
});

export const ui = z.strictObject({
  expose: z.exactOptional(
    z
      .boolean()
      .check(
        z.describe(
          "true: Alloy's UI is open to everyone who reaches the node, with host_network, or else the pod. Unset: it listens on 127.0.0.1 of the node, or a NetworkPolicy keeps others out.",
        ),
      ),
  ),
  port: z.exactOptional(
    listenPort({ description: "The port of Alloy's UI. Unset: 12345.", examples: ["12346"] }),
  ),
});

export const reloader = z.strictObject({
  listen_address: z.exactOptional(
    listenAddress({
      description: "Where the sidecar that reloads Alloy serves its own metrics. Unset: nowhere.",
      examples: ["127.0.0.1:18080"],
    }),
  ),
});

export const createNamespace = z
  ._default(z.boolean(), true)
  .check(
    z.describe(
      "false: the namespace is there already, and its Pod Security level is others' to say. No Namespace is made.",
    ),
  );

export const podSecurity = z
  .exactOptional(z.enum(["restricted", "baseline", "privileged"]))
  .check(
    z.describe(
      "The Pod Security level of the agent's namespace, where others live in it and need more. Unset: the lowest that admits the agent's pod.",
    ),
  );

export const networkPolicy = z
  ._default(z.boolean(), true)
  .check(
    z.describe(
      "false: no NetworkPolicy limits the agent to what it uses. With host_network there is none, as it would have no effect.",
    ),
  );

export const apiServerPorts = z
  .exactOptional(
    z
      .array(port({ description: "A TCP port.", examples: ["8443"] }))
      .check(z.minLength(1, { error: "names no port; leave it out for 443 and 6443, or write one" })),
  )
  .check(
    z.describe("The TCP ports at which the Kubernetes API is, for the NetworkPolicy. Unset: 443 and 6443."),
  );
