/** What people say when a ticket goes on longer than its story. Texts hold `{facts}`. */

/** Nobody has answered yet. */
export const nudges = [
  'Is anybody there? We still wait for a first answer.',
  'Any news? It is the same here, nothing has changed since {time}.',
  'Just so that you know: it now affects {n} more people.',
  'Could you at least confirm that you received this?',
  'I add a screenshot and the log from {time}, maybe it helps:\n\n{time}:07 ERROR [{hash}] request took {ms} ms',
  'My manager asks for a time. What can I tell her?',
] as const;

/** The customer wrote, and writes again before an answer. */
export const secondThoughts = [
  'One more thing: {user} says it also happens in {browser}. Sorry for the extra message.',
  'Forgot to say, we are on {version}.',
  'Did my last message arrive? I see no answer in the portal.',
  'Correction: it was {day}, not yesterday.',
  '…and it just happened again. Error id {hash}.',
] as const;

/** After a reply, when the story has no words of its own left. */
export const followUps = [
  'I tried it as you wrote. Better, but not gone: about {percent} % of the cases work now.',
  'Thank you! It works for me, but not for {user}. Same rights, same {browser}. Any idea?',
  'We did that at {time}. Result: the message changed, now it says "{hash} not found".',
  'OK that helped for half a day. Now it is back.',
  'Can you send me the steps once more for somebody who is not technical? My colleague does it on {day}.',
  'Sounds good. Two questions: does it need a restart, and will {n} old tickets be corrected too?',
] as const;

/** On a certified bug. */
export const bugChases = [
  'Is there a date for the fix? We work around it {n} times a day.',
  'Any progress on this? The workaround is holding, but the team is getting impatient.',
  'We saw that {version} is out. Is the fix in it? It does not say so in the notes.',
  'It happened again at {time}, now in the queue "{queue}" as well. Log attached.',
] as const;

/** On a feature request. */
export const featureChases = [
  'Any decision yet? A second department of ours asks for it too.',
  'Just adding a voice: {user} here would need exactly this.',
  'Is this on the roadmap for next year? We plan our budget on {day}.',
] as const;

/** Agent's updates on a certified bug (P7). */
export const updates = [
  'A short update: development has found the place and is working on the fix. The workaround stays valid. I write again within three working days.',
  'Still with development; the first attempt at a fix had a side effect and was sent back. I am sorry that it takes longer.',
  'The fix is in review. If all goes well it is part of the next update; I will tell you here.',
  'No news on the fix itself yet, but I do not want to leave you without word: it is planned for this week.',
] as const;

/** Agent's internal notes. */
export const notes = [
  'Called {contact}, nobody picked up. Try again after {time}.',
  'Same customer had #{other} in spring, looks related.',
  'Checked the status page: nothing on our side at {time}.',
  'Customer is friendly but under pressure from above. Keep them posted.',
  'If this comes back: ask for the log of {host} around {time} first.',
  'Handed over at shift change, all data is in the ticket.',
] as const;

/** Reasons for a severity below the asked-for one (W7). */
export const lowerReasons = [
  'Users can go on working, a workaround is known. Told the customer.',
  'Affects one function only, not the service as a whole (P2).',
  'General usage question by the definitions of the agreement (P2).',
] as const;

export const spam: readonly { subject: string; text: string }[] = [
  {
    subject: '🔥 Grow your reach 10x!!! Limited offer for {host}',
    text: 'Dear Sir or Madam of {host}, we have seen your web page and can bring it to place 1. Reply YES for a free quote.',
  },
  {
    subject: 'Re: Your parcel could not be delivered ({other})',
    text: 'Your parcel {other} waits. Confirm your address within 24 hours.',
  },
  {
    subject: 'Partnership for premium office chairs',
    text: 'Greetings of the day! We are leading maker of office chair since {n} years. Attached catalogue {n2} MB.',
  },
];
