/** Failed sign-ins of one address that are answered within a window. */
const MAX_FAILURES = 20;
const WINDOW_MS = 60_000;
/** Addresses that are remembered at once. */
const MAX_ADDRESSES = 10_000;

/**
 * Counts failed sign-ins by address (X5). One address can be a whole office behind a proxy, so only what failed is
 * turned away: one console with an old token does not lock the others out.
 */
export type SignInLimit = {
  isOver: (address: string) => boolean;
  failed: (address: string) => void;
};

export function signInLimit(nowMs: () => number): SignInLimit {
  const failures = new Map<string, { count: number; untilAt: number }>();
  const current = (address: string) => {
    const found = failures.get(address);
    return found !== undefined && found.untilAt > nowMs() ? found : undefined;
  };
  return {
    isOver: (address) => (current(address)?.count ?? 0) >= MAX_FAILURES,
    failed: (address) => {
      const found = current(address);
      if (found !== undefined) {
        found.count += 1;
        return;
      }
      failures.delete(address);
      // The oldest goes: memory is bounded whatever comes.
      if (failures.size >= MAX_ADDRESSES) failures.delete(failures.keys().next().value ?? '');
      failures.set(address, { count: 1, untilAt: nowMs() + WINDOW_MS });
    },
  };
}
