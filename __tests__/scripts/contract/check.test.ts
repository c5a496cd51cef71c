import { contractWith, said, saidOf } from "./contracts";

const local = { endpoint: "http://otlp.monitoring.svc:4318" };
const lab = contractWith({ local, host_network: true, remote: { label: "lab" } });
const pod = contractWith({ local, remote: { label: "pod" } });

/** A variable of Grafana in braces. */
const braced = (name: string) => `$\{${name}}`;

/** A panel that asks Loki. */
const ofLogs = (expr: string) =>
  said(
    JSON.stringify({ panels: [{ title: "P", datasource: { type: "loki" }, targets: [{ expr }] }] }),
    lab,
  ).map((line) => line.replace(/^[\d:]+ panel P: /, ""));
const ofPanel = (expr: string) =>
  said(JSON.stringify({ panels: [{ title: "P", targets: [{ expr }] }] }), lab).map((line) =>
    line.replace(/^[\d:]+ panel P: /, ""),
  );

describe("an alert", () => {
  // Each with the nearest that works.
  test.each([
    [
      "node_load1 > 3",
      "node_load2 > 3",
      "nothing sends node_load2 (node_exporter v1.10.2); write node_load1",
    ],
    [
      "ais_target_get_ns_total",
      "ais_target_get_ms",
      "nothing sends ais_target_get_ms (AIStore v1.5.0); write",
    ],
    ["kube_customresource_x", "kube_pod_inf", "write kube_pod_info"],
    [
      "container_memory_cache",
      "container_fs_usage_bytes",
      "cAdvisor is not asked for its metrics of kind disk",
    ],
    ["alloy_config_hash", "alloy_build", "nothing sends alloy_build"],
    ['node_load1{node="a"}', 'node_load1{nod="a"}', "node_load1 has no label nod; write node"],
    ['node_load1{foo=~".*"}', 'node_load1{foo=~".+"}', "node_load1 has no label foo; it has"],
    ['node_load1{node!=""}', 'node_load1{nod!="a"}', "warning: node_load1 has no label nod"],
    ['node_load1{job="node-exporter"}', 'node_load1{job="node"}', "its job is node-exporter"],
    ['node_load1{cluster="lab"}', 'node_load1{cluster="lap"}', "its cluster is lab; write lab"],
    [
      'node_filesystem_avail_bytes{device=~"/dev/nvme.*"}',
      'node_filesystem_avail_bytes{device=~"nvme.*"}',
      "its device is a path where it is a disk, such as /dev/nvme0n1p1",
    ],
    [
      'node_filesystem_avail_bytes{mountpoint=~"/ais/.*"}',
      'node_filesystem_avail_bytes{mountpoint=~"/var/lib/.*"}',
      "its mountpoint is like /.*, and has nothing like ^/(dev|var|proc|run|sys|tmp)",
    ],
    [
      'node_disk_io_now{device="nvme0n1"}',
      'node_disk_io_now{device="/dev/nvme0n1"}',
      "is the name of a disk",
    ],
    [
      'node_network_receive_bytes_total{device=~"e.*"}',
      'node_network_receive_bytes_total{device=~"veth.*"}',
      "its device has nothing like ^(veth",
    ],
    ['ais_target_uptime{namespace="ais"}', 'ais_target_uptime{namespace="other"}', "its namespace is ais"],
    ['up{job="aistore"} == 0', 'up{job="node-exporter"} == 0', "up is never 0 here"],
    ['up{job="prometheus"} == 0', 'up{job=~"node-exporter|integrations/cadvisor"} < 1', "up is never 0 here"],
    [
      "rate(node_cpu_seconds_total[1m])",
      "rate(node_cpu_seconds_total[59s])",
      "it is scraped every 30s; write [2m]",
    ],
    [
      "max_over_time(node_load1[30s])",
      "irate(ais_target_get_count[30s] offset 1h)",
      "it is scraped every 30s",
    ],
    ["rate(node_cpu_seconds_total[10s:5s])", "increase(kube_pod_start_time[20s])", "20s has none or one"],
    ["sum by (node) (node_load1)", "sum by (nod) (node_load1)", "nothing here has a label nod; write node"],
    [
      "sum without (node) (node_load1)",
      "sum without (nod) (node_load1)",
      "warning: nothing here has a label nod",
    ],
    [
      "node_load1 * on (node) group_left () kube_node_info",
      "node_load1 * on (pod) kube_node_info",
      "label pod",
    ],
    [
      "node_load1 * on (node) group_left (os_image) kube_node_info",
      "node_load1 * on (node) group_left (os) kube_node_info",
      "nothing here has a label os",
    ],
    [
      'label_replace(kube_pod_info, "a", "$1", "node", "(.*)")',
      'label_replace(kube_pod_info, "a", "$1", "nodes", "(.*)")',
      "nothing here has a label nodes; write node",
    ],
    [
      'sum by (a) (label_replace(kube_pod_info, "a", "$1", "node", "(.*)"))',
      'sum by (b) (label_replace(kube_pod_info, "a", "$1", "node", "(.*)"))',
      "nothing here has a label b",
    ],
    [
      "sum by (node) (sum by (node, cpu) (node_cpu_seconds_total))",
      "sum by (cpu) (sum by (node) (node_cpu_seconds_total))",
      "label cpu",
    ],
    ["sum by (le) (ais_proxy_auth_iss_bucket)", "sum by (le) (ais_proxy_auth_iss_count)", "label le"],
    [
      'kube_pod_labels{label_app="x"}',
      'kube_pod_labels{labels_app="x"}',
      "kube_pod_labels has no label labels_app",
    ],
    ["node_load1 > 1", "node_load1 >> 1", "is no PromQL"],
    ["probe_success == 0 or some:rule > 1 or node_load1", "absent(node_load2)", "nothing sends node_load2"],
  ])("takes %s, and of %s it says %s", (good, bad, message) => {
    expect(saidOf(good, lab)).toEqual([]);
    expect(saidOf(bad, lab)).toEqual([expect.stringContaining(message)]);
  });

  test("may ask for what a rule makes, and for labels in its texts that its result has", () => {
    const rules = (label: string) =>
      `groups:\n- name: g\n  rules:\n  - record: node_own\n    expr: node_load1\n  - alert: A\n    expr: |\n      sum by (node)\n        (node_load1) > 1 and on () node_own\n    annotations:\n      summary: of {{ $labels.${label} }}\n`;
    expect(said(rules("node"), lab)).toEqual([]);
    expect(said(rules("pod"), lab)).toEqual(["11:22: alert A: the result has no label pod: it has node"]);
  });
});

