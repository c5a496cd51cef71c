import * as z from "zod";

const metadata = z.strictObject({ name: z.string().min(1), namespace: z.literal("monitoring") });
const duration = z.string().regex(/^[0-9]+(\.[0-9]+)?(s|m|h)$/);

/** What this project uses of `external-secrets.io/v1`, by the operator's CustomResourceDefinition. */
const externalSecret = z.strictObject({
  apiVersion: z.literal("external-secrets.io/v1"),
  kind: z.literal("ExternalSecret"),
  metadata,
  spec: z.strictObject({
    refreshInterval: duration,
    secretStoreRef: z.strictObject({
      name: z.string().min(1).max(253),
      kind: z.enum(["SecretStore", "ClusterSecretStore"]),
    }),
    target: z.strictObject({ name: z.string().min(1).max(253) }),
    data: z
      .array(
        z.strictObject({
          secretKey: z.string().regex(/^[-._a-zA-Z0-9]{1,253}$/),
          remoteRef: z.strictObject({
            key: z.string(),
            property: z.string(),
            conversionStrategy: z.enum(["Default", "Unicode"]),
            decodingStrategy: z.enum(["Auto", "Base64", "Base64URL", "None"]),
            metadataPolicy: z.enum(["None", "Fetch"]),
          }),
        }),
      )
      .min(1),
  }),
});

/** What this project uses of `secrets.hashicorp.com/v1beta1`, by the operator's CustomResourceDefinition. */
const vaultStaticSecret = z.strictObject({
  apiVersion: z.literal("secrets.hashicorp.com/v1beta1"),
  kind: z.literal("VaultStaticSecret"),
  metadata,
  spec: z.strictObject({
    vaultAuthRef: z.string().optional(),
    mount: z.string(),
    path: z.string(),
    type: z.enum(["kv-v1", "kv-v2"]),
    refreshAfter: duration,
    destination: z.strictObject({
      name: z.string(),
      create: z.boolean(),
      transformation: z.strictObject({ excludeRaw: z.boolean(), includes: z.array(z.string()).min(1) }),
    }),
  }),
});

const texts = z.record(z.string(), z.string());

const prometheusRule = z.strictObject({
  apiVersion: z.literal("monitoring.coreos.com/v1"),
  kind: z.literal("PrometheusRule"),
  metadata: z.strictObject({ name: z.string(), namespace: z.string(), labels: texts.optional() }),
  spec: z.strictObject({
    groups: z.array(
      z.strictObject({
        name: z.string().min(1),
        rules: z.array(
          z.strictObject({
            alert: z.string(),
            expr: z.string(),
            for: z
              .string()
              .regex(/^\d+[smh]$/)
              .optional(),
            labels: texts,
            annotations: texts,
          }),
        ),
      }),
    ),
  }),
});

/** A custom resource that this project makes. */
export const customResource = z.discriminatedUnion("kind", [
  externalSecret,
  vaultStaticSecret,
  prometheusRule,
]);

const head = z.object({ apiVersion: z.string(), kind: z.string() });

/** Whether an object is of an API that Kubernetes doesn't bring along. */
export function isCustomResource(object: unknown): object is z.infer<typeof head> {
  const { data } = head.safeParse(object);
  return (
    data !== undefined &&
    ["external-secrets.io", "monitoring.coreos.com", "secrets.hashicorp.com"].includes(
      data.apiVersion.replace(/\/.*/, ""),
    )
  );
}
