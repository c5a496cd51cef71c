import { formatImage, parseImage } from "../../../lib/workload/pod/rendered-container";

const digest = `sha256:${"0".repeat(64)}`;

test.each([
  ["docker.io/grafana/alloy:v1", { registry: "docker.io", repository: "grafana/alloy", tag: "v1" }],
  ["grafana/alloy", { repository: "grafana/alloy" }],
  ["alloy:v1", { repository: "alloy", tag: "v1" }],
  ["localhost/alloy", { registry: "localhost", repository: "alloy" }],
  ["registry:5000/a/b/alloy:v1", { registry: "registry:5000", repository: "a/b/alloy", tag: "v1" }],
  [`quay.io/a/b@${digest}`, { registry: "quay.io", repository: "a/b", digest }],
  [`quay.io/a/b:v1@${digest}`, { registry: "quay.io", repository: "a/b", tag: "v1", digest }],
])("%s is taken apart and put together again", (text, image) => {
  expect(parseImage(text)).toEqual(image);
  expect(formatImage(image)).toBe(text);
});

test.each(["", "/grafana/alloy:v1", ":v1", "docker.io/"])("%j is no image's name", (text) => {
  expect(parseImage(text)).toBeUndefined();
});
