import type { Requirement } from "../../alloy";
import type { Destination } from "../../environment";
import { secretFile, secretFiles } from "../secret-files";

/** The arguments of an exporter's client by which it knows the server, and the server may know it. */
export interface ClientTls {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly reloadInterval?: "10m";
  readonly serverName?: string;
}

/**
 * How an exporter verifies its server, and the certificate that it shows of itself.
 *
 * A changed certificate is read within ten minutes. The CA is read when the exporter starts: a missing one keeps it
 * from starting until the next reload finds it, a changed one is read when the pod starts again.
 */
export function clientTls({ auth, tls }: Destination): {
  readonly tls?: ClientTls;
  readonly requirements: readonly Requirement[];
} {
  const mtls = auth.type === "mtls" ? auth : undefined;
  const ca = tls?.ca ?? (mtls && { secret: mtls.secret, key: mtls.keys.ca });
  if (ca === undefined && tls?.serverName === undefined) return { requirements: [] };
  return {
    tls: {
      ...(ca && { caFile: secretFile(ca.secret, ca.key) }),
      ...(mtls && {
        certFile: secretFile(mtls.secret, mtls.keys.certificate),
        keyFile: secretFile(mtls.secret, mtls.keys.key),
        reloadInterval: "10m",
      }),
      ...(tls?.serverName !== undefined && { serverName: tls.serverName }),
    },
    requirements: [
      ...(ca ? [secretFiles(ca.secret, ca.key)] : []),
      ...(mtls ? [secretFiles(mtls.secret, mtls.keys.certificate, mtls.keys.key)] : []),
    ],
  };
}
