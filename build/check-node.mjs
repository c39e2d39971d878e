// Loaded before every script of this project (`node --import`). Plain JavaScript that old versions
// can read, because the scripts themselves are TypeScript, which they cannot.
const wanted = 24;
const found = Number(process.versions.node.split('.')[0]);

if (found !== wanted) {
  process.stderr.write(
    [
      `This needs Node ${wanted}; it was started with Node ${process.versions.node} (${process.execPath}).`,
      'Node 24 comes with this project as the package "node", which an install script unpacks.',
      'If it is missing, install scripts were switched off or the install was cut short. Then:',
      '    npm ci --ignore-scripts=false',
      'and start again through npm (npm start, npm test), which puts that Node first.',
      '',
    ].join('\n'),
  );
  process.exit(1);
}
