import type { HttpBindings } from '@hono/node-server';
import type { Agent } from '../../shared/protocol/agent.ts';

/** What every request carries through the routes. */
export type DeskEnv = {
  Bindings: HttpBindings;
  Variables: {
    /** Whom the token stands for; set on every route that needs a sign-in. */
    agent: Agent;
  };
};
