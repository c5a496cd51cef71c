import { diagnosticsOf, environmentOf, least } from "../reading";

const onNode = [...least, "host_network: true"];

describe("the UI", () => {
  test("is closed, on the chart's port and without the data by default", () => {
    const { ui, livedebugging, reloaderAddress } = environmentOf(...least);
    expect({ ui, livedebugging, reloaderAddress }).toEqual({ ui: { expose: false }, livedebugging: false });
  });

  test("is as it is set", () => {
    const reloader = "reloader: {listen_address: '127.0.0.1:18080'}";
    const set = environmentOf(...onNode, "ui: {expose: true, port: 12346}", "livedebugging: true", reloader);
    expect(set).toMatchObject({
      ui: { expose: true, port: 12346 },
      livedebugging: true,
      reloaderAddress: "127.0.0.1:18080",
    });
  });

  test("can be exposed where it is closed", () => {
    expect(diagnosticsOf(...least, "network_policy: false", "ui: {expose: true}")).toEqual([
      "x.yaml:5:6: ui.expose: has no effect without host_network or a network policy; remove this, or network_policy: false",
    ]);
    expect(diagnosticsOf(...least, "ui: {expose: true}")).toEqual([]);
    expect(diagnosticsOf(...onNode, "network_policy: false", "ui: {expose: true}")).toEqual([]);
    expect(diagnosticsOf(...onNode, "ui: {expose: true}")).toEqual([]);
    expect(diagnosticsOf(...least, "ui: {port: 1024}")).toEqual([]);
  });

  test("a port in quotes is refused", () => {
    expect(diagnosticsOf(...least, 'ui: {port: "8080"}')).toEqual([
      'x.yaml:4:6: ui.port: must be a whole number, is the string "8080"; write 8080 without quotes',
    ]);
  });

  test.each(["0", "1023", "65536", "1.5", "[8080]"])("port %s is refused", (port) => {
    expect(diagnosticsOf(...least, `ui: {port: ${port}}`)).toEqual([
      "x.yaml:4:6: ui.port: is no port that the agent may listen on; write a whole number from 1024 to 65535",
    ]);
  });

  test.each([
    ":8080",
    "127.0.0.1",
    "localhost:8080",
    "127.0.0.1:0",
    "127.0.0.1:1023",
    "127.0.0.1:65536",
    "256.0.0.1:8080",
    "::1:8080",
    "[::g]:8080",
    "[1.2.3.4.5]:8080",
  ])("%s is no address", (address) => {
    expect(diagnosticsOf(...least, `reloader: {listen_address: "${address}"}`)).toEqual([
      "x.yaml:4:12: reloader.listen_address: is no address to listen on; write an IP address and a port from 1024 to 65535, such as 127.0.0.1:18080",
    ]);
    expect(diagnosticsOf(...least, 'reloader: {listen_address: "[::1]:8080"}')).toEqual([]);
  });

  test.each([
    ["0.0.0.0:12345", "", 12345, "127.0.0.1:12346"],
    ["[::]:18080", "ui: {port: 18080}", 18080, "127.0.0.1:12345"],
  ])("the sidecar's address %s has not the port of the UI: %s", (address, other, port, free) => {
    const reloader = (one: string) => `reloader: {listen_address: "${one}"}`;
    for (const lines of [least, onNode]) {
      expect(diagnosticsOf(...lines, other, reloader(address))).toEqual([
        `x.yaml:${lines.length + 2}:12: reloader.listen_address: has port ${port}, which Alloy's UI has; write another`,
      ]);
      expect(diagnosticsOf(...lines, other, reloader(free))).toEqual([]);
    }
  });

  test("the sidecar has no address where there is no sidecar", () => {
    const address = "reloader: {listen_address: '127.0.0.1:18080'}";
    expect(diagnosticsOf(...least, address, "configReloader: {enabled: false}")).toEqual([
      "x.yaml:4:12: reloader.listen_address: has no effect, since configReloader.enabled is false; remove one of the two",
    ]);
    expect(diagnosticsOf(...least, address, "configReloader: {enabled: true}")).toEqual([]);
    const image = "images: {reloader: v0.91.0}";
    expect(diagnosticsOf(...least, image, "configReloader: {enabled: false}")).toEqual([
      "x.yaml:4:10: images.reloader: has no effect, since configReloader.enabled is false; remove one of the two",
    ]);
    expect(diagnosticsOf(...least, image, "configReloader: {enabled: true}")).toEqual([]);
  });
});
