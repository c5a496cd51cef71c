/** A component and what stands in its block. */
export type Written = readonly [component: string, content: string];

/** A stage of `loki.process`. */
function stage(name: string, content = ""): Written {
  return ["loki.process", `forward_to = []\nstage.${name} {\n${content}\n}`];
}

export function relabel(content: string): Written {
  return ["prometheus.relabel", `forward_to = []\nrule {\n${content}\n}`];
}

export function scrape(content: string): Written {
  return ["prometheus.scrape", `targets = []\nforward_to = []\n${content}`];
}

function otlphttp(content: string): Written {
  return ["otelcol.exporter.otlphttp", `client {\nendpoint = "http://a"\n${content}\n}`];
}

function queue(content: string): Written {
  return ["otelcol.exporter.otlphttp", `client {\nendpoint = "http://a"\n}\nsending_queue {\n${content}\n}`];
}

function loadBalancing(content: string): Written {
  return [
    "otelcol.exporter.loadbalancing",
    `resolver {\nstatic {\nhostnames = ["a"]\n}\n}\nprotocol {\notlp {\nclient { }\n${content}\n}\n}`,
  ];
}

function client(content: string): Written {
  return ["loki.source.kubernetes_events", `forward_to = []\nclient {\n${content}\n}`];
}

function cache(content: string): Written {
  return ["prometheus.relabel", `forward_to = []\n${content}`];
}

function writeQueue(content: string): Written {
  return ["prometheus.write.queue", `endpoint "a" {\nurl = "http://a"\n${content}\n}`];
}

function profiles(content: string): Written {
  return ["pyroscope.scrape", `targets = []\nforward_to = []\n${content}`];
}

function kafka(content: string): Written {
  return [
    "otelcol.receiver.kafka",
    `brokers = ["a:9092"]\nprotocol_version = "2.0.0"\n${content}\noutput { }`,
  ];
}

function jaegerSampling(content: string): Written {
  return ["otelcol.extension.jaeger_remote_sampling", content];
}

