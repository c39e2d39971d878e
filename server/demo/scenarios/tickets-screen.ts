import type { Scenario } from '../scenario.ts';

/** The screens that customers' agents work in. */
export const ticketsScreenScenarios: readonly Scenario[] = [
  {
    id: 'screen-reply-wrong-customer',
    kind: 'bug',
    severity: 'high',
    subjects: ['Reply was sent to the wrong customer!', 'Draft of one ticket appeared in another'],
    openings: [
      'An agent wrote a reply in one ticket, switched to another, and the text was there and got sent. To the wrong customer. With personal data. {browser}, {version}.',
      'Drafts jump between tickets when two tabs are open. It happened {n} times now, once with an angry internal note 😬',
    ],
    firstReply:
      'We look at this at once. Was "Keep drafts" on, and had the agent both tickets open in two tabs of the same browser?',
    answer: 'Yes and yes. Two tabs, same browser, switched quickly. We can show it on a call.',
    note: 'Draft key is by agent and window, not by ticket, when two tabs restore at once. Confirmed with their recording.',
    secondReply:
      'Thank you, with your recording we can do it too. Please switch off "Keep drafts" (Account > Composer) until it is fixed; I have done so for the whole desk if that is all right.',
    resolution:
      'Fixed in {version}: a draft belongs to one ticket, whatever the number of tabs. Drafts are switched on again.',
    attempt: {
      steps: 'Two tabs, a draft in each, restart the browser with "restore tabs", switch quickly',
      expected: 'Each ticket has its own draft',
      actual: 'Second tab shows the draft of the first in 3 of 10 tries',
    },
  },
  {
    id: 'screen-cannot-login-all',
    kind: 'bug',
    severity: 'critical',
    licence: 'saas',
    subjects: ['White page after login for all agents', 'Agent interface does not load on {host}'],
    openings: [
      'After login only a white page, for all {n2} agents, in every browser. Console: ChunkLoadError: Loading chunk {n} failed. Started at {time}. Our hotline is blind.',
      'blank page. everyone. since {time}. please call us',
    ],
    firstReply:
      'Confirmed: the new script files did not reach one of the edge servers near you. We are putting the previous build back, which takes about ten minutes.',
    answer: 'Half of us are in again. The other half still white, also after clearing the cache.',
    note: 'Edge {ip} serves the index of the new build and the chunks of the old one. Purge started.',
    secondReply:
      'One edge still served a mix of both builds. It is being purged, five more minutes.',
    resolution:
      'All edges serve the same build since {later}. A release now waits until every edge has all files.',
    attempt: {
      steps: 'Load the interface through each edge address',
      expected: 'Same build everywhere',
      actual: 'Edge {ip} mixes two builds',
    },
  },
  {
    id: 'screen-notifications',
    kind: 'bug',
    severity: 'medium',
    subjects: ['No desktop notifications in {browser}', 'Notification sound plays, but no pop-up'],
    openings: [
      'Desktop notifications stopped for most of us after {version}. The bell shows the number but no pop-up. {os}, {browser}.',
      'Sound yes, pop-up no. We miss tickets because of this. Permission is granted, I checked twice.',
    ],
    firstReply:
      'Does it come back when you close and open the tab? And is the tab pinned or asleep ("memory saver")?',
    answer: 'Pinned and asleep, you guessed it. Before {version} that was no problem.',
    note: 'Notifications moved from worker to page in {version}. Sleeping pages cannot show them.',
    secondReply:
      'In {version} pop-ups come from the page, which may sleep. Please exclude {host} from memory saver; we move it back where it was.',
    resolution: 'Pop-ups come from the worker again, also when the tab sleeps.',
    attempt: {
      steps: 'Pinned tab put to sleep, new ticket arrives',
      expected: 'Pop-up',
      actual: 'Nothing until the tab is opened',
    },
  },
  {
    id: 'screen-merge-undo',
    kind: 'question',
    severity: 'medium',
    subjects: ['Merged the wrong tickets, can it be undone?', 'Undo merge of #{other}'],
    openings: [
      'I merged #{other} into a ticket of another customer. Please undo it, before the customer sees the other one’s data in the portal!',
      'How do we take a merge back? We have {n} tickets in one now.',
    ],
    firstReply:
      'It can be taken apart: Menu > Split > "As before the merge", within 30 days. I have hidden the merged part from the portal for you meanwhile.',
    answer: 'Phew, thank you. Split works, but the attachments stayed in the wrong ticket.',
    note: 'Attachments keep the ticket of the merge after split. Known.',
    secondReply:
      'I have moved the {n} attachments by hand. Please check that all is where it belongs.',
    resolution: 'Good. And thank you for telling your customer openly.',
  },
  {
    id: 'screen-shortcuts',
    kind: 'feature',
    severity: 'low',
    subjects: ['Keyboard shortcuts for macros', 'Own keys for status change'],
    openings: [
      'I use {n} macros all day and would like a key for each. My wrist would thank you.',
      'Please let us define own shortcuts. "r" for reply collides with our screen reader.',
    ],
    firstReply:
      'Macros can be found by typing / in the reply and the first letters, perhaps that helps the wrist. Own keys are not there yet. Which screen reader is it?',
    answer:
      'The / is nice, I did not know it! The screen reader is for a blind colleague, so it is a matter of access, not taste.',
    note: 'Accessibility point: raise with product management.',
    secondReply:
      'Understood; I raised it as a matter of access. Meanwhile shortcuts can be switched off for that colleague under Account > Keys.',
    resolution: 'Own keys are in {version}, by agent. Best wishes to your colleague.',
  },
  {
    id: 'screen-agent-signature',
    kind: 'question',
    severity: 'low',
    subjects: ['Different signature per queue', 'Signature appears twice'],
    openings: [
      'Our replies have the signature twice, once mine and once of the queue. Where can I remove one?',
      'Can I use another signature for the queue "{queue}"? We answer there in another language.',
    ],
    firstReply:
      'Queue > Signature > "instead of the agent’s" does both: pick one of "instead", "before", "after".',
    answer: 'Found it, set to instead. The picture in it is not shown at the customer though.',
    note: 'Picture is linked from an intranet address.',
    secondReply:
      'The picture lies on an address that only your network can reach. Upload it into the signature instead.',
    resolution: 'Looks good in my test mail. Closing.',
  },
  {
    id: 'screen-emoji-names',
    kind: 'bug',
    severity: 'low',
    subjects: [
      'Customer names with emoji 🦄 break the list',
      'Name "👩‍👩‍👧‍👦 Familie Özdemir" shown as squares',
    ],
    openings: [
      'A customer calls herself "🦄✨ Nova ✨🦄". In the list the row is higher than the others and the export shows ????. Funny but please fix.',
      'Family emoji in names are cut in half in the list: 👩‍👩‍👧 becomes 👩. {browser}, {os}.',
    ],
    firstReply: 'Lovely test data. Is it only the list and the export, or also mails that go out?',
    answer: 'Mails are fine. List and export only 🙂',
    note: 'Truncation by code unit in the list, export in latin1.',
    secondReply:
      'Reproduced both: the list cuts in the middle of a sign, and the export has the wrong encoding by default.',
    resolution: 'The list cuts between signs and the export is UTF-8 by default since {version} ✨',
    attempt: {
      steps: 'Customer with a family emoji, narrow column, export',
      expected: 'Whole sign or none, UTF-8',
      actual: 'Half a sign, question marks',
    },
  },
  {
    id: 'screen-search-slow',
    kind: 'bug',
    severity: 'medium',
    subjects: [
      'Search misses tickets that I can see',
      'Search needs {ms} ms and finds the wrong thing',
    ],
    openings: [
      'Search for order number {other} finds nothing, although the ticket is open in front of me. Search for half of the number finds it.',
      'Since {version} search finds only whole words. Order numbers with dashes are not found any more.',
    ],
    firstReply:
      'Do the numbers contain a dash or a slash? And does putting it in quotes change anything?',
    answer: 'With dash: AB-{other}. In quotes it works! But nobody here will remember that.',
    note: 'Tokenizer splits at dashes since {version}, query does not.',
    secondReply:
      'The index cuts at dashes and the question does not. Quotes are the way round until it is mended.',
    resolution:
      'Numbers with dashes are found as they are since {version}; the index was rebuilt tonight.',
    attempt: {
      steps: 'Ticket with AB-{other}, search for AB-{other}',
      expected: 'Found',
      actual: 'Not found, with quotes found',
    },
  },
];
