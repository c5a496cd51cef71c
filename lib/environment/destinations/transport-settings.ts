import * as z from "zod/mini";
import { deliverySettings } from "../delivery/delivery-settings";
import { defaulted, optional, section, worded } from "../setting";
import { hostName, labelName, objectName, oneOf, secretKey } from "../setting-types";
import { compressions } from "./destination";
import { headers } from "./header-settings";

const tls = section(
  {
    ca_secret: optional(objectName(), {
      description:
        "The Secret with the CA that signed the destination's certificate, in the agent's namespace.",
      unset: "the system's CAs",
      example: "otlp-ca",
    }),
    ca_key: defaulted(secretKey(), "ca.crt", { description: "The CA's key in that Secret." }),
    server_name: optional(hostName(), {
      description: "The name in the destination's certificate.",
      unset: "that in the URL",
      example: "otlp.example.com",
    }),
  },
  "How the destination's certificate is verified.",
);

/**
 * How requests reach a destination, whichever it is.
 *
 * @param credentials what to write in place of a header with credentials
 */
export function transportSettings(credentials: (header: string) => string) {
  return {
    tls,
    headers: defaulted(
      worded(headers(credentials), "texts by name"),
      {},
      {
        description: "Headers of each request, by name. Everyone who reads the ConfigMap reads them.",
      },
    ),
    compression: optional(oneOf(compressions), {
      description: "How requests are compressed, or none.",
      unset: "gzip",
    }),
    ...deliverySettings,
  };
}

/** Of which namespaces a destination gets the logs. */
export const logNamespaces = optional(
  z
    .array(labelName())
    .check(z.minLength(1, { error: "names no namespace; leave it out for all logs, or name one" })),
  { description: "The namespaces whose logs are sent there.", unset: "all", example: "ais" },
);
