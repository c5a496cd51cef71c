/**
 * What examples write for required arguments, as Alloy has it: by the argument's name, or by the component and the
 * name. Of a type without a value of its own there is none here that is not listed: such a component has no example.
 */
export const exampleValues: Readonly<Record<string, string>> = {
  access_key: '"SCWXXXXXXXXXXXXXXXXX"',
  account: '"example"',
  account_name: '"example"',
  address: '"http://mimir.example.com"',
  application_key: '"example"',
  brokers: '["kafka.example.com:9092"]',
  check_interval: '"1s"',
  client_id: '"example"',
  datacenter_id: '"15f67991-0f51-4efc-a8ad-ef1fb31a480c"',
  dns_suffix: '"triton.example.com"',
  endpoint: '"https://otlp.example.com"',
  event_hubs: '["logs"]',
  filename: '"/etc/alloy/example.txt"',
  files: '["/etc/alloy/targets/*.json"]',
  fully_qualified_namespace: '"example.servicebus.windows.net:9093"',
  host: '"unix:///var/run/docker.sock"',
  include: '["/var/log/*.log"]',
  limit: '"512MiB"',
  listen_address: '"0.0.0.0:9000"',
  mechanism: '"oauth"',
  "prometheus.exporter.azure metrics": '["Percentage CPU"]',
  metrics_prefixes: '["compute.googleapis.com/instance"]',
  name: '"example"',
  names: '["_http._tcp.example.com"]',
  namespace: '"default"',
  path: '"/var/lib/example"',
  path_targets: '[{ "__path__" = "/var/log/*.log" }]',
  paths: '["/services"]',
  project: '"example"',
  project_id: '"15f67991-0f51-4efc-a8ad-ef1fb31a480c"',
  project_ids: '["example"]',
  protocol_version: '"3.6.0"',
  query: '"resources { type = \\"Package\\" }"',
  queue: '"queue://example"',
  redis_addr: '"redis.example.com:6379"',
  region: '"eu-central-1"',
  repository: '"https://github.com/example/modules.git"',
  resource_type: '"Microsoft.Compute/virtualMachines"',
  s3_bucket: '"example"',
  s3_prefix: '"telemetry"',
  server: '"https://server.example.com"',
  server_hostname: '"dbc-example.cloud.databricks.com"',
  servers: '["server.example.com:2181"]',
  sts_region: '"eu-central-1"',
  subscription: '"projects/example/subscriptions/telemetry"',
  subscriptions: '["15f67991-0f51-4efc-a8ad-ef1fb31a480c"]',
  target_match_label: '"instance"',
  targets: '[{ "__address__" = "localhost:9090" }]',
  text: '"up 1\\n"',
  token_url: '"https://auth.example.com/oauth2/token"',
  topic: '"projects/example/topics/telemetry"',
  topics: '["logs"]',
  url: '"https://server.example.com"',
  username: '"example"',
  warehouse: '"example"',
  warehouse_http_path: '"/sql/1.0/warehouses/example"',
  zone: '"europe-west1-b"',
  zone_id: '"023e105f4ecef8ad9ca31a8372d0c353"',
  "discovery.hetzner role": '"hcloud"',
  "discovery.marathon servers": '["https://marathon.example.com"]',
  "discovery.openstack role": '"instance"',
  "discovery.ovhcloud service": '"vps"',
  "discovery.triton endpoint": '"cmon.triton.example.com"',
  "import.string content": '"declare \\"nothing\\" { }"',
  "loki.source.syslog address": '"0.0.0.0:1514"',
  "loki.source.docker targets": '[{ "__meta_docker_container_id" = "0123456789ab" }]',
  "otelcol.processor.tail_sampling name": '"errors"',
  "otelcol.processor.tail_sampling type": '"always_sample"',
  "otelcol.exporter.otlp endpoint": '"otlp.example.com:4317"',
  "otelcol.receiver.file_stats include": '"/var/log/*.log"',
  "otelcol.receiver.vcenter endpoint": '"https://vcenter.example.com"',
  "remote.s3 path": '"s3://example/config.txt"',
  "remote.vault path": '"secret"',
};

/** What examples write besides: where one of several must be given, or where a component does nothing without it. */
export const exampleArguments: Readonly<Record<string, string>> = {
  "beyla.ebpf": `discovery {
instrument { open_ports = "8080" }
}
output { traces = [otelcol.exporter.otlphttp.default.input] }`,
  "discovery.azure": `managed_identity { client_id = "15f67991-0f51-4efc-a8ad-ef1fb31a480c" }`,
  "discovery.digitalocean": `bearer_token = sys.env("BEARER_TOKEN")`,
  "discovery.scaleway": `secret_key = sys.env("SECRET_KEY")`,
  "discovery.relabel": `rule {
regex = "pod_template_hash"
action = "labeldrop"
}`,
  "faro.receiver": "output { traces = [otelcol.exporter.otlphttp.default.input] }",
  "loki.process": "stage.cri { }",
  "loki.relabel": `rule {
regex = "filename"
action = "labeldrop"
}`,
  "loki.source.gcplog": `pull {
project_id = "example"
subscription = "logs"
}`,
  "otelcol.auth.basic": `username = "example"
password = sys.env("PASSWORD")`,
  "otelcol.connector.spanmetrics": `histogram {
explicit { }
}`,
  "otelcol.extension.jaeger_remote_sampling": `http { }
source {
file = "/etc/alloy/sampling.json"
}`,
  "otelcol.processor.memory_limiter": `limit = "512MiB"`,
  "otelcol.processor.attributes": `action {
key = "environment"
value = "production"
action = "upsert"
}`,
  "otelcol.receiver.jaeger": `protocols {
grpc { }
}`,
  "otelcol.receiver.syslog": `tcp { listen_address = "0.0.0.0:1514" }`,
  "otelcol.receiver.fluentforward": `endpoint = "0.0.0.0:24224"
output { logs = [otelcol.exporter.otlphttp.default.input] }`,
  "otelcol.receiver.googlecloudpubsub": "output { logs = [otelcol.exporter.otlphttp.default.input] }",
  "otelcol.receiver.splunkhec": "output { logs = [otelcol.exporter.otlphttp.default.input] }",
  "prometheus.exporter.blackbox": `config_file = "/etc/alloy/blackbox.yml"
target {
name = "web"
address = "https://web.example.com"
}`,
  "prometheus.relabel": `rule {
regex = "pod_template_hash"
action = "labeldrop"
}`,
};
