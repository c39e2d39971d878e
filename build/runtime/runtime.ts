/** An Electron that can be started, and what must be known about it to start or pack it. */
export interface Runtime {
  /** The folder that holds the executable, as electron-builder's `electronDist` wants it. */
  readonly distPath: string;
  readonly executable: string;
  readonly version: string;
  readonly source: 'override' | 'official' | 'carried';
}

/** Where the executable lies in a distribution folder, per platform. */
export function executableIn(distPath: string, platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
      return `${distPath}\\electron.exe`;
    case 'darwin':
      return `${distPath}/Electron.app/Contents/MacOS/Electron`;
    default:
      return `${distPath}/electron`;
  }
}