describe("environments", () => {
  const expr = "rate(node_network_receive_bytes_total[5m])";

  test("of which some lack what is asked for are named in a warning", () => {
    expect(saidOf(expr, lab, pod)).toEqual([
      "warning: nothing sends node_network_receive_bytes_total: the collector netdev is off (in test of 2 environments)",
    ]);
    expect(saidOf(expr, pod)).toEqual([
      "nothing sends node_network_receive_bytes_total: the collector netdev is off",
    ]);
  });

  test("that a query doesn't ask are left out", () => {
    const asked = (cluster: string) => `rate(node_network_receive_bytes_total{cluster=~"${cluster}"}[5m])`;
    expect(saidOf(asked("la.*"), lab, pod)).toEqual([]);
    expect(saidOf(asked("po.*"), lab, pod)).toEqual([expect.stringMatching(/^nothing sends .* is off$/)]);
    expect(saidOf(asked("other"), lab, pod)).toContainEqual(
      expect.stringContaining('has cluster=~"other" in any environment: clusters are lab, pod'),
    );
  });
});

describe("a panel", () => {
  test.each([
    [
      `rate(node_cpu_seconds_total{cluster=~"$cluster", instance=~"^${braced("node:regex")}$"}[$__rate_interval])`,
      [],
    ],
    [`topk($n, sum by ($by) (rate(${braced("metric")}_total[[[time]]])))`, []],
    ['node_load1{clusters=~"$cluster"}', ["node_load1 has no label clusters; write cluster"]],
    [
      'node_load1{instance=~"$node:9100"}',
      [expect.stringContaining('no node_load1 has instance=~"$…:9100"')],
    ],
    ["node_load1 offset $time > $limit", []],
  ])("has variables that may be anything of their kind: %s", (expr, expected) => {
    expect(ofPanel(expr)).toEqual(expected);
  });

  test.each([
    [
      '{k8s_namespace_name="ais", k8s_pod_name=~"$pod"} |= "x" | cluster="$cluster" | severity_text="ERROR"',
      [],
    ],
    ['{namespace="ais"}', ["logs have no namespace; write k8s_namespace_name"]],
    ['sum by (pod) (rate({service_name="ais"}[$__auto]))', ["logs have no pod; write k8s_pod_name"]],
    ['{service_name="ais"} | json | foo="x"', []],
    ['{service_name="ais"} | host_nam="x" | json', ["logs have no host_nam; write host_name"]],
    ['{cluster="lab"}', [expect.stringMatching(/^warning: cluster is metadata of lines/)]],
    ['{service_name="ais"} | cluster="other"', [expect.stringContaining("it is lab")]],
    ['{service_name="ais"', [expect.stringContaining("is no LogQL")]],
  ])("asks for logs: %s", (expr, expected) => {
    expect(ofLogs(expr)).toEqual(expected);
  });
});
