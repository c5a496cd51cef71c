import {
  type AttributeSyntax,
  type BlockSyntax,
  type BodySyntax,
  type Comment,
  type Comments,
  type ParsedConfig,
  type Place,
  type Syntax,
  statementsOf,
} from "../../lib/alloy";

/** What a comment can be about: a block, or a value (of an attribute, of a list or of a map). */
type Subject = BlockSyntax | Syntax;

/** A subject with where it begins and ends: an attribute and an entry of a map begin with their names. */
interface Part {
  readonly subject: Subject;
  readonly start: number;
  readonly end: Place;
}

/** The comments of a text, each with what it is about. */
export class AttachedComments {
  /** Comments of a text that has nothing else. */
  readonly ofFile: string[] = [];
  private readonly known = new Map<Subject, { above: string[]; beside?: string; below: string[] }>();

  constructor({ body, comments }: ParsedConfig) {
    for (const comment of comments) this.attach(comment, partsOfBody(body), undefined);
  }

  /** The comments on a subject. */
  of(subject: Subject): Comments | undefined {
    const found = this.known.get(subject);
    if (found === undefined) return undefined;
    return found;
  }

  private attach(comment: Comment, parts: readonly Part[], owner: Subject | undefined): void {
    const { at } = comment;
    const around = parts.find(({ start, end }) => start < at.start && at.start < end.end);
    if (around !== undefined) {
      this.attach(comment, partsOf(around.subject), around.subject);
      return;
    }
    const before = parts.findLast(({ end }) => end.end <= at.start);
    const after = parts.find(({ start }) => start >= at.end);
    const isLineEnd = after === undefined || at.source.lineAt(after.start) > at.endLine;
    if (before !== undefined && before.end.endLine === at.line && isLineEnd) {
      this.addBeside(before.subject, comment);
    } else if (after !== undefined) {
      const gap = emptyLines(at, at.source.lineAt(after.start));
      this.entry(after.subject).above.push(
        ...gapBefore(at),
        lineOf(comment),
        ...(isNextToComment(at) ? [] : gap),
      );
    } else if (before !== undefined) {
      this.entry(before.subject).below.push(...gapBefore(at), lineOf(comment));
    } else if (owner === undefined) {
      this.ofFile.push(lineOf(comment));
    } else {
      this.entry(owner).above.push(lineOf(comment));
    }
  }

  private addBeside(subject: Subject, comment: Comment): void {
    const entry = this.entry(subject);
    if (entry.beside === undefined) entry.beside = lineOf(comment);
    else entry.below.push(lineOf(comment));
  }

  private entry(subject: Subject) {
    const entry = this.known.get(subject) ?? { above: [], below: [] };
    this.known.set(subject, entry);
    return entry;
  }
}

/** The parts of a body, a list or a map. Other values have none: a comment in one is about all of it. */
function partsOf(subject: Subject): readonly Part[] {
  if ("body" in subject) return partsOfBody(subject.body);
  if (subject.kind === "list") return subject.items.flatMap((item) => partOf(item, item.at?.start));
  if (subject.kind !== "map") return [];
  return subject.entries.flatMap(([, value, at]) => partOf(value, at?.start));
}

function partsOfBody(body: BodySyntax): readonly Part[] {
  return statementsOf(body).flatMap((statement: AttributeSyntax | BlockSyntax) =>
    "body" in statement
      ? partOf(statement, statement.at?.start)
      : partOf(statement.value, statement.at?.start),
  );
}

function partOf(subject: Subject, start: number | undefined): readonly Part[] {
  return start === undefined || subject.at === undefined ? [] : [{ subject, start, end: subject.at }];
}

/** A comment as a program gives it to the library: without `//` where a blank follows that. */
function lineOf({ text }: Comment): string {
  const plain = /^\/\/ (?!\/[/*]|$)(.+)$/.exec(text)?.[1];
  return plain ?? text;
}

/** The empty line before a comment, where another comment stands before that. */
function gapBefore({ source, line, start }: Place): readonly string[] {
  const before = source.text.slice(0, start).split("\n");
  const previous = before.at(-2)?.trim();
  const earlier = before.at(-3)?.trim() ?? "";
  return previous === "" && /^\/\/|\*\/$/.test(earlier) && line > 1 ? [""] : [];
}

function emptyLines(at: Place, nextLine: number): readonly string[] {
  return nextLine - at.endLine > 1 ? [""] : [];
}

/** Whether a comment is the next thing in the text: then an empty line between them belongs to that one. */
function isNextToComment({ source, end }: Place): boolean {
  return /^\s*\/[/*]/.test(source.text.slice(end));
}
