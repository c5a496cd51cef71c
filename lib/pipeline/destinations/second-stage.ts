import { Construct } from "constructs";
import { OtelcolExporterOtlphttp } from "../../../imports/alloy/otelcol.exporter";
import { OtelcolReceiverOtlp } from "../../../imports/alloy/otelcol.receiver";
import type { AuthHandler, Expression } from "../../alloy";
import { type Destination, signalsOf } from "../../environment";
import { exportersTo, type MakeExporter } from "./exporters";

/** The way from a destination's first stage to its second: over the agent's own loopback. */
export interface StageLink {
  /** Of the destination's own. */
  readonly port: number;
  /** What the stages know each other by. */
  readonly auth: Expression<AuthHandler>;
}

export interface SecondStageProps {
  /** The destination's, as labels have it. */
  readonly name: string;
  readonly destination: Destination;
  readonly link: StageLink;
}

/**
 * Whether a destination needs a second stage: arguments of its exporter follow what a Secret holds. Alloy makes such an
 * exporter anew when that changes. One that had the queue would lose what is in memory, and can end the agent over a
 * queue on disk (v1.18.1, run).
 */
export function needsSecondStage({ auth, tls }: Destination): boolean {
  if (tls?.ca !== undefined) return true;
  return auth.type === "oauth2" ? auth.tokenUrl === undefined : auth.type !== "none";
}

/**
 * Takes what the first stage has queued, and sends it on with credentials and TLS, once, without a queue: what the
 * destination doesn't take stays with the first stage.
 */
export class SecondStage extends Construct {
  constructor(scope: Construct, id: string, { name, destination, link }: SecondStageProps) {
    super(scope, id);
    const taken = signalsOf(destination);
    const { input } = exportersTo(this, name, destination)(`${name}_send`, taken, {
      sendingQueue: { enabled: false },
      retryOnFailure: { enabled: false },
    });
    new OtelcolReceiverOtlp(this, name, {
      http: {
        endpoint: address(link),
        auth: link.auth,
        // More than any batch has: a larger one would be dropped.
        maxRequestBodySize: "256MiB",
      },
      output: {
        ...(taken.includes("metrics") && { metrics: [input] }),
        ...(taken.includes("logs") && { logs: [input] }),
      },
    }).requires({ kind: "loopbackPort", port: link.port });
  }
}

/** Makes the exporters of a first stage: they send to the second. */
export function exportersToStage(scope: Construct, link: StageLink): MakeExporter {
  return (label, _, delivery) =>
    new OtelcolExporterOtlphttp(scope, label, {
      client: {
        endpoint: `http://${address(link)}`,
        auth: link.auth,
        // The second stage's own, 30 s, is over before.
        timeout: "60s",
        compression: "none",
      },
      ...delivery,
    }).requires({ kind: "connection", to: { type: "loopback", port: link.port } });
}

function address({ port }: StageLink): string {
  return `127.0.0.1:${port}`;
}
