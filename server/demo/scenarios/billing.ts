import type { Scenario } from '../scenario.ts';

/** The billing add-on, and licences. */
export const billingScenarios: readonly Scenario[] = [
  {
    id: 'billing-double-invoice',
    kind: 'bug',
    severity: 'high',
    subjects: ['Billing add-on sent every invoice twice', 'Duplicate invoices to {n2} customers'],
    openings: [
      'This morning {n2} customers got their invoice twice, with two different numbers. Our bookkeeping is in tears. Please stop the run of tonight.',
      'Invoices doubled since we updated the billing add-on to {version}. Numbers {other} and following.',
    ],
    firstReply:
      'Tonight’s run is stopped on your desk. Do the doubled ones have the same creation second, and do you have two schedulers (cron) running since the update?',
    answer: 'Same second, yes. Cron: there is an old one on {ip} that should have been removed.',
    note: 'Two schedulers, no lock on the run. The old cron is theirs, the missing lock is ours.',
    secondReply:
      'So two schedulers started the run at once. Please remove the old one; we add a lock so that this cannot happen again. A list for cancelling the doubles is attached.',
    resolution:
      'The lock is in {version} of the add-on. Your credit notes went out, as I see. Sorry for the morning.',
    attempt: {
      steps: 'Start the billing run twice within a second',
      expected: 'The second one stops',
      actual: 'Both write invoices',
    },
  },
  {
    id: 'billing-vat-rounding',
    kind: 'bug',
    severity: 'medium',
    subjects: ['VAT differs by one cent from our bookkeeping', 'Rounding of tax on invoices'],
    openings: [
      'The sum on the invoice is one cent off from our bookkeeping in about {percent} % of cases. You round each line, our law rounds the sum.',
      'Invoice {other}: 3 lines, tax is 0.01 too high. I know it is one cent. The tax office knows it too.',
    ],
    firstReply:
      'Both ways of rounding are legal in different countries. Which country is it, and does the law ask for the sum?',
    answer:
      'Switzerland, and to 5 cents in cash, but that is another story. Rounding by sum please.',
    note: 'Setting exists in the code (round=sum) but has no switch.',
    secondReply:
      'There is a setting for it without a switch yet. I can set it on your desk for new invoices; old ones stay as they are. Shall I?',
    resolution: 'Set since {later}. The switch in the settings follows with the next version.',
    attempt: {
      steps: 'Three lines of 33.35 with 8.1 %',
      expected: 'Tax of the sum',
      actual: 'Sum of the taxes, one cent more',
    },
  },
  {
    id: 'licence-limit-reached',
    kind: 'question',
    severity: 'medium',
    subjects: ['"Agent limit reached" although two have left', 'Cannot add agent, limit is {n}'],
    openings: [
      'We have {n} licences and {n} agents, two of which left. I locked them but still cannot add the new one, who starts tomorrow.',
      'The desk says limit reached. Our contract says {n2}. Please correct.',
    ],
    firstReply:
      'Locked agents keep their seat for 7 days, to avoid swapping. For a true leaver use "Leave" instead of "Lock" and the seat is free at once. Could you try?',
    answer: 'That worked for one. The other cannot be removed, "still owns 3 dashboards".',
    note: 'Dashboards must be handed over first; the dialog does not offer it.',
    secondReply:
      'Hand over the dashboards first: Reports > Owner > choose a new one. Then leaving works.',
    resolution: 'All set, welcome to your new colleague!',
  },
  {
    id: 'billing-prepaid-hours',
    kind: 'feature',
    severity: 'low',
    subjects: [
      'Warn customers when prepaid hours run out',
      'Prepaid hours: carry over to next month',
    ],
    openings: [
      'Customers buy 10 hours and are surprised when they are used up. A mail at 80 % would avoid many discussions.',
      'Left-over hours should move to the next month, at most {n}. Can the add-on do it?',
    ],
    firstReply:
      'A warning to you exists (Billing > Alerts), to the customer not. Carrying over is possible by product: tick "carry over" and a limit. Is the alert to you good enough as a start?',
    answer: 'As a start yes, I forward it then. But please add the customer.',
    note: 'Alert to customer: small, product likes it.',
    secondReply: 'I have passed it to product management with your example.',
    resolution:
      'Decided: it comes with the next version of the add-on. You will see it in the blog.',
  },
  {
    id: 'invoice-address',
    kind: 'question',
    severity: 'low',
    subjects: ['Change of invoice address for {org}', 'Wrong VAT number on your invoice to us'],
    openings: [
      'We have moved. Please put the new address on all invoices from now on, and send invoice {other} again.',
      'Your invoice {other} has our old VAT number. Bookkeeping cannot pay it like this. Could you correct it?',
    ],
    firstReply:
      'Gladly. I have passed it to accounting; the corrected invoice comes within two days to the same address. Does the e-mail for invoices stay as it is?',
    answer: 'The e-mail changes too, please use the one of this ticket.',
    note: 'Accounting asks for a signed letter if the company name changes as well. It does not.',
    secondReply: 'Noted, and told to accounting.',
    resolution: 'The corrected invoice went out on {day}. Closing.',
  },
  {
    id: 'billing-currency',
    kind: 'bug',
    severity: 'medium',
    subjects: ['Invoices in ₺ show "TRY?"', 'Currency sign missing on PDF (₹, ₴, ₺)'],
    openings: [
      'On the PDF the sign of our currency is an empty box. In the preview it is right. {version}, PHP {php}.',
      'Customers in India get invoices with a square instead of ₹. Looks unprofessional.',
    ],
    firstReply: 'The PDF font has no such sign. Did you upload an own font under Billing > Layout?',
    answer: 'Yes, our corporate font. With the default one it works, but marketing says no.',
    note: 'No fallback font in the PDF writer if an own font is set.',
    secondReply:
      'Then the own font lacks it, and we do not fall back to another for single signs. That should be mended on our side.',
    resolution:
      'Signs that a font lacks are taken from the default one since {version}. Marketing may keep its font.',
    attempt: {
      steps: 'Own font without U+20B9, invoice in INR, make the PDF',
      expected: 'Sign from the default font',
      actual: 'Empty box',
    },
  },
];
