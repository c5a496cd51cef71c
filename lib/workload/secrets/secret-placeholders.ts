import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import { sortedSet } from "../grants/required";
import type { SecretGrant } from "../grants/secret-volumes";
import { secretPlaceholdersName } from "../names";

/** The ConfigMap with an empty text for each file of a Secret; none where no Secret is read. */
export class SecretPlaceholders extends Construct {
  constructor(scope: Construct, id: string, namespace: string, secrets: readonly SecretGrant[]) {
    super(scope, id);
    const files = sortedSet(secrets.flatMap(({ keys }) => keys));
    if (files.length === 0) return;
    new ApiObject(this, "ConfigMap", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: secretPlaceholdersName, namespace },
      data: Object.fromEntries(files.map((file) => [file, ""])),
    });
  }
}
