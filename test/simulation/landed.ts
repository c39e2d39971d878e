/** What the product can do by now: without it, what it would do is not asked for. */
export const landed = {
  /** S14: each agent sees only what they may. */
  visibility: true,
};
