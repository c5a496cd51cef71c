import { Columns } from "./columns";
import type { Comment, MadeComments } from "./tree";

/** What stands between two texts: a blank, a tab stop, a line's end, the last line of a column, a change of indent. */
type Space = " " | "|" | "\n" | "\f" | ">" | "<";

/** Prints texts with what stands between them, and each comment before the text that it stood before. */
export class Layout {
  /** Formats the text, if it has comments that a program made. */
  format: MadeComments["format"] | undefined;
  protected readonly columns = new Columns();
  private readonly spaces: Space[] = [];
  private depth = 0;
  private nextComment = 0;
  /** Where the text under work stands in the config that was read, as far as that is known. */
  private offset = 0;
  /** The line there at which the last text ended. */
  private lastLine = 1;

  constructor(private readonly comments: readonly Comment[]) {}

  finish(): string {
    this.writeComments(Number.POSITIVE_INFINITY, undefined);
    return this.columns.toString();
  }

  protected space(space: Space): void {
    this.spaces.push(space);
  }

  /** Writes comments that a program made, on lines of their own. */
  protected commentLines(comments: MadeComments | undefined, where: "above" | "below"): void {
    if (comments === undefined) return;
    this.format = comments.format;
    for (const line of comments[where] ?? []) {
      if (line !== "") this.comment(line);
      this.space("\f");
    }
  }

  protected beside(comments: MadeComments | undefined): void {
    if (comments?.beside === undefined) return;
    this.format = comments.format;
    this.space(" ");
    this.comment(comments.beside);
  }

  private comment(text: string): void {
    this.text(/^\/[/*]/.test(text) ? text : `// ${text}`);
  }

  /** Writes a text after the comments that stood before it. */
  protected text(text: string, at?: number): void {
    // What has no place of its own, such as an equal sign, comes right after what it follows.
    const offset = at ?? this.offset - 1;
    if (this.nextComment < this.comments.length) this.writeComments(offset, this.lineAt(offset));
    this.offset = at ?? this.offset;
    this.writeSpaces();
    this.write(text);
  }

  private lineAt(offset: number): number {
    return this.comments[0]?.at.source.lineAt(offset) ?? 1;
  }

  /** @param line the line of the text that comes next, if any does */
  private writeComments(offset: number, line: number | undefined): void {
    let last: Comment | undefined;
    for (
      let comment = this.comments[this.nextComment];
      comment !== undefined && comment.at.start <= offset;
    ) {
      this.beforeComment(comment.at.line, line);
      this.offset = comment.at.start;
      this.write(comment.text);
      last = comment;
      comment = this.comments[++this.nextComment];
    }
    if (last === undefined || line === undefined) return;
    if (last.text.startsWith("/*") && line === last.at.endLine) this.columns.write(" ");
    const newlines = line - this.lastLine;
    const endsColumns = this.spaces.includes("\f");
    this.writeSpaces(true);
    this.newLines(newlines, endsColumns);
    this.offset = offset;
  }

  private beforeComment(line: number, next: number | undefined): void {
    if (this.columns.isEmpty) return;
    if (line === this.lastLine) {
      if (line === next) {
        this.columns.write(" ");
      } else {
        this.columns.stop();
      }
      return;
    }
    // What is indented before the line ends indents the comment too.
    const end = this.spaces.findIndex((space) => space !== ">" && space !== "<");
    for (const space of this.spaces.splice(0, end + 1).slice(0, -1)) this.depth += space === ">" ? 1 : -1;
    this.newLines(line - this.lastLine, true);
  }

  private newLines(count: number, endsColumns: boolean): void {
    for (let line = 0; line < Math.min(count, 2); line++) this.columns.break(endsColumns);
  }

  /** @param indentsOnly leaves out what stands between texts */
  protected writeSpaces(indentsOnly = false): void {
    if (this.spaces.length === 0) return;
    const lastBreak = Math.max(this.spaces.lastIndexOf("\n"), this.spaces.lastIndexOf("\f"));
    this.spaces.forEach((space, index) => {
      if (space === ">") {
        this.depth += 1;
      } else if (space === "<") {
        this.depth -= 1;
      } else if (indentsOnly) {
      } else if (space === "|") {
        this.columns.stop();
      } else if (space !== " ") {
        this.columns.break(space === "\f");
      } else if (index > lastBreak) this.columns.write(" ");
    });
    this.spaces.length = 0;
  }

  private write(text: string): void {
    if (this.columns.isAtLineStart) this.columns.indent(this.depth);
    // To the formatter a comment of several lines stands in one.
    if (!text.includes("\n") || text.startsWith("/*")) {
      this.columns.write(text);
    } else {
      text.split("\n").forEach((line, index) => {
        if (index > 0) this.columns.break(true);
        this.columns.write(line);
      });
    }
    if (this.comments.length > 0) this.lastLine = this.lineAt(this.offset + text.length - 1);
    this.offset += text.length;
  }
}
