import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { LogFault } from './log-fault.ts';
import { logColumns, logRowSchema, shown } from './log-row.ts';
import type { LogEvent } from './log-row.ts';

/** Reads every event of a log, or names the first line with a fault. */
export function readEvents(input: string | Uint8Array): Result<LogEvent[], LogFault> {
  const text = decode(input);
  if (!text.ok) return text;
  if (text.value.trim() === '') return err({ line: 1, message: 'the file is empty' });
  const records = readRecords(text.value);
  if (!records.ok) return records;
  const [header, ...rows] = records.value;
  const wrongHeader = checkHeader(header?.record ?? []);
  if (wrongHeader !== null) return err({ line: header?.info.lines ?? 1, message: wrongHeader });
  const events: LogEvent[] = [];
  for (const { record, info } of rows) {
    const event = readRow(record, info.lines);
    if (!event.ok) return event;
    events.push(event.value);
  }
  return ok(events);
}

/** Reads bytes as UTF-8; text that came from bytes that were not has a mark where they stood. */
function decode(input: string | Uint8Array): Result<string, LogFault> {
  const text = typeof input === 'string' ? input : new TextDecoder('utf-8').decode(input);
  const at = text.indexOf('\uFFFD');
  if (at === -1) return ok(text);
  return err({ line: text.slice(0, at).split('\n').length, message: 'the bytes are not UTF-8' });
}

const recordsSchema = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }),
);

/** Columns are counted here and not by the parser, as its words are for programmers. */
function readRecords(text: string): Result<z.infer<typeof recordsSchema>, LogFault> {
  try {
    return ok(
      recordsSchema.parse(
        parse(text, {
          bom: true,
          info: true,
          relax_column_count: true,
          skip_empty_lines: true,
          max_record_size: 100_000,
        }),
      ),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const lines: unknown = error['lines'];
    return err({
      line: typeof lines === 'number' ? lines : 1,
      message: csvFault(error.code),
    });
  }
}

function csvFault(code: string): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quotation mark is not closed';
    case 'CSV_MAX_RECORD_SIZE':
      return 'a row is longer than 100,000 characters';
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'a quotation mark stands where none may be';
    default:
      return `the row cannot be read (${code})`;
  }
}

function checkHeader(header: readonly string[]): string | null {
  const wrong = logColumns.findIndex((name, index) => header[index] !== name);
  if (wrong !== -1) {
    const found = header[wrong];
    return `column ${wrong + 1} of the header must be "${logColumns[wrong]}", not ${found === undefined ? 'missing' : shown(found)}`;
  }
  return header.length === logColumns.length
    ? null
    : `the header has ${header.length} columns instead of ${logColumns.length}`;
}

function readRow(record: readonly string[], line: number): Result<LogEvent, LogFault> {
  if (record.length !== logColumns.length)
    return err({
      line,
      message: `the row has ${record.length} columns instead of ${logColumns.length}`,
    });
  const read = logRowSchema.safeParse(
    Object.fromEntries(logColumns.map((name, index) => [name, record[index]])),
  );
  if (read.success) return ok({ ...read.data, line });
  const issue = read.error.issues[0];
  const column = issue?.path[0];
  const value = record[logColumns.findIndex((name) => name === column)];
  const message = issue?.message ?? 'is not right';
  // Some messages show the value themselves.
  return err({
    line,
    message: `${String(column)}: ${message.startsWith('"') ? message : `${shown(value)} ${message}`}`,
  });
}
