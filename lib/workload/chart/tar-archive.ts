import { gunzipSync } from "node:zlib";

const blockSize = 512;

/**
 * The text files of a gzipped tar archive, by path.
 *
 * Reads what `helm package` writes: plain files with ustar names. Anything else in the archive is passed over.
 *
 * @returns none of what is no such archive
 */
export function readTarArchive(archive: Buffer): Map<string, string> {
  const tar = unpacked(archive);
  const files = new Map<string, string>();
  let offset = 0;
  while (offset + blockSize <= tar.length && tar[offset] !== 0) {
    const header = tar.subarray(offset, offset + blockSize);
    const size = Number.parseInt(text(header, 124, 12), 8) || 0;
    const start = offset + blockSize;
    const type = text(header, 156, 1);
    if (type === "0" || type === "") {
      const folder = text(header, 345, 155);
      const name = text(header, 0, 100);
      files.set(folder === "" ? name : `${folder}/${name}`, tar.toString("utf8", start, start + size));
    }
    offset = start + Math.ceil(size / blockSize) * blockSize;
  }
  return files;
}

function unpacked(archive: Buffer): Buffer {
  try {
    return gunzipSync(archive);
  } catch {
    return Buffer.alloc(0);
  }
}

/** A header's field, up to its first NUL. */
function text(header: Buffer, start: number, length: number): string {
  const field = header.toString("latin1", start, start + length);
  const end = field.indexOf("\0");
  return (end === -1 ? field : field.slice(0, end)).trim();
}
