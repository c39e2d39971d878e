import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import { urgencyOrder } from '../../shared/policy/urgency-order.ts';
import { urgencyOf } from '../../shared/policy/urgency.ts';
import type { VisibleList } from '../../shared/protocol/pull.ts';
import type { Viewer } from '../../shared/tickets/may-see.ts';
import type { Reading } from '../store/contract.ts';

/** Every ticket that the viewer sees and that consoles keep, most urgent first (S8); at `now`, ms since epoch. */
export async function visibleList(
  snapshot: Reading,
  viewer: Viewer,
  cause: VisibleList['cause'],
  now: number,
): Promise<VisibleList> {
  const { open, ended } = await snapshot.kept(viewer);
  const version = await snapshot.policy();
  if (version === null) return { open: open.map(({ id }) => id), ended: [...ended], cause };
  const policy = compilePolicy(version);
  const urgencies = open.map((head) => urgencyOf(head, policy, now));
  const ordered = [...urgencyOrder(urgencies)].flatMap((index) => open[index]?.id ?? []);
  return { open: ordered, ended: [...ended], cause };
}
