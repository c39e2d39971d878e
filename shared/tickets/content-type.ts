import { extensionOf } from './attachment-name.ts';

/** How much of a file's start `contentTypeOf` looks at. */
export const LOOK_BYTES = 4_096;

type Signature = readonly [type: string, at: number, bytes: string];

/** What files begin with; in hex. */
const signatures: readonly Signature[] = [
  ['image/png', 0, '89504e470d0a1a0a'],
  ['image/jpeg', 0, 'ffd8ff'],
  ['image/gif', 0, '474946383761'],
  ['image/gif', 0, '474946383961'],
  ['image/bmp', 0, '424d'],
  ['application/pdf', 0, '255044462d'],
  ['application/zip', 0, '504b0304'],
  ['application/zip', 0, '504b0506'],
  ['application/gzip', 0, '1f8b08'],
  ['application/x-7z-compressed', 0, '377abcaf271c'],
  ['application/vnd.rar', 0, '526172211a07'],
  ['application/x-msdownload', 0, '4d5a'],
  ['application/x-executable', 0, '7f454c46'],
  ['application/x-mach-binary', 0, 'feedface'],
  ['application/x-mach-binary', 0, 'feedfacf'],
  ['application/x-mach-binary', 0, 'cefaedfe'],
  ['application/x-mach-binary', 0, 'cffaedfe'],
  ['application/java-vm', 0, 'cafebabe'],
  ['application/x-ole-storage', 0, 'd0cf11e0a1b11ae1'],
  ['application/x-ms-shortcut', 0, '4c0000000114020000000000c000000000000046'],
  ['text/x-script', 0, '2321'],
  ['audio/mpeg', 0, '494433'],
  ['video/mp4', 4, '66747970'],
];

const UNKNOWN = 'application/octet-stream';

/** Images that a browser shows and that cannot carry a script. */
export const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
export type ImageType = (typeof imageTypes)[number];

export function isImage(type: string): type is ImageType {
  return imageTypes.some((each) => each === type);
}

/** What a file is by its first bytes, never by its name (S16, X3). Text is UTF-8 without control characters. */
export function contentTypeOf(bytes: Uint8Array): string {
  const start = bytes.subarray(0, LOOK_BYTES);
  if (begins(start, 0, '52494646') && begins(start, 8, '57454250')) return 'image/webp';
  const found = signatures.find(([, at, hex]) => begins(start, at, hex));
  if (found !== undefined) return found[0];
  return isText(start) ? 'text/plain' : UNKNOWN;
}

function begins(bytes: Uint8Array, at: number, hex: string): boolean {
  for (let index = 0; index * 2 < hex.length; index += 1)
    if (bytes[at + index] !== Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16))
      return false;
  return true;
}

/** UTF-8 that may end within a character, with no controls but line ends, tabs, form feeds and escapes. */
function isText(bytes: Uint8Array): boolean {
  let following = 0;
  for (const byte of bytes) {
    if (following > 0) {
      if (byte >> 6 !== 0b10) return false;
      following -= 1;
    } else if (byte < 0x80) {
      if ((byte < 0x20 && ![9, 10, 12, 13, 27].includes(byte)) || byte === 0x7f) return false;
    } else {
      following =
        byte >= 0xc2 && byte < 0xe0 ? 1 : byte >> 4 === 0xe ? 2 : byte >> 3 === 0x1e ? 3 : -1;
      if (following < 0) return false;
    }
  }
  return true;
}

const zip = ['application/zip'];
/** Old office files, and what a customer's mailer wrapped. */
const ole = ['application/x-ole-storage', 'application/zip'];
const words = ['text/plain', 'text/x-script', UNKNOWN];

/** What content the names of files promise, by extension. */
const promises: Readonly<Record<string, readonly string[]>> = {
  png: ['image/png'],
  jpg: ['image/jpeg'],
  jpeg: ['image/jpeg'],
  gif: ['image/gif'],
  webp: ['image/webp'],
  bmp: ['image/bmp'],
  pdf: ['application/pdf'],
  zip,
  docx: zip,
  xlsx: zip,
  pptx: zip,
  odt: zip,
  ods: zip,
  odp: zip,
  doc: ole,
  xls: ole,
  ppt: ole,
  msg: ole,
  gz: ['application/gzip'],
  tgz: ['application/gzip'],
  '7z': ['application/x-7z-compressed'],
  rar: ['application/vnd.rar'],
  mp3: ['audio/mpeg', UNKNOWN],
  mp4: ['video/mp4'],
  txt: words,
  log: words,
  csv: words,
  md: words,
  json: words,
  xml: words,
  yml: words,
  yaml: words,
  ini: words,
  conf: words,
  cfg: words,
  sql: words,
  eml: words,
  htm: words,
  html: words,
  svg: words,
};

const executableTypes = new Set([
  'application/x-msdownload',
  'application/x-executable',
  'application/x-mach-binary',
  'application/java-vm',
  'application/x-ms-shortcut',
]);

/** What some system runs, installs or obeys when it is opened. */
const executableExtensions = new Set(
  (
    'exe com bat cmd msi msp msix appx scr pif cpl ps1 psm1 vbs vbe js jse mjs wsf wsh hta jar lnk url scf reg inf ' +
    'chm gadget application appref-ms dll sys ocx drv iso img vhd vhdx dmg pkg mpkg app command terminal workflow ' +
    'sh bash zsh csh ksh fish run elf appimage desktop deb rpm snap flatpakref apk ipa py pyw pyz rb pl php ' +
    'docm dotm xlsm xltm xlam pptm potm ppam ppsm sldm html htm xhtml mht mhtml svg xll settingcontent-ms ' +
    'library-ms search-ms theme diagcab'
  ).split(' '),
);

/** What a screen must warn of before a file is saved (S16, X3). */
export type NameVerdict = {
  /** It may run something when it is opened, by its name or by what is in it. */
  executable: boolean;
  /** Its name promises something else than what is in it. */
  lies: boolean;
};

/** A file's name against its content; the content is what `contentTypeOf` gives. */
export function judgeName(name: string, contentType: string): NameVerdict {
  const extension = extensionOf(name);
  const expected = promises[extension];
  return {
    executable: executableExtensions.has(extension) || executableTypes.has(contentType),
    lies: expected !== undefined && !expected.includes(contentType),
  };
}
