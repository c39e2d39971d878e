import type { Scenario } from '../scenario.ts';

/** Reports, exports, dashboards. */
export const reportsScenarios: readonly Scenario[] = [
  {
    id: 'report-wrong-average',
    kind: 'bug',
    severity: 'medium',
    subjects: [
      'Average first response in the report is wrong',
      'Report shows {percent} % SLA met, our own count says otherwise',
    ],
    openings: [
      'The monthly report says that our first response is {n} hours on average. I counted by hand and it is less than half. It seems to count merged tickets twice.',
      'SLA met: {percent} %. But the list behind the number has other tickets than the chart. Which of the two do I tell my manager?',
    ],
    firstReply:
      'The list is right. Does the period contain merged tickets, and is "include merged" ticked at the report?',
    answer: 'Merged yes ({n2} of them), ticked no. So they should not be in it at all.',
    note: 'Average runs before the filter of merged tickets. Chart and list use different queries.',
    secondReply:
      'Then the average takes them in although it should not; chart and list ask the database in different ways. Please use the CSV of the list for your manager for now.',
    resolution:
      'Chart and list come from the same query since {version}. The report of last month was counted anew and agrees with yours.',
    attempt: {
      steps: 'Ten tickets, three merged, report of the day without merged ones',
      expected: 'Average of seven',
      actual: 'Average of ten',
    },
  },
  {
    id: 'report-export-timeout',
    kind: 'bug',
    severity: 'medium',
    subjects: [
      'CSV export stops after {n}0000 rows',
      'Export of yearly report: timeout after 60 s',
    ],
    openings: [
      'Export of the year fails with "504 Gateway Time-out". By month it works but I need twelve files then. About {n2}0000 tickets.',
      'The exported file ends in the middle of a line. No error message. File size is always 16 MB. {version}.',
    ],
    firstReply:
      'Exports of that size should go by "Send by mail when ready". Is that offered to you in the export dialog?',
    answer: 'It is, but the mail never comes. I waited since {time}.',
    note: 'Job runs, then fails on the mail size limit without telling anyone.',
    secondReply:
      'The export itself is made, but the mail is too large and is dropped quietly. I attach a link to your file here; it is valid for a week.',
    resolution:
      'Big exports are now sent as a link, and a failure is told. Thank you for not giving up.',
    attempt: {
      steps: 'Export with 400,000 rows by "Send by mail"',
      expected: 'Mail with the file or a link',
      actual: 'Job "done", no mail',
    },
  },
  {
    id: 'dashboard-timezone',
    kind: 'bug',
    severity: 'low',
    subjects: ['Dashboard "today" starts at the wrong hour', 'Time zone of charts is not ours'],
    openings: [
      'On the dashboard the day begins at 9 in the morning for us. All agents are set to our zone. It is not dramatic but looks silly on the big screen.',
      'Charts use UTC, lists use our zone. Please use one of them. 😀',
    ],
    firstReply:
      'The dashboard takes the zone of the one who made it. Was it made by somebody in another office?',
    answer: 'It was! By a colleague in another country, who has left us.',
    note: 'Owner left; zone taken from a locked account. Should be the viewer’s or the desk’s.',
    secondReply:
      'Then make a copy of it: the copy takes your zone. We will let dashboards follow the desk’s zone unless told otherwise.',
    resolution: 'Dashboards follow the desk’s zone since {version}.',
    attempt: {
      steps: 'Dashboard made by an agent in another zone, opened by a second agent',
      expected: 'Day in the zone of the desk',
      actual: 'Day in the zone of its maker',
    },
  },
  {
    id: 'report-by-mail',
    kind: 'feature',
    severity: 'low',
    subjects: ['Send reports by mail every Monday', 'Scheduled reports as PDF?'],
    openings: [
      'It would be great to get the weekly report as PDF on Monday at 8, so that I need not log in. My director would love it.',
      'Please let us schedule reports. I export the same three files every week, {n2} clicks each time (I counted).',
    ],
    firstReply:
      'CSV can be scheduled today (Reports > … > Schedule), PDF not. Would CSV help already, or is the look the point?',
    answer: 'The look is the point, the director reads on the phone.',
    note: 'PDF scheduling: asked for by {n} customers. Workaround: the public dashboard link.',
    secondReply:
      'Then maybe the dashboard link that can be opened without login, readable on phones? I have added your voice to PDF by schedule as well.',
    resolution: 'PDF by schedule is in {version}. I hope that the director enjoys it.',
  },
  {
    id: 'report-survey',
    kind: 'question',
    severity: 'low',
    subjects: [
      'Where do I find the answers of the satisfaction survey?',
      'Survey results per agent',
    ],
    openings: [
      'We switched on the survey {n} weeks ago. Where are the results? I only find the average.',
      'Can an agent see the own survey results only, not those of others? Works council asks.',
    ],
    firstReply:
      'Reports > Satisfaction > Answers shows each one. Who sees what is set by "See survey results" in the role: own, team or all.',
    answer: 'Found, thanks. Are the free texts part of the export?',
    note: 'Free texts are only in the export if the role may see all.',
    secondReply: 'They are, if the one who exports may see all answers.',
    resolution: 'You are welcome. Closing this one.',
  },
  {
    id: 'report-negative-time',
    kind: 'bug',
    severity: 'medium',
    subjects: ['Negative handling time in report (-{n} min)', 'Time tracking shows minus values'],
    openings: [
      'The time report has rows with -{n} minutes. Nobody works backwards here. Happens with tickets that were merged on {day}.',
      'Billing is based on time tracking and there are negative numbers. I cannot send invoices like this.',
    ],
    firstReply:
      'Could you name two tickets with negative time? I would like to look at their history before and after the merge.',
    answer: '#{other} is one. The other was deleted, sorry.',
    note: 'Merge takes the start of one and the end of the other when timers run in both.',
    secondReply:
      'When a timer runs in both tickets while they are merged, start and end get mixed up. I have corrected the {n} rows on your desk by hand.',
    resolution:
      'Merging stops running timers first since {version}. A check found no other negative rows on your desk.',
    attempt: {
      steps: 'Start timers in two tickets, merge, stop',
      expected: 'Sum of both',
      actual: 'Negative time',
    },
  },
];
