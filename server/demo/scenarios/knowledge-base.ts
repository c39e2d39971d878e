import type { Scenario } from '../scenario.ts';

/** The knowledge base and the customers' portal. */
export const knowledgeBaseScenarios: readonly Scenario[] = [
  {
    id: 'kb-private-visible',
    kind: 'bug',
    severity: 'high',
    subjects: [
      'Internal articles are visible to customers!',
      'Private knowledge base article found by web search',
    ],
    openings: [
      'A customer quoted an INTERNAL article to us, with prices. It is marked private. How can they see it? We have {n2} such articles.',
      'Our internal article "{queue}" can be found in a web search. It was private from the start. Please treat this as a data problem.',
    ],
    firstReply:
      'I take this seriously. Please send the address that the customer used. I have switched off the public search on your portal until we know more; the rest goes on.',
    answer:
      'https://{host}/kb/{other}-print. It is the print view! The normal view asks for a login.',
    note: 'Print view does not check the article’s visibility if the category is public. Confirmed. Escalated.',
    secondReply:
      'Confirmed: the print view did not check the article, only its category. It is closed on your desk since {later}. I am collecting from the access log who opened what.',
    resolution:
      'Fixed for all in {version}. The list of accesses is attached: {n} requests, two of them from outside. We are sorry.',
    attempt: {
      steps: 'Private article in a public category, open its print view without login',
      expected: 'Login is asked',
      actual: 'Article is shown',
    },
  },
  {
    id: 'kb-search-empty',
    kind: 'bug',
    severity: 'medium',
    subjects: [
      'Search in knowledge base finds nothing',
      'KB search: no results for words with accents (é, ü, ş)',
    ],
    openings: [
      'Customers search for "réinitialiser" and find nothing; "reinitialiser" neither. The article is there. Since {version}.',
      'Search finds nothing in new articles. Old ones are found. We wrote {n} articles this week.',
    ],
    firstReply:
      'It looks as if the search index stopped. What does Knowledge base > Settings > Index say about its last run?',
    answer: 'Last run: {day}, "failed at article {other}". Button "Run now" gives the same.',
    note: 'Article {other} has a table of 9,000 rows; the indexer gives up on it and on all after it.',
    secondReply:
      'One very long article stops the indexer. I have excluded it for now, the others are found again. Could the table become an attachment?',
    resolution:
      'The indexer skips and reports such an article since {version}, instead of stopping.',
    attempt: {
      steps: 'Article with a table of 9,000 rows, run the index',
      expected: 'All articles are indexed',
      actual: 'Stops at this article',
    },
  },
  {
    id: 'kb-images-missing',
    kind: 'bug',
    severity: 'medium',
    licence: 'own-server',
    subjects: [
      'Images in articles are broken after moving the server',
      'Pictures missing (404) in knowledge base',
    ],
    openings: [
      'After moving to a new server all images in articles are 404. The files are there: /var/www/velhaven/media, {n2} MB.',
      'We changed the address from http to https://{host} and the pictures still point to the old one.',
    ],
    firstReply:
      'Images keep the address of the time when they were put in. "vh media:rebase" rewrites them; please make a backup first. Which version is it?',
    answer: '{version}, PHP {php}. The command says "0 of {n2} changed".',
    note: 'Rebase compares without the port; the old address had :8080.',
    secondReply:
      'Your old address had a port, which the command does not see. Please add --from http://{ip}:8080, then it finds them.',
    resolution:
      'All {n2} pictures are back, as you write. The command takes ports into account from now on.',
    attempt: {
      steps: 'Media with a port in the old address, run media:rebase',
      expected: 'All changed',
      actual: '0 changed',
    },
  },
  {
    id: 'kb-versioning',
    kind: 'feature',
    severity: 'low',
    subjects: ['History of articles: who changed what?', 'Restore an older version of an article'],
    openings: [
      'Somebody overwrote our best article. Is there a history? If not, please build one.',
      'Our quality manager needs to see the changes of each article, with names and dates (ISO 9001).',
    ],
    firstReply:
      'The last version can be restored from the bin within 30 days, but there is no full history yet. Shall I bring back yours? I need its number.',
    answer: 'Number {other}, thank you!! And yes to the full history.',
    note: 'Restored from the bin. Voice added to "Article history".',
    secondReply:
      'Your article is back. I have added you, and the point about ISO 9001, to the request.',
    resolution: 'Article history has arrived with {version}: menu of the article > History.',
  },
  {
    id: 'portal-dark-mode',
    kind: 'feature',
    severity: 'low',
    subjects: ['Dark mode for the customer portal 🌙', 'Please add a dark theme'],
    openings: [
      'Our customers are gamers, white pages at night hurt. Dark mode for the portal would be appreciated.',
      'Agents asked me to ask for a dark theme. All {n2} of them. I was asked to say "please" {n} times.',
    ],
    firstReply:
      'For the portal, the custom style sheet can do it today; I attach one that a customer made and lets us share. For the agents’ side there is nothing yet.',
    answer:
      'The style sheet is nice, small problem with the login page but ok. Agents still want theirs.',
    note: 'Shared style sheet from article 77.',
    secondReply: 'The style sheet is mended for the login page. The agents’ voices are counted.',
    resolution: 'The dark theme for agents follows the system’s setting since {version}.',
  },
  {
    id: 'portal-language',
    kind: 'question',
    severity: 'low',
    subjects: [
      'Portal in two languages',
      'ポータルを日本語にしたい (portal in Japanese)',
      'Ana dil Türkçe nasıl yapılır?',
    ],
    openings: [
      'お客様ポータルを日本語で表示したいです。設定方法を教えてください。\n\n(We would like to show the portal in Japanese. How?)',
      'Can the portal be shown in two languages, by the browser of the visitor? Some of our texts are still English after switching.',
    ],
    firstReply:
      'Portal > Languages: tick both, and "follow the browser". What stays English are your own texts: each has a tab for each language.',
    answer: 'Works. Except the word "Submit" on the form, it stays English.',
    note: 'Button text is an own text of theirs, saved in English only.',
    secondReply:
      'That button was renamed on your desk once, so it counts as your own text: Forms > Button > second tab.',
    resolution: 'Perfect, closing. ありがとうございました。',
  },
];
