/** The longest name of an attached file, in UTF-16 units; its UTF-8 fits every file system. */
export const MAX_NAME_LENGTH = 120;
const MAX_NAME_BYTES = 200;

/**
 * What nobody sees and what steers the direction of text: "invoice\u202Efdp.exe" shows as "invoiceexe.pdf". A fixed
 * list, so that console and desk agree whatever Unicode they know. Controls are a class that never changes.
 */
const UNSEEN =
  /[\p{Cc}\u00AD\u061C\u115F\u1160\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\u{E0000}-\u{E0FFF}]|\u034F|\u17B4|\u17B5|[\u180B-\u180F]|[\uFE00-\uFE0F]/gu;

/** Names that Windows takes for devices, whatever follows the dot. */
const DEVICE = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i;

/**
 * A file's name as it is kept, shown and offered to save under, made of any text (S16): no path, nothing that cannot be
 * seen or turns text around, nothing that a file system refuses, cut to length with its extension kept. A clean name
 * stays as it is.
 */
export function cleanName(raw: string): string {
  const seen = raw.toWellFormed().replace(/\s+/g, ' ').replace(UNSEEN, '');
  const last = seen.split(/[/\\]/).findLast((part) => /[^. ]/.test(part)) ?? '';
  const plain = trimmed(last.replace(/[<>:"|?*]/g, '_').replace(/ +/g, ' '));
  const name = shortened(DEVICE.test(plain) ? `_${plain}` : plain);
  return name === '' ? 'file' : name;
}

/** The extension in lower case, without its dot; empty where there is none. */
export function extensionOf(name: string): string {
  return /[^.]\.([A-Za-z0-9]{1,16})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** A leading dot hides a file, a trailing dot or space is dropped by Windows. */
function trimmed(name: string): string {
  return name.replace(/^[. ]+|[. ]+$/g, '');
}

function shortened(name: string): string {
  if (fits(name)) return name;
  const extension = extensionOf(name);
  const ending = extension === '' ? '' : name.slice(-extension.length - 1);
  const characters = Array.from(name).slice(0, MAX_NAME_LENGTH);
  while (!fits(`${characters.join('')}${ending}`)) characters.pop();
  return `${trimmed(characters.join(''))}${ending}`;
}

function fits(name: string): boolean {
  return name.length <= MAX_NAME_LENGTH && utf8Length(name) <= MAX_NAME_BYTES;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x8_00 ? 2 : code < 0x1_00_00 ? 3 : 4;
  }
  return length;
}