/** A mistake, the nearest thing that is none, and what is said. */
export const ruleCases: readonly (readonly [bad: Written, good: Written, said: string])[] = [
  [relabel('action = "replace"'), relabel('action = "replace"\ntarget_label = "a"'), "needs target_label"],
  [relabel('regex = "a"'), relabel('target_label = "a"'), "the action replace needs target_label"],
  [
    relabel('action = "hashmod"\ntarget_label = "a"'),
    relabel('action = "hashmod"\ntarget_label = "a"\nmodulus = 4'),
    "needs modulus",
  ],
  [
    relabel('action = "labeldrop"\nregex = "a"\nsource_labels = ["b"]'),
    relabel('action = "labeldrop"\nregex = "a"\nseparator = ";"'),
    "source_labels can't stand beside the action labeldrop",
  ],
  [
    relabel('action = "keepequal"\ntarget_label = "a"\nregex = "b"'),
    relabel('action = "keepequal"\ntarget_label = "a"\nsource_labels = ["b"]'),
    "regex can't stand beside the action keepequal",
  ],
  [
    relabel('action = "lowercase"\ntarget_label = "a"\nreplacement = "b"'),
    relabel('action = "lowercase"\ntarget_label = "a"'),
    "replacement can't stand",
  ],
  [
    relabel('action = "labelmap"\nreplacement = "a-b"'),
    relabel('action = "labelmap"\nreplacement = "a_$1"'),
    "is no label's name",
  ],
  [relabel('target_label = "a-$1"'), relabel('target_label = "a_$1"'), "is no label's name"],
  [
    scrape('bearer_token = "a"\nbasic_auth {\nusername = "b"\n}'),
    scrape('bearer_token = ""\nbasic_auth {\nusername = "b"\n}'),
    "only one of basic_auth, bearer_token",
  ],
  [
    scrape('basic_auth {\npassword = "a"\npassword_file = "b"\n}'),
    scrape('basic_auth {\npassword_file = "b"\n}'),
    "only one of password, password_file",
  ],
  [
    scrape('authorization {\ntype = "basic"\ncredentials = "a"\n}'),
    scrape('authorization {\ntype = "Bearer"\ncredentials = "a"\n}'),
    "write a block basic_auth",
  ],
  [
    scrape('oauth2 {\nclient_id = "a"\nclient_secret = "b"\n}'),
    scrape('oauth2 {\nclient_id = "a"\nclient_secret = "b"\ntoken_url = "http://c"\n}'),
    "oauth2 needs token_url",
  ],
  [
    scrape('tls_config {\ncert_file = "a"\n}'),
    scrape('tls_config {\ncert_file = "a"\nkey_file = "b"\n}'),
    "cert_file needs its key; write key_file",
  ],
  [
    scrape('tls_config {\nca_pem = "a"\nca_file = "b"\n}'),
    scrape('tls_config {\nca_file = "b"\n}'),
    "only one of ca_pem, ca_file",
  ],
  [
    scrape('no_proxy = "a"'),
    scrape('no_proxy = "a"\nproxy_url = "http://b"'),
    "no_proxy has no effect without",
  ],
  [
    scrape('scrape_interval = "5s"'),
    scrape('scrape_interval = "5s"\nscrape_timeout = "5s"'),
    "scrape_interval is less than scrape_timeout (default 10s)",
  ],
  [
    scrape('scrape_timeout = "2m"'),
    scrape('scrape_timeout = "1m"'),
    "scrape_timeout is more than scrape_interval",
  ],
  [
    [
      "otelcol.processor.memory_limiter",
      'check_interval = "1s"\nlimit = "1GiB"\nlimit_percentage = 50\nspike_limit_percentage = 10\noutput { }',
    ],
    [
      "otelcol.processor.memory_limiter",
      'check_interval = "1s"\nlimit_percentage = 50\nspike_limit_percentage = 10\noutput { }',
    ],
    "only one of limit, limit_percentage",
  ],
  [
    ["otelcol.processor.memory_limiter", 'check_interval = "1s"\noutput { }'],
    ["otelcol.processor.memory_limiter", 'check_interval = "1s"\nlimit = "1GiB"\noutput { }'],
    "needs limit or limit_percentage",
  ],
  [
    [
      "otelcol.processor.memory_limiter",
      'check_interval = "1s"\nlimit = "1GiB"\nspike_limit = "1024MiB"\noutput { }',
    ],
    [
      "otelcol.processor.memory_limiter",
      'check_interval = "1s"\nlimit = "1GiB"\nspike_limit = "1023MiB"\noutput { }',
    ],
    "spike_limit must be less than limit",
  ],
  [
    ["otelcol.processor.batch", "send_batch_size = 4000\noutput { }"],
    ["otelcol.processor.batch", "send_batch_size = 4000\nsend_batch_max_size = 0\noutput { }"],
    "send_batch_max_size (3000) is less than send_batch_size (4000)",
  ],
  [
    queue('queue_size = 100\nsizer = "items"\nbatch {\nmin_size = 200\n}'),
    queue('queue_size = 200\nsizer = "items"\nbatch {\nmin_size = 200\n}'),
    "min_size (200) is more than queue_size (100)",
  ],
  [
    queue("batch {\nmin_size = 200\nmax_size = 100\n}"),
    queue("batch {\nmin_size = 200\nmax_size = 0\n}"),
    "max_size (100) is less than min_size (200)",
  ],
  [queue("queue_size = 0"), queue("queue_size = 0\nenabled = false"), "queue_size must be more than 0"],
  [
    loadBalancing("queue {\nqueue_size = 0\n}"),
    loadBalancing("queue {\nqueue_size = 0\nenabled = false\n}"),
    "queue_size must be more than 0",
  ],
  [
    loadBalancing("retry {\nmultiplier = 1\n}"),
    loadBalancing("retry {\nmultiplier = 1.5\n}"),
    "multiplier must be more than 1",
  ],
  [
    ["otelcol.exporter.otlphttp", 'client {\nendpoint = ""\n}\nlogs_endpoint = "https://a"'],
    [
      "otelcol.exporter.otlphttp",
      'client {\nendpoint = ""\n}\nlogs_endpoint = "https://a"\nmetrics_endpoint = "https://b"\ntraces_endpoint = "https://c"',
    ],
    "endpoint is empty; write it, or metrics_endpoint and traces_endpoint",
  ],
  [
    ["otelcol.exporter.otlphttp", 'client {\nendpoint = "a:4318"\n}'],
    otlphttp(""),
    'warning: "a:4318" has no scheme; write http://a:4318',
  ],
  [
    ["loki.write", 'endpoint {\nurl = "loki:3100"\n}'],
    ["loki.write", 'endpoint {\nurl = "http://loki:3100"\n}'],
    'warning: "loki:3100" has no scheme',
  ],
  [
    ["prometheus.remote_write", 'endpoint {\nurl = "http://a"\nsigv4 { }\nbasic_auth { }\n}'],
    ["prometheus.remote_write", 'endpoint {\nurl = "http://a"\nsigv4 { }\n}'],
    "only one of sigv4, basic_auth",
  ],
  [
    ["otelcol.receiver.jaeger", "protocols { }"],
    ["otelcol.receiver.jaeger", "protocols {\ngrpc { }\n}"],
    "protocols needs grpc or",
  ],
  [
    ["otelcol.processor.attributes", 'action {\naction = "insert"\n}\noutput { }'],
    ["otelcol.processor.attributes", 'action {\naction = "delete"\npattern = "a"\n}\noutput { }'],
    "action needs key",
  ],
  [stage("drop", 'value = "a"'), stage("drop", 'value = "a"\nsource = "b"'), "value needs source"],
  [stage("drop"), stage("drop", 'older_than = "1h"'), "stage.drop needs source or expression"],
  [
    stage("match", 'selector = "{a=\\"b\\"}"'),
    stage("match", 'selector = "{a=\\"b\\"}"\naction = "drop"'),
    "stage.match needs stages",
  ],
  [
    stage("match", 'selector = "{a=\\"b\\"}"\naction = "drop"\nstage.docker { }'),
    stage("match", 'selector = "{a=\\"b\\"}"\nstage.docker { }'),
    "goes through no stages",
  ],
  [
    stage("match", 'selector = "a"\naction = "drop"'),
    stage("match", 'selector = "{a=\\"b\\"} |= \\"c\\""\naction = "drop"'),
    "selector is no LogQL",
  ],
  [
    stage("match", 'selector = "{a=b}"\naction = "drop"'),
    stage("match", 'selector = `{a="b", c!="d"}`\naction = "drop"'),
    'selector is no LogQL at "b}"',
  ],
  [
    stage("match", 'selector = `{}`\naction = "drop"'),
    stage("match", 'selector = `{a="b"}`\naction = "drop"'),
    'selector is no LogQL at "}"',
  ],
  [
    stage("match", 'selector = `{a="b",}`\naction = "drop"'),
    stage("match", 'selector = `{a="b", c="d"}`\naction = "drop"'),
    'selector is no LogQL at "}"',
  ],
  [
    stage("match", 'selector = `{a.b="c"}`\naction = "drop"'),
    stage("match", 'selector = `{a_b="c"}`\naction = "drop"'),
    "selector is no LogQL at",
  ],
  [
    stage("match", 'selector = `{a="b"} | json`\naction = "drop"'),
    stage("match", 'selector = `{a="b"} |= "json"`\naction = "drop"'),
    'selector is no LogQL at "| json"',
  ],
  [
    stage("match", 'selector = `{a="b"} |~ "\\d"`\naction = "drop"'),
    stage("match", 'selector = `{a="b"} |~ "\\\\d"`\naction = "drop"'),
    "has an escape that there is not",
  ],
  [
    stage("match", 'selector = `{a="b"} |= "c" !~ "["`\naction = "drop"'),
    stage("match", 'selector = `{a="b"} |= "c" !~ "[x]"`\naction = "drop"'),
    "is no RE2 regexp",
  ],
  [
    stage("match", 'selector = "{a=`b`}"\naction = "drop"'),
    stage("match", 'selector = "{a=\\"b\\"}"\naction = "drop"'),
    "can't stand in a selector; write it in quotation marks",
  ],
  [
    stage("match", 'selector = `{a="b"} "c"`\naction = "drop"'),
    stage("match", 'selector = `{a="b"} != "c"`\naction = "drop"'),
    "selector is no LogQL at",
  ],
  [stage("label_drop", "values = []"), stage("label_drop", 'values = ["a"]'), "values is empty"],
  [
    stage("limit", 'rate = 1\nburst = 1\nby_label_name = "a"'),
    stage("limit", 'rate = 1\nburst = 1\nby_label_name = "a"\ndrop = true'),
    "by_label_name needs drop = true",
  ],
  [
    stage("limit", "rate = 0\nburst = 1"),
    stage("limit", "rate = 0.1\nburst = 1"),
    "rate must be more than 0",
  ],
  [
    stage("multiline", 'firstline = "a"\nmax_wait_time = "0s"'),
    stage("multiline", 'firstline = "a"\nmax_wait_time = "1s"'),
    "max_wait_time must be more than 0",
  ],
  [stage("json"), stage("json", 'expressions = { a = "" }'), "stage.json needs expressions or regex"],
  [stage("tenant", 'source = "a"\nvalue = "b"'), stage("tenant", 'value = "b"'), "only one of source, value"],
  [stage("sampling", "rate = 1.5"), stage("sampling", "rate = 0.5"), "rate must be from 0 to 1"],
  [
    ["discovery.dns", 'names = ["a"]\ntype = "A"'],
    ["discovery.dns", 'names = ["a"]\ntype = "A"\nport = 80'],
    "records of type A need port",
  ],
  [
    ["remote.http", 'url = "http://a"\npoll_timeout = "1m"'],
    ["remote.http", 'url = "http://a"\npoll_timeout = "59s"'],
    "poll_timeout must be less than poll_frequency",
  ],
  [
    client('bearer_token_file = "/a"'),
    client('api_server = "https://a"\nbearer_token_file = "/a"'),
    "needs api_server",
  ],
  [client('tls_config {\nca_file = "/a"\n}'), client("tls_config { }"), "tls_config needs api_server"],
  [
    client('kubeconfig_file = "/a"\nbasic_auth {\nusername = "a"\n}'),
    client('kubeconfig_file = "/a"'),
    "basic_auth can't stand beside kubeconfig_file",
  ],
  [
    cache('cache_ttl = "10m"'),
    cache('cache_ttl = "10m"\nmax_cache_size = 0'),
    "cache_ttl can't stand beside max_cache_size",
  ],
  [
    cache('cache_ttl = "30s"\nmax_cache_size = 0'),
    cache('cache_ttl = "1m"\nmax_cache_size = 0'),
    "must be 1m or more",
  ],
  [cache("max_cache_size = 0"), cache("max_cache_size = 1"), "max_cache_size of 0 needs cache_ttl"],
  [
    ["prometheus.remote_write", 'wal {\nmin_keepalive_time = "8h"\n}'],
    ["prometheus.remote_write", 'wal {\nmin_keepalive_time = "8h"\nmax_keepalive_time = "9h"\n}'],
    "min_keepalive_time must be less than max_keepalive_time",
  ],
  [
    ["prometheus.remote_write", 'wal {\ntruncate_frequency = "0s"\n}'],
    ["prometheus.remote_write", 'wal {\ntruncate_frequency = "1h"\n}'],
    "truncate_frequency must be more than 0",
  ],
  [
    ["prometheus.remote_write", 'endpoint {\nurl = "http://a"\nsigv4 {\nexternal_id = "a"\n}\n}'],
    [
      "prometheus.remote_write",
      'endpoint {\nurl = "http://a"\nsigv4 {\nexternal_id = "a"\nrole_arn = "b"\n}\n}',
    ],
    "external_id needs role_arn",
  ],
  [
    writeQueue('flush_interval = "500ms"'),
    writeQueue('flush_interval = "1s"'),
    "flush_interval must be 1s or more",
  ],
  [writeQueue("batch_count = 0"), writeQueue("batch_count = 1"), "batch_count must be more than 0"],
  [
    writeQueue('parallelism {\ndrift_scale_up = "30s"\n}'),
    writeQueue('parallelism {\ndrift_scale_up = "30s"\ndrift_scale_down = "10s"\n}'),
    "drift_scale_down must be less than drift_scale_up",
  ],
  [
    writeQueue("parallelism {\nmax_connections = 1\n}"),
    writeQueue("parallelism {\nmax_connections = 1\nmin_connections = 1\n}"),
    "max_connections (1) is less than min_connections (2)",
  ],
  [
    profiles('scrape_interval = "10s"'),
    profiles('scrape_interval = "10s"\ndelta_profiling_duration = "9s"'),
    "scrape_interval must be a second more than delta_profiling_duration",
  ],
  [
    profiles('scrape_interval = "10s"'),
    profiles('scrape_interval = "10s"\nprofiling_config {\nprofile.process_cpu {\nenabled = false\n}\n}'),
    "scrape_interval must be a second more than delta_profiling_duration",
  ],
  [
    ["remote.kubernetes.secret", 'namespace = "a"\nname = "b"\npoll_frequency = "0s"'],
    ["remote.kubernetes.secret", 'namespace = "a"\nname = "b"\npoll_frequency = "1s"'],
    "poll_frequency must be more than 0",
  ],
  [
    [
      "loki.source.file",
      'targets = []\nforward_to = []\nfile_match {\nenabled = true\nsync_period = "0s"\n}',
    ],
    [
      "loki.source.file",
      'targets = []\nforward_to = []\nfile_match {\nenabled = true\nsync_period = "1s"\n}',
    ],
    "sync_period must be more than 0",
  ],
  [
    ["loki.secretfilter", "forward_to = []\nrate = 2"],
    ["loki.secretfilter", "forward_to = []\nrate = 0.2"],
    "rate must be from 0 to 1",
  ],
  [
    ["otelcol.processor.cumulativetodelta", 'include {\nmetrics = ["a"]\n}\noutput { }'],
    [
      "otelcol.processor.cumulativetodelta",
      'include {\nmetrics = ["a"]\nmatch_type = "strict"\n}\noutput { }',
    ],
    "metrics and match_type go together",
  ],
  [
    ["otelcol.processor.deltatocumulative", 'max_stale = "0s"\noutput { }'],
    ["otelcol.processor.deltatocumulative", 'max_stale = "1s"\noutput { }'],
    "max_stale must be more than 0",
  ],
  [
    ["otelcol.processor.metric_start_time", 'gc_interval = "0s"\noutput { }'],
    ["otelcol.processor.metric_start_time", 'gc_interval = "1s"\noutput { }'],
    "gc_interval must be more than 0",
  ],
  [
    ["otelcol.processor.probabilistic_sampler", "sampling_precision = 15\noutput { }"],
    ["otelcol.processor.probabilistic_sampler", "sampling_precision = 14\noutput { }"],
    "sampling_precision must be from 1 to 14",
  ],
  [
    ["otelcol.exporter.prometheus", 'forward_to = []\ngc_frequency = "0s"'],
    ["otelcol.exporter.prometheus", 'forward_to = []\ngc_frequency = "1s"'],
    "gc_frequency must be more than 0",
  ],
  [
    ["otelcol.connector.host_info", "host_identifiers = []\noutput { }"],
    ["otelcol.connector.host_info", 'host_identifiers = ["a"]\noutput { }'],
    "host_identifiers is empty",
  ],
  [
    kafka("error_backoff {\nenabled = true\n}"),
    kafka("error_backoff {\nenabled = true\nmultiplier = 1.5\n}"),
    "multiplier must be more than 1",
  ],
  [
    jaegerSampling("http { }\nsource { }"),
    jaegerSampling('http { }\nsource {\nfile = "/a"\n}'),
    "source needs content or file or remote",
  ],
  [
    jaegerSampling('source {\nfile = "/a"\n}'),
    jaegerSampling('grpc { }\nsource {\nfile = "/a"\n}'),
    "needs grpc or http",
  ],
];
