import fc from "fast-check";
import type { ApiRequirement, RequirementOf } from "../../../lib/alloy";
import { type AccessGrant, accessGrants } from "../../../lib/workload/manifests/access";

function api(resource: string, verbs: readonly string[], more: Partial<ApiRequirement> = {}): ApiRequirement {
  return { kind: "api", apiGroup: "", resource, verbs, ...more };
}

function of(...requirements: readonly ApiRequirement[]): readonly RequirementOf[] {
  return requirements.map((requirement, index) => ({ component: `component.${index}`, requirement }));
}

describe("accessGrants", () => {
  test("gives no right that no component asks for", () => {
    expect(accessGrants([])).toEqual([]);
    expect(accessGrants([{ component: "a", requirement: { kind: "storage" } }])).toEqual([]);
  });

  test("merges the verbs of a resource, and the resources of equal verbs", () => {
    const [grant, ...others] = accessGrants(
      of(
        api("services", ["watch", "list"]),
        api("pods", ["list", "watch"]),
        api("pods/log", ["get"]),
        api("nodes", ["watch"]),
        api("nodes", ["list"]),
        api("ingresses", ["list"], { apiGroup: "networking.k8s.io" }),
      ),
    );
    expect(others).toEqual([]);
    expect(grant?.namespace).toBeUndefined();
    expect(grant?.rules).toEqual([
      { apiGroups: [""], resources: ["nodes", "pods", "services"], verbs: ["list", "watch"] },
      { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
      { apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["list"] },
    ]);
  });

  test("stays in a namespace where the requirement does", () => {
    const grants = accessGrants(
      of(api("pods", ["list"], { namespaces: ["b", "a"] }), api("services", ["list"], { namespaces: ["a"] })),
    );
    expect(grants.map(({ namespace, rules }) => [namespace, rules])).toEqual([
      ["a", [{ apiGroups: [""], resources: ["pods", "services"], verbs: ["list"] }]],
      ["b", [{ apiGroups: [""], resources: ["pods"], verbs: ["list"] }]],
    ]);
  });

  test("does not grant again in a namespace what is granted in the cluster", () => {
    const grants = accessGrants(
      of(api("pods", ["list", "watch"]), api("pods", ["get", "list", "watch"], { namespaces: ["ais"] })),
    );
    expect(grants.map(({ namespace, rules }) => [namespace, rules])).toEqual([
      [undefined, [{ apiGroups: [""], resources: ["pods"], verbs: ["list", "watch"] }]],
      ["ais", [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }]],
    ]);
  });

  test("keeps a right on one object apart from a right on all, and drops it where that covers it", () => {
    const one = api("secrets", ["get"], { resourceNames: ["remote"], namespaces: ["monitoring"] });
    expect(
      accessGrants(of(one, api("configmaps", ["get"], { namespaces: ["monitoring"] })))[0]?.rules,
    ).toEqual([
      { apiGroups: [""], resources: ["configmaps"], verbs: ["get"] },
      { apiGroups: [""], resources: ["secrets"], resourceNames: ["remote"], verbs: ["get"] },
    ]);
    expect(accessGrants(of(one, api("secrets", ["get"], { namespaces: ["monitoring"] })))[0]?.rules).toEqual([
      { apiGroups: [""], resources: ["secrets"], verbs: ["get"] },
    ]);
  });

  test("says which components want which right", () => {
    const [grant] = accessGrants(of(api("pods", ["list"]), api("pods", ["list"]), api("pods/log", ["get"])));
    expect(grant?.grants).toEqual([
      { what: "list pods", components: ["component.0", "component.1"] },
      { what: "get pods/log", components: ["component.2"] },
    ]);
  });
});

const names = fc.option(fc.uniqueArray(fc.constantFrom("x", "y"), { minLength: 1 }), { nil: undefined });
const requirement = fc
  .record({
    resource: fc.constantFrom("pods", "pods/log", "secrets"),
    apiGroup: fc.constantFrom("", "apps"),
    verbs: fc.uniqueArray(fc.constantFrom("get", "list", "watch"), { minLength: 1 }),
    namespaces: names,
    resourceNames: names,
  })
  .map(
    ({ namespaces, resourceNames, ...rest }): ApiRequirement => ({
      kind: "api",
      ...rest,
      ...(namespaces === undefined ? {} : { namespaces }),
      ...(resourceNames === undefined ? {} : { resourceNames }),
    }),
  );

/** Each single right as "namespace group resource name verb", `*` for any namespace or name. */
function rightsAsked(requirements: readonly ApiRequirement[]): readonly string[] {
  return requirements.flatMap(({ apiGroup, resource, verbs, namespaces = ["*"], resourceNames = ["*"] }) =>
    namespaces.flatMap((namespace) =>
      resourceNames.flatMap((name) =>
        verbs.map((verb) => [namespace, apiGroup, resource, name, verb].join(" ")),
      ),
    ),
  );
}

function rightsGiven(grants: readonly AccessGrant[]): readonly string[] {
  return grants.flatMap(({ namespace = "*", rules }) =>
    rules.flatMap(({ apiGroups = [], resources = [], resourceNames = ["*"], verbs }) =>
      rightsAsked(
        apiGroups.flatMap((apiGroup) =>
          resources.map((resource) =>
            api(resource, verbs, { apiGroup, resourceNames, namespaces: [namespace] }),
          ),
        ),
      ),
    ),
  );
}

/** The same right and those that are wider. */
function coverings(right: string): readonly string[] {
  const [namespace = "", group = "", resource = "", name = "", verb = ""] = right.split(" ");
  return [namespace, "*"].flatMap((inNamespace) =>
    [name, "*"].map((onName) => [inNamespace, group, resource, onName, verb].join(" ")),
  );
}

test("any requirements: every right asked for is given, none that isn't, and none twice", () => {
  fc.assert(
    fc.property(fc.array(requirement, { maxLength: 6 }), (requirements) => {
      const grants = accessGrants(of(...requirements));
      const given = rightsGiven(grants);
      const asked = new Set(rightsAsked(requirements));
      for (const right of asked) {
        expect(coverings(right).some((covering) => given.includes(covering))).toBe(true);
      }
      for (const right of given) expect(asked).toContain(right);
      expect(new Set(given).size).toBe(given.length);
      expect(accessGrants(of(...requirements.toReversed())).map(({ rules }) => rules)).toEqual(
        grants.map(({ rules }) => rules),
      );
    }),
  );
});
