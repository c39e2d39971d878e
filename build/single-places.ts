import ts from 'typescript';

/** What may occur in one file only, and in which. */
export const guards = {
  ipcMain: 'main/security/ipc.ts',
  'shell.openExternal': 'main/security/open-link.ts',
  'new Notification': 'main/alerts/notifier.ts',
  fetch: 'main/sync/desk-client.ts',
} as const;

export type Guard = keyof typeof guards;

/** Every use of a guarded thing in a file, with its line counted from 1. */
export function guardedUses(source: ts.SourceFile): { guard: Guard; line: number }[] {
  return walk(source, (node) => {
    if (ts.isIdentifier(node) && node.text === 'ipcMain') return 'ipcMain';
    if (ts.isIdentifier(node) && node.text === 'openExternal') return 'shell.openExternal';
    if (ts.isNewExpression(node) && node.expression.getText() === 'Notification') {
      return 'new Notification';
    }
    // `net.fetch` and `globalThis.fetch` too, and `fetch` handed on as a value.
    if (ts.isIdentifier(node) && node.text === 'fetch' && !isDeclaredName(node)) return 'fetch';
    return undefined;
  }).map(({ found, line }) => ({ guard: found, line }));
}

/** Every read of the clock or of randomness in a file. */
export function ambientUses(source: ts.SourceFile): { what: string; line: number }[] {
  return walk(source, (node) => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'Date') {
      return (node.arguments ?? []).length === 0 ? 'new Date()' : undefined;
    }
    if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()';
    if (!ts.isPropertyAccessExpression(node)) return undefined;
    const text = node.getText();
    return /(^|\.)(Date\.now|Math\.random|performance\.now|crypto\.\w+)$/.test(text)
      ? text
      : undefined;
  }).map(({ found, line }) => ({ what: found, line }));
}

/** The name of a property, method or parameter that is only called `fetch`. */
function isDeclaredName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isParameter(parent)) &&
    parent.name === node
  );
}

function walk<T extends string>(
  source: ts.SourceFile,
  look: (node: ts.Node) => T | undefined,
): { found: T; line: number }[] {
  const result: { found: T; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    const found = look(node);
    if (found !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      result.push({ found, line: line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return result;
}
