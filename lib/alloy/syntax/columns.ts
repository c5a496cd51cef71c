/** A line of text that is being written. */
interface Line {
  indent: number;
  /** What ends at a tab stop, after the indent. */
  cells: string[];
  /** What comes after the last stop. */
  text: string;
  /** Nothing below it is aligned with what is above. */
  isLast: boolean;
}

/** How many characters a tab counts for where an indent stands in a column in which other lines have text. */
const tabWidth = 8;

/**
 * Text with elastic tab stops: what stands before the stops of one column in neighbouring lines is as wide as the widest.
 * So `alloy fmt` aligns equal signs and comments.
 */
export class Columns {
  private readonly lines: Line[] = [];
  private line: Line = emptyLine();

  get isEmpty(): boolean {
    return this.lines.length === 0 && this.isAtLineStart;
  }

  /** Whether nothing stands in the line yet. */
  get isAtLineStart(): boolean {
    return this.line.text === "" && this.line.indent === 0 && this.line.cells.length === 0;
  }

  /** How many lines there are before this one. */
  get count(): number {
    return this.lines.length;
  }

  /** How many characters of the line there are after its last stop. */
  get width(): number {
    return this.line.text.length;
  }

  indent(depth: number): void {
    this.line.indent = depth;
  }

  write(text: string): void {
    this.line.text += text;
  }

  /** Ends a cell of the line. */
  stop(): void {
    this.line.cells.push(this.line.text);
    this.line.text = "";
  }

  /** Ends the line. @param isLast ends the columns too */
  break(isLast: boolean): void {
    this.line.isLast = isLast;
    this.lines.push(this.line);
    this.line = emptyLine();
  }

  /** Takes back what was written since there were so many lines, and so many characters in the last. */
  rewind(count: number, width: number): void {
    const line = this.lines[count];
    if (line !== undefined) {
      this.lines.length = count;
      this.line = line;
    }
    this.line.text = this.line.text.slice(0, width);
  }

  toString(): string {
    const lines = [...this.lines, this.line];
    const printed: string[] = [];
    let start = 0;
    lines.forEach((line, index) => {
      if (!line.isLast && index < lines.length - 1) return;
      if (start === index) {
        printed.push(alone(line));
      } else {
        printSection(lines.slice(start, index + 1), printed);
      }
      start = index + 1;
    });
    return printed.join("\n");
  }
}

function emptyLine(): Line {
  return { indent: 0, cells: [], text: "", isLast: false };
}

/** A line that shares its columns with no other. */
function alone({ indent, cells, text }: Line): string {
  let printed = "\t".repeat(indent);
  for (const cell of cells) printed += `${cell} `;
  return printed + text;
}

/** Prints lines that share their columns. */
function printSection(lines: readonly Line[], printed: string[]): void {
  const indent = lines[0]?.indent ?? 0;
  if (lines.every((line) => line.indent === indent)) {
    align(lines, 0, lines.length, [], "\t".repeat(indent), printed);
    return;
  }
  // Where indents differ, they are stops like others.
  const asCells = lines.map((line) => ({
    ...line,
    cells: [...new Array<string>(line.indent).fill(""), ...line.cells],
  }));
  align(asCells, 0, lines.length, [], "", printed);
}

/**
 * Prints the lines from `start` to before `end`.
 *
 * @param widths of their first columns; the others are found here
 */
function align(
  lines: readonly Line[],
  start: number,
  end: number,
  widths: number[],
  indent: string,
  printed: string[],
): void {
  for (let first = start; first < end; ) {
    let next = first;
    let width = 0;
    for (; next < end; next++) {
      const cell = lines[next]?.cells[widths.length];
      if (cell === undefined) break;
      width = Math.max(width, widthOf(cell) + 1);
    }
    if (next > first) {
      widths.push(width);
      align(lines, first, next, widths, indent, printed);
      widths.pop();
      first = next;
    } else {
      printed.push(indent + textOf(lines[first++], widths));
    }
  }
}

function textOf(line: Line | undefined, widths: readonly number[]): string {
  if (line === undefined) return "";
  let text = "";
  line.cells.forEach((cell, index) => {
    const width = widths[index] ?? 0;
    if (cell === "") {
      text += /^\t*$/.test(text) ? "\t".repeat(Math.ceil(width / tabWidth)) : " ".repeat(width);
    } else {
      text += cell + " ".repeat(width - widthOf(cell));
    }
  });
  return text + line.text;
}

/** In characters, as the formatter counts. */
function widthOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : [...text].length;
}
