import type { Construct } from "constructs";
import type { OtelcolTLSClientArguments } from "../../../imports/alloy/blocks";
import { all, type ConnectionRequirement, choose, connectionTo, differ, type Requirement } from "../../alloy";
import { type Destination, type Signal, signalUrl } from "../../environment";
import { secretContent, secretFile, secretFiles, trustedCas } from "../node/node";

/** The connections that an exporter of some signals opens: to the signals' URLs. */
export function connectionsTo(
  destination: Destination,
  signals: readonly Signal[],
): readonly ConnectionRequirement[] {
  const urls = new Set(signals.flatMap((signal) => signalUrl(destination, signal) ?? []));
  return [...urls].flatMap((url) => connectionTo(url) ?? []);
}

/** How an exporter verifies its server, and its own client certificate. */
export interface ClientTls {
  /** Absent: as Alloy does by itself. */
  readonly tls?: OtelcolTLSClientArguments | undefined;
  readonly requirements: readonly Requirement[];
}

/**
 * How an exporter verifies its server, and its own client certificate. As long as a part of it is missing,
 * no server is trusted, so that no request leaves.
 *
 * @param label begins those of the components that it takes
 */
export function clientTls(scope: Construct, label: string, { auth, tls }: Destination): ClientTls {
  const mtls = auth.type === "mtls" ? auth : undefined;
  const caKey = tls?.ca ?? (mtls && { secret: mtls.secret, key: mtls.keys.ca });
  const serverName = tls?.serverName;
  if (caKey === undefined) {
    return { ...(serverName !== undefined && { tls: { serverName } }), requirements: [] };
  }

  const ca = secretContent(scope, `${label}_ca`, caKey);
  if (mtls === undefined) return { tls: { caPem: trustedCas(ca), serverName }, requirements: [] };
  const { secret, keys } = mtls;
  const [certificate, key] = [
    { secret, key: keys.certificate },
    { secret, key: keys.key },
  ];
  const isComplete = all(
    differ(secretContent(scope, `${label}_certificate`, certificate), ""),
    differ(secretContent(scope, `${label}_key`, key), ""),
  );
  return {
    tls: {
      caPem: trustedCas(choose(isComplete, ca, "")),
      // A changed pair is read at the next handshake. By its content the exporter would be made anew in between.
      certFile: choose(isComplete, secretFile(certificate), ""),
      keyFile: choose(isComplete, secretFile(key), ""),
      reloadInterval: "10s",
      serverName,
    },
    requirements: [secretFiles(secret, keys.certificate, keys.key)],
  };
}
