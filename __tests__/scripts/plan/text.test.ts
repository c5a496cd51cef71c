import { fleetOf, least, planned, remote } from "./planned";

const labelled = (label: string) => `${least}${remote.replace("{", `{label: ${label}, `)}`;

test("a label of its own in each of twelve environments is one change, with the values of each", () => {
  expect(
    planned(
      fleetOf(12, (name) => labelled(name)),
      fleetOf(12, (name) => labelled(`${name}-a`)),
    ),
  ).toBe(`12 environments: config (otelcol.processor.transform.cluster); pods reload
  lab-01, lab-02, lab-03, lab-04, lab-05, lab-06, lab-07, lab-08, lab-09, lab-10, lab-11, lab-12

  Pods
    ~ no pod restarts: config-reloader has Alloy reload its config, on all nodes within some two minutes

  Config
    ~ otelcol.processor.transform.cluster
        ~ metric_statements[0].statements
        -   \`set(resource.attributes["cluster"], "‹1›")\`
        +   \`set(resource.attributes["cluster"], "‹2›")\`
        ~ metric_statements[1].statements
        -   \`set(datapoint.attributes["cluster"], "‹1›")\`
        +   \`set(datapoint.attributes["cluster"], "‹2›")\`
        ~ log_statements.statements
        -   \`set(resource.attributes["cluster"], "‹1›")\`
        +   \`set(resource.attributes["cluster"], "‹2›")\`

  Objects
    ~ ConfigMap alloy-config
        ~ data["config.alloy"]: see Config

  By environment
    lab-01: ‹1› lab-01, ‹2› lab-01-a
    lab-02: ‹1› lab-02, ‹2› lab-02-a
    lab-03: ‹1› lab-03, ‹2› lab-03-a
    lab-04: ‹1› lab-04, ‹2› lab-04-a
    lab-05: ‹1› lab-05, ‹2› lab-05-a
    lab-06: ‹1› lab-06, ‹2› lab-06-a
    lab-07: ‹1› lab-07, ‹2› lab-07-a
    lab-08: ‹1› lab-08, ‹2› lab-08-a
    lab-09: ‹1› lab-09, ‹2› lab-09-a
    lab-10: ‹1› lab-10, ‹2› lab-10-a
    lab-11: ‹1› lab-11, ‹2› lab-11-a
    lab-12: ‹1› lab-12, ‹2› lab-12-a
`);
});

const pace = (_: string, index: number) => (index < 2 ? `${least}max_unavailable: 50%\n` : least + remote);

test("an image in environments that differ otherwise is one change", () => {
  expect(
    planned(
      fleetOf(5, pace),
      fleetOf(5, (name, index) => `${pace(name, index)}images: {agent: v1.18.0}\n`),
    ),
  ).toBe(`5 environments: image v1.18.1 → v1.18.0; pods restart
  lab-01, lab-02, lab-03, lab-04, lab-05

  Pods
    in lab-01, lab-02:
      ~ DaemonSet alloy restarts its pods, 50% at a time, each ready for 10 s
    in lab-03, lab-04, lab-05:
      ~ DaemonSet alloy restarts its pods, 10% at a time, each ready for 10 s

  Data at risk
    ! what waits in memory (otelcol.exporter.otlphttp local_metrics, local_logs) is sent once more as an agent ends, and lost if it isn't taken

  Objects
    ~ DaemonSet alloy
        ~ metadata.annotations["alloy-config/required-by"]: follows
        ~ metadata.labels["app.kubernetes.io/version"]: v1.18.1 → v1.18.0
        ~ spec.template.spec.containers[alloy].image
        -   docker.io/grafana/alloy:v1.18.1
        +   docker.io/grafana/alloy:v1.18.0
    ~ Service alloy
        ~ metadata.labels["app.kubernetes.io/version"]: v1.18.1 → v1.18.0
    ~ ServiceAccount alloy
        ~ metadata.labels["app.kubernetes.io/version"]: v1.18.1 → v1.18.0
`);
});

test("an environment that is removed", () => {
  expect(
    planned({ "lab-1": least + remote, "lab-2": least }, { "lab-2": least }),
  ).toBe(`lab-1: removed; pods end

  Pods
    - DaemonSet alloy goes, and its pods end

  Data at risk
    ! /var/lib/aistore-alloy/monitoring stays on each node, and what waits in its queues is not sent (otelcol.exporter.otlphttp remote_metrics, remote_logs)

  Objects
    - ClusterRole aistore-alloy:monitoring:alloy
    - ClusterRoleBinding aistore-alloy:monitoring:alloy
    - ConfigMap alloy-config
    - ConfigMap alloy-secret-placeholders
    - DaemonSet alloy
    - Namespace monitoring
    - NetworkPolicy alloy
    - Service alloy
    - ServiceAccount alloy
      What is removed here, Argo CD and Flux prune. After kubectl apply it stays until it is deleted.
      Namespace monitoring stays in the cluster: it is marked so that nothing prunes it.
`);
});

const archive =
  "{logsEndpoint: 'https://archive.example.com/otlp/v1/logs', auth: {type: bearer, secret: alloy-archive}}";

test("a destination more", () => {
  expect(
    planned({ lab: least }, { lab: `${least}destinations: {archive: ${archive}}\n` }),
  ).toBe(`lab: config (10 components); pods restart

  Pods
    ~ DaemonSet alloy restarts its pods, 10% at a time, each ready for 10 s
      until its turn comes, a running agent reloads the new config, or keeps what it runs where it can't load that

  Data at risk
    ! what waits in memory (otelcol.exporter.otlphttp local_metrics, local_logs) is sent once more as an agent ends, and lost if it isn't taken
    ! where the queue is full (otelcol.exporter.otlphttp local_logs), new data is dropped from now on: it waited

  Access
    + connections to everywhere at TCP 443
    + Secret alloy-archive, token, as files below /var/run/secrets/alloy/alloy-archive

  Config
    + otelcol.storage.file.queues
    + local.file.STAGES
    + otelcol.auth.bearer.STAGES
    ~ otelcol.processor.transform.cluster
        ~ output.logs: + otelcol.exporter.otlphttp.archive_logs.input
    ~ otelcol.exporter.otlphttp.local_logs
        - sending_queue.block_on_overflow = true
    + otelcol.exporter.otlphttp.archive_logs
    + local.file.archive_token
    + otelcol.auth.bearer.archive
    + otelcol.receiver.otlp.archive
    + otelcol.exporter.otlphttp.archive_send

  Objects
    ~ ConfigMap alloy-config
        ~ data["config.alloy"]: see Config
    + ConfigMap alloy-secret-placeholders
    ~ DaemonSet alloy
        ~ metadata.annotations["alloy-config/required-by"]: follows
        - spec.template.spec.containers[alloy].args[]: --stability.level=generally-available
        + spec.template.spec.containers[alloy].args[]: --stability.level=public-preview
        + spec.template.spec.containers[alloy].volumeMounts[/var/run/secrets/alloy/alloy-archive]:
        +   mountPath: /var/run/secrets/alloy/alloy-archive
        +   name: secret-alloy-archive
        +   readOnly: true
        + spec.template.spec.volumes[secret-alloy-archive]:
        +   name: secret-alloy-archive
        +   projected:
        +     sources:
        +       - configMap:
        +           name: alloy-secret-placeholders
        +       - secret:
        +           items:
        +             - key: token
        +               path: token
        +           name: alloy-archive
        +           optional: true
    ~ Namespace monitoring
        ~ metadata.annotations["alloy-config/required-by"]: follows
    ~ NetworkPolicy alloy
        ~ metadata.annotations["alloy-config/required-by"]: follows
        + spec.egress[]: {ports: [{port: 443, protocol: TCP}]}
`);
});

const trial = (name: string) => `${least}destinations: {${name}: {endpoint: 'https://otlp.example.com'}}\n`;

test("a destination that has another name, and a queue on disk", () => {
  expect(
    planned({ lab: trial("trial") }, { lab: trial("proof") }),
  ).toBe(`lab: config (2 components); pods reload

  Pods
    ~ no pod restarts: config-reloader has Alloy reload its config, on all nodes within some two minutes

  Data at risk
    ! nothing reads the queues on disk of otelcol.exporter.otlphttp trial_metrics, trial_logs any more, as these have new names: what waits there is not sent, and the files stay in /var/lib/aistore-alloy/monitoring/otelcol.storage.file.queues; let them run empty first (otelcol_exporter_queue_size)

  Config
    ~ otelcol.exporter.otlphttp.trial_metrics → otelcol.exporter.otlphttp.proof_metrics (renamed)
    ~ otelcol.exporter.otlphttp.trial_logs → otelcol.exporter.otlphttp.proof_logs (renamed)

  Objects
    ~ ConfigMap alloy-config
        ~ data["config.alloy"]: see Config
    ~ NetworkPolicy alloy
        ~ metadata.annotations["alloy-config/required-by"]: follows
`);
});

test("another storage path", () => {
  expect(
    planned({ lab: least + remote }, { lab: `${least}${remote}storage: {path: /mnt/alloy}\n` }),
  ).toBe(`lab: DaemonSet, Namespace; pods restart

  Pods
    ~ DaemonSet alloy restarts its pods, 10% at a time, each ready for 10 s

  Data at risk
    ! the new pods keep their data in /mnt/alloy: nothing reads /var/lib/aistore-alloy/monitoring any more, which stays on each node
    ! what waits there is not sent (otelcol.exporter.otlphttp remote_metrics, remote_logs): let the queues run empty first (otelcol_exporter_queue_size)
    ! logs are read again from the first line that the node has, and come twice
    ! what waits in memory (otelcol.exporter.otlphttp local_metrics, local_logs) is sent once more as an agent ends, and lost if it isn't taken

  Access
    + mount /mnt/alloy at /mnt/alloy to read and write
    - mount /var/lib/aistore-alloy/monitoring at /var/lib/aistore-alloy/monitoring to read and write

  Objects
    ~ DaemonSet alloy
        ~ metadata.annotations["alloy-config/required-by"]: follows
        - spec.template.spec.containers[alloy].args[]: --storage.path=/var/lib/aistore-alloy/monitoring
        + spec.template.spec.containers[alloy].args[]: --storage.path=/mnt/alloy
        - spec.template.spec.containers[alloy].volumeMounts[/var/lib/aistore-alloy/monitoring]: {mountPath: /var/lib/aistore-alloy/monitoring, name: storage}
        + spec.template.spec.containers[alloy].volumeMounts[/mnt/alloy]: {mountPath: /mnt/alloy, name: storage}
        ~ spec.template.spec.volumes[storage].hostPath.path: /var/lib/aistore-alloy/monitoring → /mnt/alloy
    ~ Namespace monitoring
        ~ metadata.annotations["alloy-config/required-by"]: follows
`);
});

test("the node's network", () => {
  expect(
    planned({ lab: least }, { lab: `${least}host_network: true\n` }),
  ).toBe(`lab: config (2 components); pods restart

  Pods
    ~ DaemonSet alloy restarts its pods, 10% at a time, each ready for 10 s
      until its turn comes, a running agent reloads the new config, or keeps what it runs where it can't load that

  Data at risk
    ! what waits in memory (otelcol.exporter.otlphttp local_metrics, local_logs) is sent once more as an agent ends, and lost if it isn't taken

  Access
    + the node's network
    + UI at 127.0.0.1:12345 of the node
    + connections to and from everywhere: the node's network

  Config
    ~ prometheus.exporter.unix.node
        - disable_collectors = ["arp", "conntrack", "ipvs", "netdev", "netstat", "nfs", "nfsd", "sockstat", "udp_queues"]
        + arp {
        +   device_exclude = "^(veth.*|lo.*|cni.*|(cali|eni|azv|gke)[0-9a-f]{11}|lxc([0-9a-f]{12}|_health)|[0-9a-f]{15})$"
        + }
        + netdev {
        +   device_exclude = "^(veth.*|lo.*|cni.*|(cali|eni|azv|gke)[0-9a-f]{11}|lxc([0-9a-f]{12}|_health)|[0-9a-f]{15})$"
        + }
        + netstat {
        +   fields = "^(.*_(InErrors|InErrs)|Ip_Forwarding|Ip(6|Ext)_(InOctets|OutOctets)|Icmp6?_(InMsgs|OutMsgs)|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts|TCPAbort.*|TCPMemoryPressures|TCPBacklogDrop|TCPReqQFull.*)|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$"
        + }
    ~ prometheus.relabel.node
        - rule[3] {
        -   source_labels = ["nodename"]
        -   regex         = ".+"
        -   target_label  = "nodename"
        -   replacement   = coalesce(sys.env("HOSTNAME"), constants.hostname)
        - }

  Objects
    ~ ConfigMap alloy-config
        ~ data["config.alloy"]: see Config
    ~ DaemonSet alloy
        ~ metadata.annotations["alloy-config/required-by"]: follows
        - spec.template.spec.containers[alloy].args[]: --server.http.listen-addr=0.0.0.0:12345
        + spec.template.spec.containers[alloy].args[]: --server.http.listen-addr=127.0.0.1:12345
        + spec.template.spec.containers[alloy].readinessProbe.httpGet.host: 127.0.0.1
        ~ spec.template.spec.dnsPolicy: ClusterFirst → ClusterFirstWithHostNet
        + spec.template.spec.hostNetwork: true
    ~ Namespace monitoring
        ~ metadata.annotations["alloy-config/required-by"]: follows
    - NetworkPolicy alloy
      What is removed here, Argo CD and Flux prune. After kubectl apply it stays until it is deleted.
`);
});

test("another version of the chart", () => {
  expect(
    planned({ lab: least }, { lab: least }, (_, text) =>
      text.replaceAll("alloy-1.11.1", "alloy-1.12.0").replaceAll("v1.18.1", "v1.19.0"),
    ),
  ).toBe(`lab: chart 1.11.1 → 1.12.0, image v1.18.1 → v1.19.0; pods restart

  Pods
    ~ DaemonSet alloy restarts its pods, 10% at a time, each ready for 10 s

  Data at risk
    ! what waits in memory (otelcol.exporter.otlphttp local_metrics, local_logs) is sent once more as an agent ends, and lost if it isn't taken

  Objects
    ~ DaemonSet alloy
        ~ metadata.labels["app.kubernetes.io/version"]: v1.18.1 → v1.19.0
        ~ metadata.labels["helm.sh/chart"]: alloy-1.11.1 → alloy-1.12.0
        ~ spec.template.spec.containers[alloy].image
        -   docker.io/grafana/alloy:v1.18.1
        +   docker.io/grafana/alloy:v1.19.0
    ~ Service alloy
        ~ metadata.labels["app.kubernetes.io/version"]: v1.18.1 → v1.19.0
        ~ metadata.labels["helm.sh/chart"]: alloy-1.11.1 → alloy-1.12.0
    ~ ServiceAccount alloy
        ~ metadata.labels["app.kubernetes.io/version"]: v1.18.1 → v1.19.0
        ~ metadata.labels["helm.sh/chart"]: alloy-1.11.1 → alloy-1.12.0
`);
});

test("manifests that are only written otherwise", () => {
  expect(
    planned({ lab: least }, { lab: least }, (file, text) =>
      file.startsWith("Service.") ? `# By hand.\n${text}` : text,
    ),
  ).toBe(`lab: written otherwise; no pod restarts

  Objects
      only how it is written changes: an apply changes nothing (Service.alloy.k8s.yaml)
`);
});

test("a config that means the same", () => {
  expect(
    planned({ lab: least }, { lab: least }, (_, text) =>
      text.replace("    prometheus.scrape", "    // The node.\n    prometheus.scrape"),
    ),
  ).toBe(`lab: ConfigMap; pods reload

  Pods
    ~ no pod restarts: config-reloader has Alloy reload its config, on all nodes within some two minutes

  Config
      only comments, layout or the order of components: it means the same

  Objects
    ~ ConfigMap alloy-config
        ~ data["config.alloy"]: see Config
`);
});
