import type { Scenario } from '../scenario.ts';
import { apiScenarios } from './api.ts';
import { billingScenarios } from './billing.ts';
import { chatWidgetScenarios } from './chat-widget.ts';
import { directoryScenarios } from './directory.ts';
import { hostingScenarios } from './hosting.ts';
import { knowledgeBaseScenarios } from './knowledge-base.ts';
import { mailPipeScenarios } from './mail-pipe.ts';
import { ownServerScenarios } from './own-server.ts';
import { reportsScenarios } from './reports.ts';
import { slaRulesScenarios } from './sla-rules.ts';
import { ticketsScreenScenarios } from './tickets-screen.ts';

/** Every story of the demo desk. */
export const scenarios: readonly Scenario[] = [
  ...hostingScenarios,
  ...mailPipeScenarios,
  ...chatWidgetScenarios,
  ...slaRulesScenarios,
  ...directoryScenarios,
  ...reportsScenarios,
  ...knowledgeBaseScenarios,
  ...billingScenarios,
  ...apiScenarios,
  ...ownServerScenarios,
  ...ticketsScreenScenarios,
];
