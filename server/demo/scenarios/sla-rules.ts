import type { Scenario } from '../scenario.ts';

/** Business rules and SLA plans in the customers' own desks. */
export const slaRulesScenarios: readonly Scenario[] = [
  {
    id: 'sla-rule-loop',
    kind: 'bug',
    severity: 'high',
    subjects: [
      'Rule "{queue}" fires again and again, {n2} mails sent to one customer',
      'Escalation rule does not stop',
    ],
    openings: [
      'The rule that tells the team lead about late tickets sent {n2} mails last night for ONE ticket. Rule: if due passed then mail. Log shows it every minute.',
      'Our customer received {n2} times "we are working on it". They are furious and so am I. Version {version}.',
    ],
    firstReply:
      'I have paused the rule on your desk so that no more mail goes out. Does it have "run once per ticket" ticked, and did somebody edit it yesterday?',
    answer: 'It is ticked. A colleague renamed the rule yesterday, nothing else, he says.',
    note: 'Renaming gives the rule a new key, and "once" is remembered by key. That is ours.',
    secondReply:
      'Renaming it was enough: what has run once is remembered by the name. That is a fault of ours. You can switch the rule on again as long as nobody renames it.',
    resolution:
      'Fixed in {version}: "once" is remembered by the rule itself. Your rule is on again; a mail to the customer with our apology is drafted if you want to send it.',
    attempt: {
      steps: 'Rule with "once per ticket", let it fire, rename it, wait a minute',
      expected: 'Does not fire again',
      actual: 'Fires every minute',
    },
  },
  {
    id: 'sla-holiday-ignored',
    kind: 'bug',
    severity: 'medium',
    subjects: [
      'Public holiday counted as working day in SLA plan',
      'Due dates wrong around {day}: holiday is ignored',
    ],
    openings: [
      '{day} was a holiday here and is in the calendar, still {n} tickets went red on it. The plan uses the calendar "{queue}".',
      'Our due times ignore the second holiday calendar. With one calendar it works, with two only the first counts. {version}.',
    ],
    firstReply:
      'Could you export the plan and both calendars (Rules > SLA > Export) and name one ticket that went red wrongly?',
    answer:
      'Export attached. Ticket #{other} for example: submitted the evening before, due on the holiday at noon.',
    note: 'Second calendar is read only if the first has an entry in the same month.',
    secondReply:
      'Found: the second calendar is only read when the first has an entry in the same month. A workaround until the fix: put any entry in that month into the first.',
    resolution:
      'The fix is in {version}; due times of open tickets were counted anew. Reports of past months keep what was shown at the time.',
    attempt: {
      steps: 'Two calendars, holiday only in the second, ticket on the evening before, target 8 h',
      expected: 'Due on the day after the holiday',
      actual: 'Due on the holiday',
    },
  },
  {
    id: 'sla-pause-on-waiting',
    kind: 'question',
    severity: 'low',
    subjects: [
      'Does the SLA clock stop when we wait for the customer?',
      'How to pause SLA while waiting on a third party?',
    ],
    openings: [
      'We wait for a supplier for weeks and the ticket turns red. Which status pauses the clock? I tried "Pending" and it goes on.',
      'My boss asks why {n} tickets are late when we only wait for the customer. How should we set it up?',
    ],
    firstReply:
      'The status pauses the clock if it is ticked under SLA > Pausing; "Pending" is not by default. Be aware that first response never pauses, only resolution does. Is it the resolution that is red?',
    answer: 'Yes, only resolution. I ticked it, but the old tickets stay red.',
    note: 'Ticking does not touch the past unless "Count again" is run.',
    secondReply:
      'The tick holds from now on. For the old ones there is "Count again" in the same place; it shows which tickets change before it does anything.',
    resolution: 'Very good. Closing this, enjoy the green list.',
  },
  {
    id: 'sla-per-contract',
    kind: 'feature',
    severity: 'low',
    subjects: [
      'SLA plan by contract, not by queue',
      'Request: different response times per customer contract',
    ],
    openings: [
      'We sell bronze, silver and gold. Today we need three queues for that. It would be much nicer if the plan came from the contract of the customer.',
      'Could SLA plans be attached to organisations? We have {n2} of them with individual contracts and no way to manage that by queue.',
    ],
    firstReply:
      'A rule can do part of it: on creation, if the organisation has the tag "gold", set the plan. Would tags be enough for you, or do contracts also end on a date?',
    answer: 'They end on dates and we forget it every time. So tags help for now but not fully.',
    note: 'Workaround by tag rule given. Link to the request "Contracts".',
    secondReply:
      'Then I have added "ends on a date" to the request for contracts and put you on the list. The recipe with tags is attached for the time being.',
    resolution:
      'Contracts with dates are announced for the next feature release, see the blog. Thank you for describing it so clearly.',
  },
  {
    id: 'rule-editor-crash',
    kind: 'bug',
    severity: 'medium',
    subjects: [
      'Rule editor stays empty after saving',
      'Cannot open business rule: "undefined is not an object"',
    ],
    openings: [
      'I cannot open the rule "{queue}" any more. White page. Console: TypeError: Cannot read properties of undefined (reading "conditions"). {browser}.',
      'Since {version} the editor is empty for rules with more than {n} conditions. They still run, but I cannot change them.',
    ],
    firstReply:
      'The rules themselves are safe. Could you send the export of that rule (Rules > Export works without opening it)?',
    answer: 'Attached. It refers to a custom field that we deleted last week, maybe that is why?',
    note: 'Condition on a deleted field has no definition; the editor does not expect it.',
    secondReply:
      'That is why. The editor trips over the field that is gone. I have removed that condition in the export; importing it brings the rule back for editing.',
    resolution:
      'Since {version} such a condition is shown as "field deleted" and can be removed by hand.',
    attempt: {
      steps: 'Rule with a condition on a custom field, delete the field, open the rule',
      expected: 'Rule opens and says that the field is gone',
      actual: 'White page',
    },
  },
  {
    id: 'round-robin-unfair',
    kind: 'question',
    severity: 'medium',
    subjects: ['Automatic assignment gives everything to one agent', 'Round robin is not round'],
    openings: [
      'Of {n2} tickets today {percent} % went to the same colleague. She is not amused. Round robin is on for queue "{queue}".',
      'Assignment seems broken. New tickets always go to the first in the list. We are {n} agents.',
    ],
    firstReply:
      'Round robin skips agents who are not "available for assignment", which is another switch than chat. Are the others switched on under Team > Availability?',
    answer:
      'Oh. Only she was. Is there a way to switch it on for all, and why is it off after each login?',
    note: 'Default after login is off unless the team setting says otherwise.',
    secondReply:
      'Team > Settings > "Available after login" does that for the whole team. I would switch it on.',
    resolution: 'Glad that the work is shared out again. Greetings to your colleague!',
  },
];
