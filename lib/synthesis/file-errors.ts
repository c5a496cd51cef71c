import { fileProblem, Problems, shownPath } from "../environment";

/** What is wrong, and what to do, by the code of a file system's error. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "may not be written; make it yours to write",
  EDQUOT: "can't be written, as your quota is used up; make room",
  EEXIST: "is a link that leads nowhere, or a file; name a folder",
  EISDIR: "is a folder where a file goes; move it away",
  ELOOP: "is a link that leads to itself; name a folder",
  EMFILE: "can't be opened, as too many files are; allow more of them",
  ENOENT: "can't be reached, or is a link that leads nowhere; name a folder",
  ENOSPC: "can't be written, as the disk is full; make room",
  ENOTDIR: "is below a file; name a folder",
  ENAMETOOLONG: "has a name that is too long; name another",
  EPERM: "may not be changed; make it yours to write",
  EROFS: "can't be written, as its file system is read-only; name another folder",
};

/**
 * Does some work with files.
 *
 * @param folder is named where an error names no file
 * @throws Problems with one line where the file system refuses something
 */
export function tellFileErrors<Result>(folder: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!isFileError(error)) throw error;
    const message = reasons[error.code] ?? `can't be written: ${error.code}`;
    throw new Problems([fileProblem(shownPath(error.path ?? folder), message)]);
  }
}

interface FileError {
  readonly code: string;
  readonly path?: string;
}

function isFileError(error: unknown): error is FileError {
  return (
    typeof error === "object" &&
    error !== null &&
    "syscall" in error &&
    "code" in error &&
    typeof error.code === "string"
  );
}
