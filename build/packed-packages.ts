/**
 * Packages that stay packages in the built app, because they hold native parts or data files that
 * they look for beside themselves. All others are bundled.
 */
export const packedAsPackages = ['@electric-sql/pglite', 'classic-level', 'fs-native-extensions'];
