import type { Problem } from "./problem";
import type { EnvironmentSource } from "./source";

/** An environment that sends to a remote. */
export interface RemoteSender {
  readonly source: EnvironmentSource;
  /** The value of the attribute `cluster`. */
  readonly cluster: string;
}

/**
 * Environments that a remote couldn't tell apart, since they send under the same `cluster`.
 *
 * @param senders those to report problems of
 * @param others those whose labels are taken as well
 */
export function sharedLabels(senders: readonly RemoteSender[], others: readonly RemoteSender[]): Problem[] {
  const owners = new Map<string, EnvironmentSource>();
  for (const { cluster, source } of others) {
    owners.set(cluster, source);
  }
  const problems: Problem[] = [];
  for (const { cluster, source } of senders) {
    const owner = owners.get(cluster);
    if (owner === undefined) {
      owners.set(cluster, source);
      continue;
    }
    const { file, line, column } = owner.problem(["remote", "label"], "");
    const message = `the cluster is ${JSON.stringify(cluster)} as in ${file}:${line}:${column}, and a remote couldn't tell the two apart; write another label`;
    problems.push(source.problem(["remote", "label"], message));
  }
  return problems;
}
