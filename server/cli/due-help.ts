/** What `desk due --help` says of questions and answers. */
export const dueHelp = `
Each line of standard input is a question in JSON:
  {"zone":"Europe/Berlin","start":1798185600000,"hours":24,"holidays":["2026-12-25"],"calendar":"business"}
    zone      an IANA time zone
    start     ms since epoch, UTC, a whole number; from 1900 to 2999
    hours     counted hours, fractions too; from 0 to 1,000,000. Dues are whole ms; 0 hours are due at their start
    holidays  local dates that do not count; may be missing
    calendar  "business" (Monday to Saturday, whole local days, less holidays) or "always"; may be missing: business
Its answer is a line in the same place: {"due":MS}, or {"error":"line N: where: what"}. An empty line is an error,
and so is one of more than 1,000,000 bytes. Exit status: 0 if every line had a due, else 1.`;
