import { invariant } from '../../shared/base/assert.ts';
import type { Plan } from './story-plan.ts';
import { shuffled } from './random.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios/all.ts';

/** Deals a scenario that fits a plan; one comes again only when all that fit have come. */
export type ScenarioDeck = (plan: Plan) => Scenario;

export function scenarioDeck(random: Random): ScenarioDeck {
  const decks = new Map<string, Scenario[]>();
  return (plan) => {
    const key = `${deckOf(plan)} ${plan.severity}`;
    let deck = decks.get(key);
    if (deck === undefined || deck.length === 0) {
      deck = shuffled(random, fitting(plan));
      decks.set(key, deck);
    }
    const dealt = deck.pop();
    invariant(dealt !== undefined, `no scenario fits ${key}`);
    return dealt;
  };
}

function deckOf(plan: Plan): 'bug' | 'feature' | 'untriaged' | 'past' | 'any' {
  switch (plan.stage) {
    case 'certified':
      return 'bug';
    case 'feature':
    case 'feature-asked':
      return 'feature';
    case 'untriaged':
      return 'untriaged';
    case 'resolved-today':
    case 'resolved':
    case 'closed':
      return 'past';
    case 'triaged':
    case 'unanswered':
    case 'answered':
    case 'waiting':
      return 'any';
  }
}

function fitting(plan: Plan): Scenario[] {
  const deck = deckOf(plan);
  return scenarios.filter((scenario) => {
    // Some ask for Critical although only their own server is down: accepted and flagged (P3).
    const asksTooMuch = scenario.severity === 'high' && scenario.licence === 'own-server';
    switch (deck) {
      case 'feature':
        return scenario.kind === 'feature';
      case 'bug':
        return scenario.kind === 'bug' && scenario.severity === plan.severity;
      case 'untriaged':
        return scenario.severity === plan.severity || (plan.severity === 'critical' && asksTooMuch);
      case 'past':
        return scenario.severity === plan.severity;
      case 'any':
        return scenario.severity === plan.severity && scenario.kind !== 'feature';
    }
  });
}
