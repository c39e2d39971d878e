export type JsonFault = { line: number; column: number; reason: string };

class Stop extends Error {
  readonly at: number;
  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

const NUMBER = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/;
// Control characters may not stand in a string as they are.
// oxlint-disable-next-line eslint/no-control-regex
const STRING = /"([^"\\\u0000-\u001F]|\\(["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/;
const SPACE = /[ \t\r\n]*/;

/** The first place where a text is not JSON, counted from 1; null where it is. The engine does not always say. */
export function jsonFault(text: string): JsonFault | null {
  try {
    const end = skip(text, readValue(text, skip(text, 0)));
    if (end < text.length) throw new Stop(end, 'nothing may follow the last bracket');
    return null;
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    const before = text.slice(0, thrown.at).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    return { line: before.length, column, reason: thrown.message };
  }
}

function readValue(text: string, at: number): number {
  switch (text[at]) {
    case '{':
      return readList(text, at, '}', 'a name in quotes', (start) => {
        const colon = skip(text, take(STRING, text, start, 'a name in quotes'));
        if (text[colon] !== ':') throw new Stop(colon, 'a colon is missing');
        return readValue(text, skip(text, colon + 1));
      });
    case '[':
      return readList(text, at, ']', 'a value', (start) => readValue(text, start));
    case '"':
      return take(STRING, text, at, 'the end of the quoted text');
    default:
      break;
  }
  const word = ['true', 'false', 'null'].find((each) => text.startsWith(each, at));
  return word === undefined ? take(NUMBER, text, at, 'a value') : at + word.length;
}

function readList(
  text: string,
  open: number,
  close: string,
  member: string,
  readMember: (at: number) => number,
): number {
  let at = skip(text, open + 1);
  if (text[at] === close) return at + 1;
  for (;;) {
    at = skip(text, readMember(at));
    if (text[at] === close) return at + 1;
    if (text[at] !== ',') throw new Stop(at, `a comma or ${close} is missing`);
    const comma = at;
    at = skip(text, at + 1);
    if (text[at] === close)
      throw new Stop(comma, `a comma stands here, but ${member} does not follow`);
  }
}

function take(pattern: RegExp, text: string, at: number, what: string): number {
  const end = match(pattern, text, at);
  if (end === null) throw new Stop(at, `${what} is missing`);
  return end;
}

function skip(text: string, at: number): number {
  return match(SPACE, text, at) ?? at;
}

function match(pattern: RegExp, text: string, at: number): number | null {
  // A sticky pattern matches only at its own lastIndex, which each use sets.
  const sticky = new RegExp(pattern.source, 'y');
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex : null;
}
