import { defaultChartVersion, pinnedChartVersions } from "../../lib/chart/render/pins";
import { namesIn } from "../../lib/environment/setting-tree";
import { alternatives } from "../../lib/schema/kind";
import { least } from "./reading";

const pinned = alternatives(pinnedChartVersions);

export interface SettingMistake {
  readonly bad: readonly string[];
  readonly says: readonly string[];
  readonly good: readonly string[];
}

/** Mistakes in settings of their own, each beside the nearest input without it. */
export const settingMistakes: Readonly<Record<string, SettingMistake>> = {
  "no container runtime": {
    bad: ["local:", "  endpoint: http://otlp.example.com:4318"],
    says: ["x.yaml:1:1: container_runtime: is missing; write docker, crio or containerd"],
    good: least,
  },
  "a misspelt container runtime": {
    bad: ["container_runtime: contianerd", ...least.slice(1)],
    says: [
      'x.yaml:1:1: container_runtime: must be docker, crio or containerd, is "contianerd"; write containerd',
    ],
    good: ["container_runtime: containerd", ...least.slice(1)],
  },
  "an unknown container runtime": {
    bad: ["container_runtime: podman", ...least.slice(1)],
    says: [
      'x.yaml:1:1: container_runtime: must be docker, crio or containerd, is "podman"; write one of them',
    ],
    good: ["container_runtime: docker", ...least.slice(1)],
  },
  "a container runtime in a list": {
    bad: ["container_runtime: [crio]", ...least.slice(1)],
    says: ["x.yaml:1:1: container_runtime: must be docker, crio or containerd, is a list; write one of them"],
    good: ["container_runtime: crio", ...least.slice(1)],
  },
  "a relative path": {
    bad: [...least, "runtime:", "  socket: run/crio/crio.sock"],
    says: [
      "x.yaml:5:3: runtime.socket: is no absolute path; write it from the root on, such as /run/containerd/containerd.sock",
    ],
    good: [...least, "runtime:", "  socket: /run/crio/crio.sock"],
  },
  "a socket with a scheme": {
    bad: [...least, "runtime:", "  socket: unix:///run/crio/crio.sock"],
    says: [
      "x.yaml:5:3: runtime.socket: is no absolute path; write it from the root on, such as /run/containerd/containerd.sock",
    ],
    good: [...least, "runtime:", "  socket: /run/crio/crio.sock"],
  },
  "a path with ..": {
    bad: [...least, "runtime:", "  socket: /data/../run/crio.sock"],
    says: ["x.yaml:5:3: runtime.socket: has ., .., // or a / at its end; write /run/crio.sock"],
    good: [...least, "runtime:", "  socket: /run/crio.sock"],
  },
  "a path with a slash at its end": {
    bad: [...least, "runtime:", "  socket: /run/crio.sock/"],
    says: ["x.yaml:5:3: runtime.socket: has ., .., // or a / at its end; write /run/crio.sock"],
    good: [...least, "runtime:", "  socket: /run/crio.sock"],
  },
  "the root as a socket": {
    bad: [...least, "runtime:", "  socket: /"],
    says: ["x.yaml:5:3: runtime.socket: is the root of the node; write the path of what is meant in it"],
    good: [...least, "runtime:", "  socket: /run/crio.sock"],
  },
  "a path that ends up at the root": {
    bad: [...least, "runtime:", "  socket: /data/.."],
    says: ["x.yaml:5:3: runtime.socket: is the root of the node; write the path of what is meant in it"],
    good: [...least, "runtime:", "  socket: /data/.../crio.sock"],
  },
  "a path that no URL takes as it is": {
    bad: [...least, "runtime:", "  socket: /data:old/crio.sock"],
    says: [
      "x.yaml:5:3: runtime.socket: may only have letters, digits and the signs . _ + @ - between its slashes; write such a path",
    ],
    good: [...least, "runtime:", "  socket: /data-old/crio.sock"],
  },
  "a socket's path that no socket can have": {
    bad: [...least, "runtime:", `  socket: /${"a".repeat(90)}/crio.sock`],
    says: [
      "x.yaml:5:3: runtime.socket: is longer than the 100 characters of a socket's path; write a shorter one",
    ],
    good: [...least, "runtime:", `  socket: /${"a".repeat(89)}/crio.sock`],
  },
  "a mount propagation that would let the agent mount something on the node": {
    bad: [...least, "mount_propagation: Bidirectional"],
    says: [
      'x.yaml:4:1: mount_propagation: must be HostToContainer or None, is "Bidirectional"; write one of them',
    ],
    good: [...least, "mount_propagation: None"],
  },
  "no port for the API": {
    bad: [...least, "api_server_ports: []"],
    says: ["x.yaml:4:1: api_server_ports: names no port; leave it out for 443 and 6443, or write one"],
    good: [...least, "api_server_ports: [16443]"],
  },
  "a port of the API that is none": {
    bad: [...least, "api_server_ports: [443, 65536]"],
    says: ["x.yaml:4:25: api_server_ports[1]: is no port; write a whole number from 1 to 65535"],
    good: [...least, "api_server_ports: [443, 65535]"],
  },
  "a word for the network policy": {
    bad: [...least, "network_policy: none"],
    says: ["x.yaml:4:1: network_policy: must be true or false, is a string; write true or false"],
    good: [...least, "network_policy: false"],
  },
  "an unknown Pod Security level": {
    bad: [...least, "pod_security: privilegd"],
    says: [
      'x.yaml:4:1: pod_security: must be restricted, baseline or privileged, is "privilegd"; write privileged',
    ],
    good: [...least, "pod_security: privileged"],
  },
  "YAML 1.1's yes": {
    bad: [...least, "host_network: yes"],
    says: ['x.yaml:4:1: host_network: must be true or false, is the string "yes"; write true without quotes'],
    good: [...least, "host_network: true"],
  },
  "YAML 1.1's off": {
    bad: [...least, "host_network: Off"],
    says: [
      'x.yaml:4:1: host_network: must be true or false, is the string "Off"; write false without quotes',
    ],
    good: [...least, "host_network: false"],
  },
  "a quoted boolean where none is taken": {
    bad: [...least, 'host_network: "true"'],
    says: [
      'x.yaml:4:1: host_network: must be true or false, is the string "true"; write true without quotes',
    ],
    good: [...least, "host_network: True"],
  },
  "a number for a boolean": {
    bad: [...least, "host_network: 1"],
    says: ["x.yaml:4:1: host_network: must be true or false, is a number; write true or false"],
    good: [...least, "host_network: true"],
  },
  "a word for scrape.https": {
    bad: [...least, "scrape:", "  https: on"],
    says: ['x.yaml:5:3: scrape.https: must be true or false, is the string "on"; write true without quotes'],
    good: [...least, "scrape:", '  https: "true"'],
  },
  "a value where a section belongs": {
    bad: [...least, "scrape: true"],
    says: ["x.yaml:4:1: scrape: must be a map, is the boolean true; write https below it, indented"],
    good: [...least, "scrape:", "  https: true"],
  },
  "a list where a section belongs": {
    bad: [...least, "remote:", "  - label: a"],
    says: ["x.yaml:4:1: remote: must be a map, is a list; write its settings below it, indented"],
    good: [...least, "remote:", "  label: a"],
  },
  "a list where a string belongs": {
    bad: [...least, "remote:", "  label: [a]"],
    says: ["x.yaml:5:3: remote.label: must be a string, is a list; write one value"],
    good: [...least, "remote:", '  label: "[a]"'],
  },
  "a map where a string belongs": {
    bad: [...least, "remote:", "  label: {a: b}"],
    says: ["x.yaml:5:3: remote.label: must be a string, is a map; write one value"],
    good: [...least, "remote:", '  label: "{a: b}"'],
  },
  "a number where a string belongs": {
    bad: [...least, "remote:", "  label: 112"],
    says: ["x.yaml:5:3: remote.label: must be a string, is a number; put it in quotes"],
    good: [...least, "remote:", '  label: "112"'],
  },
  "a boolean where a string belongs": {
    bad: [...least, "remote:", "  label: true"],
    says: ["x.yaml:5:3: remote.label: must be a string, is the boolean true; put it in quotes"],
    good: [...least, "remote:", "  label: yes"],
  },
  "a URL that is a list": {
    bad: ["container_runtime: crio", "local:", "  endpoint: [http://otlp.example.com]"],
    says: ["x.yaml:3:3: local.endpoint: must be a string, is a list; write one value"],
    good: least,
  },
  "an upper-case Secret": {
    bad: [...least, "remote:", "  secret: Alloy_Remote"],
    says: [
      'x.yaml:5:3: remote.secret: is no name of a Kubernetes object; write at most 253 lower-case letters, digits, "-" and ".", a letter or digit at both ends',
    ],
    good: [...least, "remote:", "  secret: alloy.remote"],
  },
  "a Secret's name that is too long": {
    bad: [...least, "remote:", `  secret: ${"a".repeat(254)}`],
    says: [
      'x.yaml:5:3: remote.secret: is no name of a Kubernetes object; write at most 253 lower-case letters, digits, "-" and ".", a letter or digit at both ends',
    ],
    good: [...least, "remote:", `  secret: ${"a".repeat(253)}`],
  },
  "a misspelt auth_type": {
    bad: [...least, "remote:", "  auth_type: oauth2"],
    says: ['x.yaml:5:3: remote.auth_type: must be oauth or mtls, is "oauth2"; write oauth'],
    good: [...least, "remote:", "  auth_type: oauth"],
  },
  "an auth_type in other letters": {
    bad: [...least, "remote:", "  auth_type: mTLS"],
    says: ['x.yaml:5:3: remote.auth_type: must be oauth or mtls, is "mTLS"; write mtls'],
    good: [...least, "remote:", "  auth_type: mtls"],
  },
  "an unknown auth_type": {
    bad: [...least, "remote:", "  auth_type: kerberos"],
    says: ['x.yaml:5:3: remote.auth_type: must be oauth or mtls, is "kerberos"; write one of them'],
    good: [...least, "remote:", "  auth_type:"],
  },
  "a lookahead": {
    bad: [...least, "ethtool:", "  device_include: ^(?!veth).*"],
    says: [
      "x.yaml:5:3: ethtool.device_include: has a lookaround, which RE2 doesn't have; write it in RE2's syntax",
    ],
    good: [...least, "ethtool:", "  device_include: ^(?:eth).*"],
  },
  "a lookbehind": {
    bad: [...least, "ethtool:", "  device_include: (?<=e)ns"],
    says: [
      "x.yaml:5:3: ethtool.device_include: has a lookaround, which RE2 doesn't have; write it in RE2's syntax",
    ],
    good: [...least, "ethtool:", "  device_include: (?<e>e)ns"],
  },
  "an open group": {
    bad: [...least, "ethtool:", "  device_include: ^(ens"],
    says: [
      "x.yaml:5:3: ethtool.device_include: is no RE2 regexp: error parsing regexp: missing closing ): `^(ens`; write it in RE2's syntax",
    ],
    good: [...least, "ethtool:", "  device_include: ^(ens)"],
  },
  "a back reference": {
    bad: [...least, "ethtool:", "  device_include: ens", "  metrics_include: (r|t)x\\1"],
    says: [
      "x.yaml:6:3: ethtool.metrics_include: is no RE2 regexp: error parsing regexp: invalid escape sequence: `\\1`; write it in RE2's syntax",
    ],
    good: [...least, "ethtool:", "  device_include: ens", "  metrics_include: (r|t)x\\d"],
  },
  "a group that is open over two lines": {
    bad: [...least, "ethtool:", '  device_include: "(a\\nb"'],
    says: [
      "x.yaml:5:3: ethtool.device_include: is no RE2 regexp: error parsing regexp: missing closing ): `(a b`; write it in RE2's syntax",
    ],
    good: [...least, "ethtool:", '  device_include: "(a\\nb)"'],
  },
  "no AIStore cluster": {
    bad: [...least, "aistore: []"],
    says: [
      "x.yaml:4:1: aistore: names no AIStore cluster; leave it out for ais in namespace ais, or name one",
    ],
    good: [...least, "aistore:"],
  },
  "a map of AIStore clusters": {
    bad: [...least, "aistore:", "  namespace: ais", "  name: ais"],
    says: ['x.yaml:4:1: aistore: must be a list, is a map; write its items below it, each after "- "'],
    good: [...least, "aistore:", "  - namespace: ais", "    name: ais"],
  },
  "AIStore clusters that are half named, misnamed and named twice": {
    bad: [
      ...least,
      "aistore:",
      "  - {namespace: a}",
      "  - {namespace: a, name: B}",
      "  - ais",
      "  - {namespace: a, name: b, nam: c}",
    ],
    says: [
      "x.yaml:5:5: aistore[0].name: is missing; write a string",
      'x.yaml:6:20: aistore[1].name: is no DNS label; write at most 63 lower-case letters, digits and "-", a letter or digit at both ends',
      "x.yaml:7:5: aistore[2]: must be a map, is a string; write its settings below it, indented",
      "x.yaml:8:29: aistore[3].nam: is no setting; write name",
    ],
    good: [...least, "aistore:", "  - {namespace: a, name: a}", "  - {namespace: a, name: b}"],
  },
  "an AIStore cluster that is named twice": {
    bad: [...least, "aistore:", "  - {namespace: a, name: b}", "  - {namespace: a, name: b}"],
    says: ["x.yaml:6:5: aistore[1]: names a/b again; remove it"],
    good: [...least, "aistore:", "  - {namespace: a, name: b}", "  - {namespace: b, name: a}"],
  },
  "a misspelt key": {
    bad: [...least, "host_netwrok: true"],
    says: ["x.yaml:4:1: host_netwrok: is no setting; write host_network"],
    good: [...least, "host_network: true"],
  },
  "a key in another style": {
    bad: [...least, "hostNetwork: true"],
    says: ["x.yaml:4:1: hostNetwork: is no setting; write host_network"],
    good: [...least, "host_network: true"],
  },
  "a misspelt key in a section": {
    bad: ["container_runtime: crio", "local:", "  metrics_endpoint: http://otlp.example.com/v1/metrics"],
    says: ["x.yaml:3:3: local.metrics_endpoint: is no setting; write metricsEndpoint"],
    good: ["container_runtime: crio", "local:", "  metricsEndpoint: http://otlp.example.com/v1/metrics"],
  },
  "an unknown key": {
    bad: [...least, "colour: a"],
    says: [`x.yaml:4:1: colour: is no setting; write ${namesIn().join(", ")} or a value of the Alloy chart`],
    good: least,
  },
  "an unknown key in a section": {
    bad: [...least, "remote:", "  colour: a"],
    says: [
      "x.yaml:5:3: remote.colour: is no setting; write endpoint, metricsEndpoint, logsEndpoint, any_path, label, secret, auth_type, scope, token_url, keys, tls, headers, compression, queue or retry",
    ],
    good: [...least, "remote:", "  secret: a"],
  },
  "a key that isn't indented": {
    bad: [...least, "remote:", "label: a"],
    says: ["x.yaml:5:1: label: is no setting here; write it below remote, indented"],
    good: [...least, "remote:", "  label: a"],
  },
  "a URL that isn't indented": {
    bad: ["container_runtime: crio", "local:", "endpoint: http://otlp.example.com:4318"],
    says: ["x.yaml:3:1: endpoint: is no setting here; write it below local or remote, indented"],
    good: least,
  },
  "a version of the chart that isn't pinned": {
    bad: [...least, "chart_version: 99.99.99"],
    says: [
      `x.yaml:4:1: chart_version: must be ${pinned}, is "99.99.99"; write ${pinnedChartVersions.length > 1 ? "one of them" : pinned}, or pin it: npm run chart:upgrade -- 99.99.99, and the environment's name`,
    ],
    good: [...least, `chart_version: ${defaultChartVersion}`],
  },
  "a misspelt version of the chart": {
    bad: [...least, `chart_version: v${defaultChartVersion}`],
    says: [
      `x.yaml:4:1: chart_version: must be ${pinned}, is "v${defaultChartVersion}"; write ${defaultChartVersion}`,
    ],
    good: [...least, "chart_version:"],
  },
  "a version of the chart that YAML takes for a number": {
    bad: [...least, "chart_version: 1.11"],
    says: [
      `x.yaml:4:1: chart_version: must be ${pinned}, is a number; write ${pinnedChartVersions.length > 1 ? "one of them" : pinned}`,
    ],
    good: [...least, `chart_version: "${defaultChartVersion}"`],
  },
  "a registry with a scheme": {
    bad: [...least, "images:", "  registry: https://registry.example.com"],
    says: [
      "x.yaml:5:3: images.registry: is no registry; write its host, and its path if it has one, such as registry.example.com/mirror, without https:// and without / at the end",
    ],
    good: [...least, "images:", "  registry: registry.example.com:5000/mirror"],
  },
  "a registry with / at the end": {
    bad: [...least, "images:", "  registry: localhost:5000/"],
    says: [
      "x.yaml:5:3: images.registry: is no registry; write its host, and its path if it has one, such as registry.example.com/mirror, without https:// and without / at the end",
    ],
    good: [...least, "images:", "  registry: localhost:5000"],
  },
  "a registry that is a path alone": {
    bad: [...least, "images:", "  registry: mirror/images"],
    says: [
      "x.yaml:5:3: images.registry: is no registry; write its host, and its path if it has one, such as registry.example.com/mirror, without https:// and without / at the end",
    ],
    good: [...least, "images:", "  registry: mirror:5000/images"],
  },
  "a pull secret by itself": {
    bad: [...least, "images:", "  pull_secrets: registry"],
    says: [
      'x.yaml:5:3: images.pull_secrets: must be a list, is a string; write its items below it, each after "- "',
    ],
    good: [...least, "images:", "  pull_secrets: [registry]"],
  },
  "a pull secret as Kubernetes writes it": {
    bad: [...least, "images:", "  pull_secrets:", "    - name: registry"],
    says: ["x.yaml:6:7: images.pull_secrets[0]: must be a string, is a map; write one value"],
    good: [...least, "images:", "  pull_secrets:", "    - registry"],
  },
  "a tag with a colon": {
    bad: [...least, "images:", '  agent: ":v1.18.1"'],
    says: [
      "x.yaml:5:3: images.agent: is neither tag nor digest; write a tag of at most 128 characters, a digest such as sha256: and 64 hex digits, or both with @ between them",
    ],
    good: [...least, "images:", "  agent: v1.18.1"],
  },
  "a digest that is cut off": {
    bad: [...least, "images:", `  reloader: v0.91.0@sha256:${"a".repeat(63)}`],
    says: [
      "x.yaml:5:3: images.reloader: is neither tag nor digest; write a tag of at most 128 characters, a digest such as sha256: and 64 hex digits, or both with @ between them",
    ],
    good: [...least, "images:", `  reloader: v0.91.0@sha256:${"a".repeat(64)}`],
  },
  "a tag that YAML takes for a number": {
    bad: [...least, "images:", "  agent: 1.18"],
    says: ["x.yaml:5:3: images.agent: must be a string, is a number; put it in quotes"],
    good: [...least, "images:", '  agent: "1.18"'],
  },
  "a misspelt key of images": {
    bad: [...least, "images:", "  pullSecret: [a]"],
    says: ["x.yaml:5:3: images.pullSecret: is no setting; write pull_secrets"],
    good: [...least, "images:", "  pull_secrets: [a]"],
  },
  "another word for own metrics": {
    bad: [...least, "own_metrics: some"],
    says: ['x.yaml:4:1: own_metrics: must be needed, all or none, is "some"; write one of them'],
    good: [...least, "own_metrics: none"],
  },
  "labels of a file of rules": {
    bad: [...least, "alerts:", "  labels: {release: prometheus}"],
    says: [
      "x.yaml:5:3: alerts.labels: has no effect without as: prometheus-rule; write that too, or remove this",
    ],
    good: [...least, "alerts:", "  as: prometheus-rule", "  labels: {release: prometheus}"],
  },
  "a link of no alerts": {
    bad: [...least, "alerts:", "  as: none", "  docs: https://git.example.com/docs"],
    says: ["x.yaml:6:3: alerts.docs: has no effect with as: none; remove one of the two"],
    good: [...least, "alerts:", "  as: file", "  docs: https://git.example.com/docs"],
  },
  "labels of no dashboards": {
    bad: [...least, "dashboards:", "  labels: {team: storage}"],
    says: [
      "x.yaml:5:3: dashboards.labels: has no effect without as: config-map; write that too, or remove this",
    ],
    good: [...least, "dashboards:", "  as: config-map", "  labels: {team: storage}"],
  },
  "a label that Kubernetes doesn't take": {
    bad: [...least, "alerts:", "  as: prometheus-rule", "  labels: {a/b/c: x, release: a b}"],
    says: [
      'x.yaml:6:12: alerts.labels["a/b/c"]: is no name of a label; write letters, digits and - _ . between them, at most 63, and before them a domain and / or nothing',
      "x.yaml:6:22: alerts.labels.release: is no value of a label; write at most 63 letters, digits and - _ . between them",
    ],
    good: [...least, "alerts:", "  as: prometheus-rule", "  labels: {b.c/a: x, release: a-b}"],
  },
  "a label that cdk8s takes for a class": {
    bad: [...least, "alerts:", "  as: prometheus-rule", "  labels: {constructor: x}"],
    says: [
      "x.yaml:6:12: alerts.labels.constructor: is a word of JavaScript, by which nothing can be named here; write another",
    ],
    good: [...least, "alerts:", "  as: prometheus-rule", "  labels: {constructors: x}"],
  },
  "a path where pages are": {
    bad: [...least, "alerts:", "  docs: docs/"],
    says: [
      "x.yaml:5:3: alerts.docs: is no URL of a folder; write one with https:// and without / at the end",
    ],
    good: [...least, "alerts:", "  docs: https://git.example.com/docs"],
  },
  "credentials where pages are": {
    bad: [...least, "alerts:", "  docs: https://user:hunter2@git.example.com/docs"],
    says: [
      "x.yaml:5:3: alerts.docs: holds credentials, which the alerts would show; write the URL without them",
    ],
    good: [...least, "alerts:", "  docs: https://git.example.com/@user/docs"],
  },
};
