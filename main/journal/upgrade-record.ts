/**
 * Records of earlier formats as this one has them (S5): what a field says now that was not there then. A field that is
 * there is never touched.
 */
export function upgradeRecord(value: unknown): unknown {
  if (!isObject(value)) return value;
  switch (value['kind']) {
    case 'command':
      return { ...value, command: upgradeCommand(value['command']) };
    case 'commands': {
      const { commands } = value;
      return Array.isArray(commands) ? { ...value, commands: commands.map(upgradeCommand) } : value;
    }
    default:
      return value;
  }
}

/** Format 1: nothing was undone, no desk was restored. */
function upgradeCommand(value: unknown): unknown {
  return isObject(value) ? { undoes: null, afterRestore: false, ...value } : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
