import type { TestSeries } from "../engines/promtool";
import { aistore, hour } from "./healthy-series";

const target = { ...aistore, component: "target", pod: "ais-target-0", node: "n1", node_id: "t1" };
const proxy = { ...aistore, component: "proxy", pod: "ais-proxy-0", node: "n2", node_id: "p1" };
const bucket = { bucket: "ais://train" };
const job = { ...bucket, xkind: "" };
const backend = { ...bucket, backend: "aws" };
const ofTarget = (metric: string, values: string, labels: TestSeries["labels"] = {}): TestSeries => ({
  metric: `ais_target_${metric}`,
  labels: { ...target, ...labels },
  values,
});
const ofProxy = (metric: string, values: string, labels: TestSeries["labels"] = {}): TestSeries => ({
  metric: `ais_proxy_${metric}`,
  labels: { ...proxy, ...labels },
  values,
});
const counts = (each: number) => `0+${each}${hour}`;

/**
 * A target and a proxy at work for an hour, with an error of each kind now and then, and a rebalance: the names and
 * labels are those of AIStore, and those that the pipeline adds.
 */
export const aistoreSeries: readonly TestSeries[] = [
  { metric: "up", labels: target, values: `1${hour}` },
  { metric: "up", labels: proxy, values: `1${hour}` },
  // 300 requests of 100 MB each minute, each of 5 ms.
  ofTarget("get_count", counts(150), bucket),
  ofTarget("get_bytes", counts(150 * 1e8), bucket),
  ofTarget("get_ns_total", counts(150 * 5e6), bucket),
  ofTarget("put_count", counts(30), job),
  ofTarget("put_bytes", counts(30 * 1e8), job),
  ofTarget("put_ns_total", counts(30 * 8e6), job),
  ofTarget("head_count", counts(3), bucket),
  ofTarget("del_count", counts(3), bucket),
  ofTarget("getbatch_count", counts(3)),
  ofProxy("lst_count", counts(3), bucket),
  ...["get", "head", "del", "append"].map((operation) =>
    ofTarget(`err_${operation}_count`, counts(3), bucket),
  ),
  ofTarget("err_put_count", counts(3), job),
  ofTarget("err_put_cksum_count", counts(3), job),
  ofTarget("err_getbatch_count", counts(3)),
  ofTarget("err_dl_count", counts(3)),
  ofTarget("err_http_write_count", counts(3)),
  ofTarget("err_kalive_count", counts(3)),
  ofProxy("err_lst_count", counts(3), bucket),
  ofProxy("err_http_write_count", counts(3)),
  ofProxy("err_kalive_count", counts(3)),
  ofTarget("err_io_get_count", counts(3), bucket),
  ofTarget("err_io_put_count", counts(3), job),
  ofTarget("err_io_del_count", counts(3), bucket),
  ofTarget("err_fshc_count", counts(3), { mountpath: "/ais/nvme0n1" }),
  ofTarget("ratelim_retry_get_count", counts(3), job),
  ofTarget("ratelim_retry_put_count", counts(3), job),
  ofTarget("remote_get_bytes_total", counts(3e8), backend),
  ofTarget("remote_get_count", counts(3), backend),
  ofTarget("remote_get_ns_total", counts(3 * 4e7), backend),
  ofTarget("remote_e2e_put_bytes_total", counts(3e8), { ...backend, xkind: "" }),
  ofTarget("remote_put_count", counts(3), { ...backend, xkind: "" }),
  ofTarget("remote_put_ns_total", counts(3 * 9e7), { ...backend, xkind: "" }),
  ...["nvme0n1", "nvme1n1"].flatMap((disk, place) => [
    ofTarget("disk_util", `${40 + place * 30}${hour}`, { disk }),
    ofTarget("disk_read_bps", `1000000${hour}`, { disk }),
    ofTarget("disk_write_bps", `2000000${hour}`, { disk }),
  ]),
  // Started and joined are bits 1 and 2. Bit 3: it rebalances.
  ofTarget("state_flags", `${2 + 4 + 8}${hour}`),
  ofProxy("state_flags", `${2 + 4}${hour}`),
  ofTarget("stream_out_bytes", counts(3e8)),
  ofTarget("stream_in_bytes", counts(6e8)),
  ...["/ais/nvme0n1", "/ais/nvme1n1"].flatMap((mountpoint, place) => {
    const labels = {
      cluster: "east",
      job: "node-exporter",
      instance: "n1",
      node: "n1",
      device: `/dev/nvme${place}n1`,
      fstype: "xfs",
      mountpoint,
    };
    return [
      { metric: "node_filesystem_size_bytes", labels, values: `1000${hour}` },
      { metric: "node_filesystem_avail_bytes", labels, values: `${700 - place * 500}${hour}` },
    ];
  }),
  ...["n1", "n2"].flatMap((node) => {
    const labels = {
      cluster: "east",
      job: "integrations/cadvisor",
      instance: node,
      node,
      namespace: "ais",
      pod: `ais-target-${node}`,
      container: "ais-node",
    };
    return [
      {
        metric: "container_cpu_usage_seconds_total",
        labels: { ...labels, cpu: "total" },
        values: counts(60),
      },
      { metric: "container_memory_working_set_bytes", labels, values: `1000000000${hour}` },
    ];
  }),
];
