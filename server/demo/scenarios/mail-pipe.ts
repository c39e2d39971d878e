import type { Scenario } from '../scenario.ts';

/** Mail in and out: piping, IMAP, loops, encodings. */
export const mailPipeScenarios: readonly Scenario[] = [
  {
    id: 'mail-in-stopped',
    kind: 'bug',
    severity: 'high',
    subjects: [
      'No new tickets from e-mail since {time}',
      'Mail pipe stopped, mailbox fills up ({n2} unread)',
      'Incoming mail is not turned into tickets',
    ],
    openings: [
      'Since {time} no mail arrives as a ticket. The mailbox has {n2} unread messages. Log says:\n\n[mailpipe] IMAP LOGIN failed for {user}: AUTHENTICATIONFAILED (retry in 300 s)\n\nNobody changed the password.',
      'Mails to support@ do not become tickets any more. We noticed because a customer called us and shouted. Velhaven {version}.',
    ],
    firstReply:
      'Your mail provider has switched off password sign-in for IMAP step by step this month, and your log looks like that. Could you open Mail > Accounts and send me the line under "Last check"?',
    answer:
      'Last check: "failed, AUTHENTICATIONFAILED [basic auth disabled]". So what now? The mailbox has {n2} unread and counting.',
    note: 'Basic auth is off on their tenant. Needs OAuth on the account, available since {oldVersion}.',
    secondReply:
      'That is it. Choose "Sign in with OAuth" on the same page; it takes two minutes and needs one approval of your mail administrator. Unread mail is picked up afterwards, oldest first.',
    resolution:
      'Good to hear that all {n2} mails became tickets. The page now warns 14 days before a sign-in method ends; that comes with the next update.',
    attempt: {
      steps:
        'Mailbox with basic authentication off, account configured by password, wait for one check',
      expected: 'A warning to administrators',
      actual: 'Only a line in the log, no warning anywhere',
    },
  },
  {
    id: 'mail-loop',
    kind: 'bug',
    severity: 'high',
    subjects: [
      'Mail loop with an out-of-office: {n2} tickets in one hour',
      'Auto-reply ping-pong created {n2} tickets 😱',
    ],
    openings: [
      'One customer has an absence note that answers our acknowledgement, and we acknowledge that again, and so on. {n2} tickets since {time}, the queue "{queue}" cannot be used. How do I stop this?',
      'HELP. Two robots are talking to each other. {n2} tickets and it goes on. I switched off the mail pipe for now so NOTHING comes in.',
    ],
    firstReply:
      'You can switch the pipe on again: I have blocked that sender on the pipe for the moment. Could you forward one of the absence notes as an attachment, so that I see all of its headers?',
    answer:
      'Attached as .eml. It has no "Auto-Submitted" header, only "X-Autoreply: yes". Can you also delete the {n2} tickets?',
    note: 'X-Autoreply is not among the headers we look at. Loop guard should have stopped at 10 per sender and hour, it did not: counts by address, theirs has a random tag.',
    secondReply:
      'Thank you. The header is one that we do not look at, and the guard was fooled by the random part in the address. Bulk merge for the {n2} tickets is prepared, one click for you under Cleanup.',
    resolution:
      'The guard now counts by domain and the header is known, both in {version}. The sender is unblocked again.',
    attempt: {
      steps: 'Auto-responder with X-Autoreply and a tagged address against a test pipe',
      expected: 'Stops after 10 messages',
      actual: 'Did not stop in 200 messages',
    },
  },
  {
    id: 'mail-umlauts-broken',
    kind: 'bug',
    severity: 'medium',
    subjects: [
      'Umlaute kaputt: "M├╝ller" statt "Müller" in mails from one customer',
      'Broken characters (???) in incoming mails',
      '件名が文字化けします (garbled subject in ISO-2022-JP mails)',
    ],
    openings: [
      'Mails of one customer come in with broken characters, e.g. "GrÃ¼Ã\u009fe". In the mail program they are fine. Charset in the mail is windows-1252 but the header says utf-8.',
      'Subject lines from our Japanese branch look like ???????. Body is fine. Velhaven {version}, mail pipe by IMAP.',
    ],
    firstReply:
      'I would like to see one such mail in its raw form. Could you save it as .eml and attach it here? A screenshot is not enough, sorry.',
    answer:
      'Here it is. I removed the signature, the rest is original. It happens with about {n} mails a day.',
    note: 'The header lies about the charset; the body has bytes that are not UTF-8. We trust the header blindly.',
    secondReply:
      'The mail says one encoding and uses another, and we believe what it says. Other mail programs guess. We will do the same when the bytes contradict the header.',
    resolution:
      'Since {version} the pipe guesses the encoding when header and bytes disagree. Old tickets can be repaired with "Decode again" in their menu.',
    attempt: {
      steps: 'Feed the .eml to the pipe of a fresh {version}',
      expected: 'Readable subject and text',
      actual: 'Replacement characters in both',
    },
  },
  {
    id: 'mail-long-subject',
    kind: 'bug',
    severity: 'low',
    subjects: [
      'Fwd: Fwd: RE: AW: [EXTERNAL] Automatic notification of the building management system about the state of the cooling units in hall {n}, including the summary of all warnings, the summary of all errors, the summary of the summaries and the full list of sensors that did not answer within the time that is set for them in the configuration of {host} (please do not reply to this address, it is not read by anybody, and if it is read by somebody they will not know what to do) - list layout breaks',
      'Subject longer than the screen: Re: Re: Re: Re: Re: Re: Re: Re: Re: Re: Re: Re: Re: Re: Re: Re: Re: Angebot Nr. {n2}/{other}: Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurfsfassung — Rückfrage zur Rückfrage vom {day}',
    ],
    openings: [
      'Not urgent, but please look at the subject of this very ticket. Our monitoring writes such subjects all day and your list then shows nothing else. Cut it somewhere?',
      'As you can see from this subject, there is no limit. In the agent list the columns are pushed out of the screen in {browser}.',
    ],
    firstReply:
      'Point taken. The list should cut after one line and show the rest on hover. Which browser width do you use, and is the preview pane open?',
    answer: 'Full HD, preview pane open, zoom 110 %. With the pane closed it is only half as bad.',
    note: 'Cell has no min-width:0 when the preview is open. Small fix.',
    secondReply: 'Reproduced with the preview open. It is a small fix in the layout.',
    resolution:
      'Fixed in {version}: one line, then an ellipsis, and the whole subject on hover. Thank you for the memorable test case.',
    attempt: {
      steps: 'Ticket with this subject, preview open, 1920 px, zoom 110 %',
      expected: 'One line with an ellipsis',
      actual: 'Columns right of the subject are pushed out',
    },
  },
  {
    id: 'mail-attachments-lost',
    kind: 'bug',
    severity: 'medium',
    subjects: ['winmail.dat instead of attachments', 'Attachments of forwarded mails are missing'],
    openings: [
      'Some customers send Word files and we only get "winmail.dat". We have to ask them to send again, {n} times this week. That is embarrassing.',
      'If a customer forwards a mail as attachment, the inner files do not show up in the ticket. They are in the mailbox, I checked. Version {version}.',
    ],
    firstReply:
      'Two questions so that I look in the right place: does it happen for every mail of these customers, and is "Keep original message" switched on under Mail > Storage?',
    answer: 'Every mail of theirs. "Keep original" is on. So the data is there, just not unpacked?',
    note: 'TNEF decoder is off by default since {oldVersion} because of a memory problem. Can be switched on per mailbox.',
    secondReply:
      'Exactly, the data is there. Unpacking of winmail.dat can be switched on per mailbox; I have written down where, with a picture. Old tickets: "Unpack again" in the menu of the message.',
    resolution:
      'Thank you for confirming. The switch becomes the default again with the next update.',
    attempt: {
      steps: 'Send TNEF mail with two documents to a test mailbox',
      expected: 'Two documents in the ticket',
      actual: 'One file winmail.dat',
    },
  },
  {
    id: 'mail-second-address',
    kind: 'question',
    severity: 'low',
    subjects: [
      'How to add a second support address?',
      'Different sender address per team, possible?',
    ],
    openings: [
      'We now also want to receive mail at the address of our new branch and answer from it. Where do I set this? We are on {version}.',
      'Question from a beginner: two departments, two addresses, one Velhaven. Which setting makes the reply go out with the right sender?',
    ],
    firstReply:
      'Under Mail > Accounts add the second address, then give it to a queue: replies of that queue go out with that sender. Shall the two departments see each other’s tickets?',
    answer: 'No, they should not see each other. Is that the same setting?',
    note: 'Wants separation: queues + groups. Article 118 in the knowledge base covers it.',
    secondReply:
      'That is a second one: make a group per department and give each its queue. Article 118 goes through it step by step; the link is below.',
    resolution: 'Happy to hear that it works as you want. Closing this.',
  },
  {
    id: 'mail-spf-bounce',
    kind: 'question',
    severity: 'medium',
    subjects: [
      'Our replies land in spam at {n} customers',
      'Replies bounce: "550 5.7.26 unauthenticated"',
    ],
    openings: [
      'Since {day} many of our replies bounce with 550 5.7.26. Is your mail server blocked? Our customers think that we do not answer.',
      'Replies from the desk go to junk at the big providers. From our normal mail they do not. What must we set?',
    ],
    firstReply:
      'The big providers now demand a DKIM signature for your own domain. Yours has SPF only. I can generate the key for you; who may change your DNS?',
    answer:
      'Our provider does the DNS, I can send them text to paste. Please send exactly what they need.',
    note: 'Selector vh{n}, 2048 bit. DMARC policy of theirs is quarantine, so DKIM is enough.',
    secondReply:
      'Here is the text for your provider, one TXT record. When it is in place press "Check" under Mail > Domains; it turns green within the hour.',
    resolution:
      'I see the green mark on our side, and test mails to three big providers arrive in the inbox. Closing; reopen by answering.',
  },
];
