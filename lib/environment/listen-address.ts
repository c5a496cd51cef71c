import { isIP } from "node:net";

/** An IP address and a port, in groups. An address of IPv6 stands in brackets. */
export const listenAddressPattern = /^(\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\]):([1-9]\d{3,4})$/;

/** What is wrong with the address that a process without capabilities listens on. */
export function listenAddressMistakes(address: string): readonly string[] {
  const [, host = ""] = listenAddressPattern.exec(address) ?? [];
  const port = portOf(address);
  const isAddress = isIP(host.replace(/^\[|\]$/g, "")) !== 0 && port >= 1024 && port <= 65535;
  return isAddress
    ? []
    : [
        "is no address to listen on; write an IP address and a port from 1024 to 65535, such as 127.0.0.1:18080",
      ];
}

/** The port of an address; that of none is no number. */
export function portOf(address: string): number {
  const [, , port] = listenAddressPattern.exec(address) ?? [];
  return port === undefined ? Number.NaN : Number(port);
}
