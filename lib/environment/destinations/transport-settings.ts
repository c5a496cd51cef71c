import * as z from "zod/mini";
import { deliverySettings } from "../delivery/delivery-settings";
import { hostName, labelName, objectName, secretKey } from "../setting-types";
import { compressions } from "./destination";
import { headers } from "./header-settings";

const tls = z.strictObject({
  ca_secret: z.exactOptional(
    objectName({
      description:
        "The Secret with the CA that signed the destination's certificate, in the agent's namespace. Unset: the system's CAs.",
      examples: ["otlp-ca"],
    }),
  ),
  ca_key: z.exactOptional(
    secretKey({ description: "The CA's key in that Secret. Unset: ca.crt.", examples: ["ca.crt"] }),
  ),
  server_name: z.exactOptional(
    hostName({
      description: "The name in the destination's certificate. Unset: that in the URL.",
      examples: ["otlp.example.com"],
    }),
  ),
});

/**
 * How requests reach a destination, whichever it is.
 *
 * @param credentials what to write in place of a header with credentials
 */
export function transportSettings(credentials: (header: string) => string) {
  return {
    tls: z
      .exactOptional(tls)
      .check(z.describe("How the destination's certificate is verified. Unset: as the system does.")),
    headers: z
      .exactOptional(headers(credentials))
      .check(z.describe("Headers of each request, by name. Everyone who reads the ConfigMap reads them.")),
    compression: z
      .exactOptional(z.enum(compressions))
      .check(z.describe("How requests are compressed, or none. Unset: gzip.")),
    ...deliverySettings,
  };
}

/** Of which namespaces a destination gets the logs. */
export const logNamespaces = z
  .exactOptional(
    z
      .array(labelName({ description: "A namespace whose logs are sent there.", examples: ["ais"] }))
      .check(z.minLength(1, { error: "names no namespace; leave it out for all logs, or name one" })),
  )
  .check(z.describe("The namespaces whose logs are sent there. Unset: all."));
