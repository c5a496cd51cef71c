import type { RequirementOf } from "../../alloy/requirement";
import type { EnvVar } from "../kubernetes";
import { WorkloadError } from "../workload-error";
import { groupBy, requiredOf } from "./required";
import type { Grant } from "./required-by";

/** An environment variable of the agent. */
export interface VariableGrant extends Grant {
  readonly variable: EnvVar;
}

/**
 * The environment variables that components take from Secrets, by name. They are unset while the key is missing.
 *
 * @throws WorkloadError when one variable is wanted from two keys
 */
export function secretVariables(requirements: readonly RequirementOf[]): readonly VariableGrant[] {
  const byName = groupBy(
    requiredOf(requirements, "secretVariable"),
    ({ requirement }) => requirement.variable,
  );
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, wanted]) => {
      const [first, ...others] = wanted.map(({ requirement }) => requirement);
      if (first === undefined) {
        return [];
      }
      const other = others.find(({ secret, key }) => secret !== first.secret || key !== first.key);
      if (other !== undefined) {
        throw new WorkloadError(
          `variable ${name} is wanted from ${first.secret}/${first.key} and from ${other.secret}/${other.key}`,
        );
      }
      return [
        {
          what: `variable ${name} from Secret ${first.secret}`,
          components: wanted.map(({ component }) => component),
          variable: {
            name,
            valueFrom: { secretKeyRef: { name: first.secret, key: first.key, optional: true } },
          },
        },
      ];
    });
}
