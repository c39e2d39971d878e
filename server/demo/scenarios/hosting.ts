import type { Scenario } from '../scenario.ts';

/** Velhaven Cloud itself: outages, slowness, moves. */
export const hostingScenarios: readonly Scenario[] = [
  {
    id: 'cloud-down-502',
    kind: 'bug',
    severity: 'critical',
    licence: 'saas',
    subjects: [
      '502 on {host}, nobody can log in',
      'DOWN: {host} answers 502 since {time}',
      'Whole help desk offline (502 Bad Gateway) on {host}',
    ],
    openings: [
      'Our desk is down. {host} answers "502 Bad Gateway" to everyone since {time}. {n} agents are sitting here without work and the phones are starting.',
      'Since {time} every page gives 502. Customers cannot reach us either, the widget is gone from our site.\n\nnginx: upstream prematurely closed connection while reading response header, upstream: "fastcgi://{ip}:9000"',
    ],
    firstReply:
      'We see it too: the application pool behind {host} stopped answering at {time}. The server team is moving you to a fresh node now. I write again within 15 minutes, sooner if it changes.',
    answer:
      'Login page is back for some of us, but opening a ticket still gives 502 every second time. Please hurry, we have {n} chats piling up.',
    note: 'Pool exhausted on node {ip}: {n2} workers stuck in the attachment preview. Restarting one by one, then draining. Hosting knows.',
    secondReply:
      'One of the two nodes still had stuck workers. It has been taken out, every request now goes to a healthy one. Could you try once more and tell me what you see?',
    resolution:
      'All nodes are healthy again since {later}. Cause: preview of a damaged PDF held every worker. A limit on preview time is in place for your cluster as of today; I attach the incident report as soon as it is written.',
    attempt: {
      steps: 'Open https://{host}/login from two networks, ten times each',
      expected: 'Login page within a second',
      actual: '502 in 14 of 20 tries, the others take {ms} ms',
    },
  },
  {
    id: 'cloud-database-readonly',
    kind: 'bug',
    severity: 'critical',
    licence: 'saas',
    subjects: [
      'Cannot save anything: "database is read-only"',
      'Every reply fails to save on {host}',
    ],
    openings: [
      'No reply can be sent and no ticket can be created. Red bar: "SQLSTATE[HY000] 1290 server is running with the --read-only option". All {n} agents, all queues.',
      'hi, since about {time} saving fails everywhere. reading works. error code {hash}. we are a hospital help desk, this is really not good',
    ],
    firstReply:
      'Your database failed over at {time} and the new primary came up read-only. Our on-call engineer has it open right now. Nothing that you saved before is lost. Next word from me in 20 minutes.',
    answer:
      'Still read-only here. Do we need to do something on our side? Agents are writing replies into text files meanwhile.',
    note: 'Failover left replica {ip} with read_only=1, the promote hook timed out after {ms} ms. Hosting switches by hand.',
    secondReply:
      'Nothing to do on your side. The switch is under way; please reload once and try to save one reply.',
    resolution:
      'Writing works again since {later}. The promote hook now waits long enough and pages us if it does not finish. Mail that came in meanwhile was queued and has been turned into tickets.',
    attempt: {
      steps: 'Create a ticket by API with a test token on {host}',
      expected: '201 Created',
      actual: '500 with error {hash}, read works',
    },
  },
  {
    id: 'cloud-certificate-expired',
    kind: 'bug',
    severity: 'critical',
    licence: 'saas',
    subjects: [
      'Certificate of {host} expired, browsers refuse to open the desk',
      'NET::ERR_CERT_DATE_INVALID on our support portal',
    ],
    openings: [
      'All browsers block our portal this morning: certificate expired at {time}. HSTS is on, so nobody can click through. Neither agents nor customers get in!!',
      '⚠️ Portal unreachable for everybody, certificate of {host} is not valid any more. We use our own domain with your hosting. Please renew NOW.',
    ],
    firstReply:
      'You are right, the renewal for {host} failed silently. I have started it by hand and watch it. One question: did you change the CNAME of the domain in the last days?',
    answer:
      'Our network team moved DNS to another provider on {day}. The CNAME should be the same but who knows. {host} resolves to {ip} from here.',
    note: 'CAA record of the new provider does not allow our issuer. Customer must add it, or we issue by the other one.',
    secondReply:
      'The new DNS provider sends a CAA record that forbids our issuer. I have issued the certificate by the second one for now; it is live in about five minutes.',
    resolution:
      'The new certificate is live and valid for 90 days. Please add our issuer to your CAA record when you have a moment; renewal then runs by itself again, and we are warned 20 days ahead.',
  },
  {
    id: 'cloud-slow-lists',
    kind: 'bug',
    severity: 'high',
    licence: 'saas',
    subjects: [
      'Ticket list takes {n} seconds to open since the update',
      'Very slow since {version}: lists, search, everything',
      'Performance on {host} is unusable in the mornings',
    ],
    openings: [
      'Since the weekend update to {version} the ticket list needs {n} seconds. Before: 1. We have about {n2}000 tickets. It gets better after 11 o’clock. Screenshots of the network tab available.',
      'Our agents open the queue "{queue}" and go for coffee. This is not a joke. GET /tickets?queue={queue} 200 OK {ms} ms. Please look, we work at half speed.',
    ],
    firstReply:
      'Thank you, that figure helps. Is it only the queue "{queue}" or every list? And is the column "Last public reply" shown in the slow ones?',
    answer:
      'Only lists with that column! If we remove it, it is fast. But we need it, our team lead sorts by it.',
    note: 'Same shape as #{other}: the column sorts without an index when a queue has more than 20k rows.',
    secondReply:
      'That was the clue: sorting by that column misses an index on big queues. Until the fix is out: sort by "Last activity" instead; it shows nearly the same order and is fast.',
    resolution:
      'The index was added to your database at {later}; the list with the column now opens in under a second here. Please tell us if it is not the same for you.',
    attempt: {
      steps:
        'Copy of the data set, queue with {n2}000 tickets, column "Last public reply" on, sort by it',
      expected: 'First page within 1 s',
      actual: '{ms} ms, full table scan in the slow log',
    },
  },
  {
    id: 'cloud-region-move',
    kind: 'question',
    severity: 'low',
    licence: 'saas',
    subjects: [
      'Can we move {host} to your EU region?',
      'Data residency question from our auditors',
    ],
    openings: [
      'Our auditors want to know where our tickets and attachments are stored, and whether we can move to the EU region. How long would we be offline? We have roughly {n2} GB of attachments.',
      'Good morning! For a tender I need in writing: in which country is {host} hosted, and who at your company can read our data?',
    ],
    firstReply:
      'Your desk is in the Frankfurt region already since its start; backups stay in the same region. I attach the hosting sheet. Do you also need the list of sub-processors?',
    answer:
      'Yes please, the list of sub-processors and the retention of backups. The auditor comes on {day}.',
    note: 'Hosting sheet v12 is the current one, the one on the website is v11.',
    secondReply:
      'Both attached. Backups are kept for 35 days, then deleted. Is there anything else that the auditor asked?',
    resolution: 'Glad that the audit went well. I close this; just answer if something is missing.',
  },
  {
    id: 'cloud-maintenance-window',
    kind: 'question',
    severity: 'low',
    licence: 'saas',
    subjects: [
      'When is the next maintenance window?',
      'Update to {version}: can it be at night, our time?',
    ],
    openings: [
      'We got the mail about {version}. The window is in the middle of our working day (we are 9 hours ahead of you). Can we have another one?',
      'quick one: will the update on {day} log out all agents? we have a campaign running',
    ],
    firstReply:
      'We can: there are three windows, and yours can be changed by an owner under Account > Maintenance. Which of the three would suit you?',
    answer:
      'The third one is perfect. I do not see the menu entry though, I am admin and not owner.',
    note: 'Owner of the account left the company according to the contact list, ask for a new one in writing.',
    secondReply:
      'I have set the third window for you as an exception. For the menu you need the owner role; who should have it?',
    resolution:
      'Done: third window from now on, and the owner role is moved as you asked. Agents stay logged in during updates, they only see a short "reconnecting".',
  },
];
