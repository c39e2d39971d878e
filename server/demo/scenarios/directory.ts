import type { Scenario } from '../scenario.ts';

/** Signing in: LDAP, single sign-on, two factors, users. */
export const directoryScenarios: readonly Scenario[] = [
  {
    id: 'ldap-nobody-logs-in',
    kind: 'bug',
    severity: 'critical',
    licence: 'saas',
    subjects: [
      'Nobody can log in: LDAP bind fails since {time}',
      'All agents locked out ("could not verify your account")',
    ],
    openings: [
      'Login impossible for all {n2} agents since {time}, and nobody is left inside. LDAP itself is fine, other systems work.\n\nldap_bind(): Can’t contact LDAP server (-1), tls: certificate verify failed',
      'We are all locked out. The desk was restarted by you at {time} and since then no login works. Emergency!',
    ],
    firstReply:
      'We see the bind fail on the certificate of your directory since our restart at {time}. I am opening the emergency login for two of your administrators; which two?',
    answer: 'Myself and {user}. Please quickly, {n2} people are waiting.',
    note: 'Intermediate certificate missing from their chain; older nodes had it cached. New nodes verify strictly.',
    secondReply:
      'The emergency login is open for both of you, by mail, valid for an hour. Your directory sends its certificate without the intermediate one; old nodes had kept a copy.',
    resolution:
      'I have added the intermediate certificate on our side so that it holds; all agents can log in since {later}. Please let your directory send the whole chain when you can.',
    attempt: {
      steps: 'Bind from a new node to the directory of {host}',
      expected: 'Bind succeeds',
      actual: 'certificate verify failed, unable to get local issuer',
    },
  },
  {
    id: 'sso-redirect-loop',
    kind: 'bug',
    severity: 'high',
    subjects: [
      'Endless redirect after single sign-on',
      'SSO loop: login page, provider, login page …',
      'SAML: too many redirects',
    ],
    openings: [
      'After the update to {version} half of our agents get an endless loop between login and the identity provider. ERR_TOO_MANY_REDIRECTS. In a private window it works.',
      'SAML login loops for users whose name has an umlaut (e.g. {user}). Others are fine. {browser} on {os}.',
    ],
    firstReply:
      'That a private window works points at an old cookie. Could one affected agent delete the cookie "vh_session" and try again? And please send the SAML response of a failed try.',
    answer:
      'Deleting helps once, next day it is the same. SAML response attached (I replaced the names).',
    note: 'Two cookies with the same name on different paths since {version}. The older one wins in {browser}.',
    secondReply:
      'Two cookies of the same name get in each other’s way. I have set your desk to clean up the old one at login; no work needed by your agents.',
    resolution:
      'No loops in our log for three days. The clean-up is part of {version} for everybody now.',
    attempt: {
      steps: 'Session from {oldVersion} left in the browser, update to {version}, log in by SAML',
      expected: 'Lands on the queue',
      actual: 'Loop until the browser gives up',
    },
  },
  {
    id: 'ldap-groups-not-synced',
    kind: 'bug',
    severity: 'medium',
    subjects: [
      'LDAP groups not synchronised for nested groups',
      'New colleagues do not get their queues (LDAP)',
    ],
    openings: [
      'Agents that are in a group inside a group do not get the queue. With direct membership it works. Active Directory, {n2} groups. Velhaven {version}.',
      'Group sync runs without error but changes nothing:\n\n[ldap] 0 added, 0 removed, {n2} unchanged ({ms} ms)\n\nWe added {n} people yesterday.',
    ],
    firstReply:
      'Which filter do you use for members? For nested groups it needs the rule 1.2.840.113556.1.4.1941. Please send the filter, without passwords.',
    answer:
      '(&(objectClass=user)(memberOf=CN={queue},OU=Groups)). So I add the number there? Looks like a phone number.',
    note: 'With the rule it still fails when the DN has a comma in a name. Check on our side.',
    secondReply:
      'Yes, between memberOf and the equals sign, with colons. One catch: a group with a comma in its name still fails, that is a fault on our side which I have reproduced.',
    resolution: 'Commas in names work since {version}. Sync shows {n} added on your desk now.',
    attempt: {
      steps: 'Nested group with a comma in the outer name, run sync',
      expected: 'Members of the inner group get the queue',
      actual: '0 added, no error',
    },
  },
  {
    id: 'two-factor-lost',
    kind: 'question',
    severity: 'medium',
    subjects: ['Lost phone, locked out by two-factor', 'Reset 2FA for {user} please'],
    openings: [
      'Our colleague {user} lost the phone and cannot log in. Recovery codes were on the phone, of course. How do we reset it?',
      'hello, new phone, 2fa gone, please reset. {user}',
    ],
    firstReply:
      'An administrator of your desk can do this under Agents > {user} > Security > "Reset second factor". For safety we do not do it on a mail request. Who are your administrators?',
    answer: 'The only administrator is … {user}. 🙈',
    note: 'Identity check by phone with the number in the contract before we touch anything.',
    secondReply:
      'Then we do it together: we call the number in your contract today and ask for the word that was agreed there. Is {later} good?',
    resolution:
      'Done after our call. Please name a second administrator, and print the recovery codes.',
  },
  {
    id: 'user-import',
    kind: 'question',
    severity: 'low',
    subjects: ['Import {n2} users from a CSV file', 'CSV import says "row 2: unknown column"'],
    openings: [
      'I want to import {n2} customers. The import says "row 2: unknown column Vorname". Which columns are allowed?',
      'Is there a sample file for the import of organisations with several contacts? The manual shows only one contact.',
    ],
    firstReply:
      'The sample file is behind the question mark of the import page; headings must be the English ones, order does not matter. Several contacts: one row each, same organisation name.',
    answer:
      'Thank you! It took {percent} %, the others have "address not valid". They look valid to me: e.g. "jörg@müller.example".',
    note: 'Addresses with umlauts in the local part are refused on purpose at the moment.',
    secondReply:
      'Addresses with non-ASCII letters before the @ are refused so far. Do these people have another address?',
    resolution: 'All imported, as I see. I have noted the wish for such addresses.',
  },
  {
    id: 'scim-provisioning',
    kind: 'feature',
    severity: 'low',
    subjects: ['SCIM for automatic user provisioning', 'Please support SCIM 2.0'],
    openings: [
      'Our security team wants accounts to be made and removed automatically by SCIM. LDAP is not allowed to the outside any more. Is it planned?',
      'When someone leaves we forget to remove them from Velhaven. SCIM would solve that. How many customers must ask until you build it? 🙂',
    ],
    firstReply:
      'SCIM is not there yet. What is: accounts can be locked by the API, so a small script in your leaving process can do it. Would that help meanwhile?',
    answer: 'The script helps, thank you. Still please count us in for SCIM, users and groups.',
    note: 'Request "SCIM" has {n} customers now. Asked product management for a decision.',
    secondReply:
      'You are counted in, with groups. Product management looks at it in the next planning.',
    resolution:
      'Decision: SCIM for users is on the roadmap, groups later. You hear from us when it can be tried.',
  },
];
