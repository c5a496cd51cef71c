import { series } from "../metrics/series";
import { ais, chosen, node, nodeName, type Row, rate } from "./dashboard";
import { graph, type Queries } from "./grafana";

/** Where the disks of targets are mounted on a node. */
const mounted = { cluster: chosen.cluster, node: chosen.node, mountpoint: { like: "/ais/.+" } };
const free = series("node_filesystem_avail_bytes", mounted);
const size = series("node_filesystem_size_bytes", mounted);
/** How full each of them is. */
export const used = `1 - max by (cluster, node, mountpoint) (${free}) / max by (cluster, node, mountpoint) (${size})`;

/** Counters of errors, by what could not be done. */
const errors: Queries = {
  GET: "target_err_get_count",
  PUT: "target_err_put_count",
  HEAD: "target_err_head_count",
  DELETE: "target_err_del_count",
  APPEND: "target_err_append_count",
  list: "proxy_err_lst_count",
  "get-batch": "target_err_getbatch_count",
  download: "target_err_dl_count",
  "checksum of a PUT": "target_err_put_cksum_count",
  "answer of a target": "target_err_http_write_count",
  "answer of a proxy": "proxy_err_http_write_count",
};

/** All of them, a second. */
export const sumOfErrors = Object.values(errors)
  .map((metric) => `(sum(${rate(ais(metric))}) or vector(0))`)
  .join(" + ");

/** What could not be done. */
export const failures: Row = {
  id: 400,
  title: "Errors",
  panels: [
    graph({
      id: 401,
      title: "Errors",
      description: "By what could not be done, a second.",
      unit: "cps",
      queries: Object.fromEntries(
        Object.entries(errors).map(([what, metric]) => [
          `{{cluster}} ${what}`,
          `sum by (cluster) (${rate(ais(metric))}) > 0`,
        ]),
      ),
    }),
    graph({
      id: 402,
      title: "Input and output",
      description:
        "Errors of a node's disks in GET, PUT and DELETE, a second. They wake the check of its disks.",
      unit: "cps",
      queries: Object.fromEntries(
        Object.entries({ GET: "get", PUT: "put", DELETE: "del" }).map(([name, operation]) => [
          `${name} ${nodeName}`,
          `sum by (${node}) (${rate(ais(`target_err_io_${operation}_count`))}) > 0`,
        ]),
      ),
    }),
    graph({
      id: 403,
      title: "Between nodes, and from backends",
      description:
        "Keep-alives that failed, and requests that a backend had to be asked again for, a second.",
      unit: "cps",
      queries: {
        "{{cluster}} keep-alive of targets": `sum by (cluster) (${rate(ais("target_err_kalive_count"))}) > 0`,
        "{{cluster}} keep-alive of proxies": `sum by (cluster) (${rate(ais("proxy_err_kalive_count"))}) > 0`,
        "{{cluster}} GET limited": `sum by (cluster) (${rate(ais("target_ratelim_retry_get_count"))}) > 0`,
        "{{cluster}} PUT limited": `sum by (cluster) (${rate(ais("target_ratelim_retry_put_count"))}) > 0`,
      },
    }),
  ],
};

/** How busy and how full disks are. */
export const disks: Row = {
  id: 500,
  title: "Disks",
  panels: [
    graph({
      id: 501,
      title: "Busy",
      description: "How much of the time the busiest disk of a node is busy, as AIStore measures it.",
      unit: "percent",
      max: 100,
      queries: { [nodeName]: `max by (${node}) (${ais("target_disk_util")})` },
    }),
    graph({
      id: 502,
      title: "Read",
      description: "Bytes that a node's disks read, a second.",
      unit: "Bps",
      queries: { [nodeName]: `sum by (${node}) (${ais("target_disk_read_bps")})` },
    }),
    graph({
      id: 503,
      title: "Written",
      description: "Bytes that a node's disks write, a second.",
      unit: "Bps",
      queries: { [nodeName]: `sum by (${node}) (${ais("target_disk_write_bps")})` },
    }),
    graph({
      id: 504,
      title: "Full",
      description: "Of the file systems that are mounted below /ais: the ten that are the fullest.",
      unit: "percentunit",
      max: 1,
      width: 12,
      queries: { "{{cluster}} {{node}} {{mountpoint}}": `topk(10, ${used})` },
    }),
    graph({
      id: 505,
      title: "Checks of disks",
      description:
        "How often AIStore has checked a mountpath, as something could not be read or written there.",
      width: 12,
      queries: {
        "{{cluster}} {{node}} {{mountpath}}": `sum by (cluster, node, mountpath) (increase(${ais("target_err_fshc_count")}[$__rate_interval])) > 0`,
      },
    }),
  ],
};
