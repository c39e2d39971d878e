import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { projectDir } from './paths.ts';

const drawings = [
  { from: 'app.svg', sizes: [16, 24, 32, 48, 64, 128, 256, 512], name: (n: number) => `${n}x${n}` },
  { from: 'tray.svg', sizes: [16, 22, 32, 44], name: (n: number) => `tray-${n}` },
];

/** Renders build/icons/*.svg to icons/*.png in the bundle, where it and the packager find them. */
export function renderIcons(bundleDir: string): void {
  const target = join(bundleDir, 'icons');
  mkdirSync(target, { recursive: true });
  for (const { from, sizes, name } of drawings) {
    const svg = readFileSync(join(projectDir, 'build', 'icons', from), 'utf8');
    for (const size of sizes) {
      const image = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render();
      writeFileSync(join(target, `${name(size)}.png`), image.asPng());
    }
  }
}
