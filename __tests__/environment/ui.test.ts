import { environmentOf, least, problemsOf } from "./reading";

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
    expect(problemsOf(...least, "network_policy: false", "ui: {expose: true}")).toEqual([
      "x.yaml:5:6: ui.expose: has no effect without host_network or a network policy; remove this, or network_policy: false",
    ]);
    expect(problemsOf(...least, "ui: {expose: true}")).toEqual([]);
    expect(problemsOf(...onNode, "network_policy: false", "ui: {expose: true}")).toEqual([]);
    expect(problemsOf(...onNode, "ui: {expose: true}")).toEqual([]);
    expect(problemsOf(...least, "ui: {port: 1}")).toEqual([]);
  });

  test.each(["0", "65536", "1.5", '"80"', "http"])("port %s is refused", (port) => {
    expect(problemsOf(...least, `ui: {port: ${port}}`)).toEqual([
      "x.yaml:4:6: ui.port: is no port; write a whole number from 1 to 65535",
    ]);
  });

  test.each([":8080", "127.0.0.1", "localhost:8080", "127.0.0.1:0"])("%s is no address", (address) => {
    expect(problemsOf(...least, `reloader: {listen_address: "${address}"}`)).toEqual([
      "x.yaml:4:12: reloader.listen_address: is no address to listen on; write an IP address and a port, such as 127.0.0.1:18080",
    ]);
    expect(problemsOf(...least, 'reloader: {listen_address: "[::1]:8080"}')).toEqual([]);
  });

  test.each([
    ["ui: {expose: true}", "alloy: {listenAddr: 0.0.0.0}", "5:9: alloy.listenAddr", "ui.expose"],
    ["ui: {port: 1}", "alloy: {listenPort: 2}", "5:9: alloy.listenPort", "ui.port"],
    [
      "reloader: {listen_address: '127.0.0.1:1'}",
      "configReloader: {customArgs: [a]}",
      "5:18: configReloader.customArgs",
      "reloader.listen_address",
    ],
  ])("%s stands beside no %s", (setting, chartValue, place, name) => {
    const lines = ["container_runtime: crio", "local: {endpoint: 'http://a'}", "host_network: true"];
    expect(problemsOf(...lines, setting, chartValue)).toEqual([
      `x.yaml:${place}: says what ${name} says; keep one of the two`,
    ]);
    expect(problemsOf(...lines, chartValue)).toEqual([]);
  });
});
