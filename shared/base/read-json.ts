import { err, ok } from './result.ts';
import type { Result } from './result.ts';

/** Where a text stops being JSON, both counted from 1, and why. */
export type JsonFault = { line: number; column: number; reason: string };

/** Reads JSON that a person wrote, or says where it is none: the words of `JSON.parse` do not always name the place. */
export function readJson(text: string): Result<unknown, JsonFault> {
  try {
    const value: unknown = JSON.parse(text);
    return ok(value);
  } catch {
    const { offset, reason } = firstFault(text);
    const before = text.slice(0, offset);
    return err({
      line: before.split('\n').length,
      column: offset - before.lastIndexOf('\n'),
      reason,
    });
  }
}

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | 'comma';
type Fault = { offset: number; reason: string };

/** Walks the text token by token, without recursion: the nesting is the writer's. */
function firstFault(text: string): Fault {
  const open: ('{' | '[')[] = [];
  let expected: Expected | 'end' = 'value';
  let offset = 0;
  const afterValue = (): Expected | 'end' => (open.length === 0 ? 'end' : 'comma');
  for (;;) {
    offset = skipSpace(text, offset);
    const char = text[offset];
    if (char === undefined) return { offset, reason: 'the text ends too early' };
    if (closes(char, expected, open.at(-1))) {
      open.pop();
      expected = afterValue();
      offset += 1;
    } else if (expected === ':' && char === ':') {
      expected = 'value';
      offset += 1;
    } else if (expected === 'comma' && char === ',') {
      expected = open.at(-1) === '{' ? 'name' : 'value';
      offset += 1;
    } else if (isValue(expected) && (char === '{' || char === '[')) {
      open.push(char);
      expected = char === '{' ? 'name or }' : 'value or ]';
      offset += 1;
    } else if (char === '"' && (isValue(expected) || isName(expected))) {
      const end = endOfString(text, offset);
      if (typeof end !== 'number') return end;
      expected = isName(expected) ? ':' : afterValue();
      offset = end;
    } else {
      const length = isValue(expected) ? lengthOfWord(text, offset) : 0;
      if (length === 0) return { offset, reason: wanted(expected, open.at(-1)) };
      expected = afterValue();
      offset += length;
    }
  }
}

function isValue(expected: Expected | 'end'): boolean {
  return expected === 'value' || expected === 'value or ]';
}

function isName(expected: Expected | 'end'): boolean {
  return expected === 'name' || expected === 'name or }';
}

function closes(char: string, expected: Expected | 'end', within: '{' | '[' | undefined): boolean {
  if (char === '}') return within === '{' && (expected === 'comma' || expected === 'name or }');
  if (char === ']') return within === '[' && (expected === 'comma' || expected === 'value or ]');
  return false;
}

function wanted(expected: Expected | 'end', within: '{' | '[' | undefined): string {
  switch (expected) {
    case 'value':
    case 'value or ]':
      return 'a value is expected here';
    case 'name':
    case 'name or }':
      return 'a name in quotation marks is expected here';
    case ':':
      return '":" is expected here';
    case 'comma':
      return `"," or "${within === '{' ? '}' : ']'}" is expected here`;
    case 'end':
      return 'something follows the end';
  }
}

function skipSpace(text: string, from: number): number {
  let offset = from;
  while (offset < text.length && ' \t\n\r'.includes(text.charAt(offset))) offset += 1;
  return offset;
}

const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function lengthOfWord(text: string, offset: number): number {
  word.lastIndex = offset;
  return word.exec(text)?.[0].length ?? 0;
}

const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Where the string that begins here has ended, or what is wrong in it. */
function endOfString(text: string, from: number): number | Fault {
  let offset = from + 1;
  while (offset < text.length) {
    const char = text.charAt(offset);
    if (char === '"') return offset + 1;
    if (char < ' ') return { offset, reason: 'a character that must be escaped in a string' };
    if (char === '\\') {
      escape.lastIndex = offset;
      const length = escape.exec(text)?.[0].length ?? 0;
      if (length === 0) return { offset, reason: 'there is no such escape' };
      offset += length;
    } else offset += 1;
  }
  return { offset: from, reason: 'a quotation mark is not closed' };
}
