import type { Scenario } from '../scenario.ts';

/** The chat widget on customers' sites. */
export const chatWidgetScenarios: readonly Scenario[] = [
  {
    id: 'chat-widget-gone',
    kind: 'bug',
    severity: 'high',
    subjects: [
      'Chat widget does not load on our shop',
      'Widget blocked: Refused to connect (CSP) since {version}',
      'No chats at all since {time}',
    ],
    openings: [
      'The chat bubble is gone from our shop. Console: Refused to connect to wss://{host}/chat because it violates the document’s Content Security Policy. We did not change the policy.',
      'zero chats today, normally {n2}. the bubble is not there in {browser}. what happened???',
    ],
    firstReply:
      'With {version} the socket moved from a sub-path to its own host, so a strict policy has to name it. Could you send me the policy header of the page?',
    answer:
      'connect-src self https://{host}. You could have told us before!! We lost half a day of sales.',
    note: 'Release note mentions it in the last line only. Customer is right to be cross. Ask product to add an upgrade check.',
    secondReply:
      'I am sorry, that belonged at the top of the release note. Please add wss://chat.{host} to connect-src. Until you have it in place I have switched your widget to the old path.',
    resolution:
      'Confirmed, the widget loads with the new policy, and the old path is off again. The upgrade check now looks for this.',
    attempt: {
      steps: 'Page with connect-src limited to the main host, widget of {version}',
      expected: 'Bubble shows',
      actual: 'Blocked by policy, nothing shown and nothing logged on the desk',
    },
  },
  {
    id: 'chat-agents-offline',
    kind: 'bug',
    severity: 'high',
    subjects: [
      'Agents shown as offline although they are logged in',
      'Chat says "nobody is available", we are {n} people here',
    ],
    openings: [
      'All {n} of us are set to available, visitors see "Leave a message". It started at {time}. Logging out and in helps for ten minutes.',
      'Customers tell us that the chat is closed. It is not! Status in the corner is green. {browser} on {os}.',
    ],
    firstReply:
      'Ten minutes sounds like the presence heartbeat being dropped. Do you have a proxy between agents and {host}, and does it cut idle connections?',
    answer: 'We do, our IT changed the proxy on {day}. Idle timeout is 60 seconds they say.',
    note: 'Heartbeat is every 75 s, proxy cuts at 60. We should beat faster, and show the agent the truth.',
    secondReply:
      'There it is: we send a sign of life every 75 seconds and the proxy hangs up after 60. Could IT allow 120 for {host}? We shorten ours as well with the next update.',
    resolution:
      'Signs of life now go every 25 seconds, and the corner turns grey when they do not arrive. Thank you for your patience.',
    attempt: {
      steps: 'Proxy with 60 s idle timeout, agent available, wait 10 minutes',
      expected: 'Agent stays available for visitors',
      actual: 'Visitors see offline after about a minute, the agent’s own mark stays green',
    },
  },
  {
    id: 'chat-transcript-missing',
    kind: 'bug',
    severity: 'medium',
    subjects: [
      'Chat transcript is not sent to visitors',
      'Transcripts missing in tickets made from chats',
    ],
    openings: [
      'When a chat ends the visitor should get the transcript. Since {version} they do not. The ticket is made but with an empty first message.',
      'Tickets from chat are empty. We have to look up the chat history by hand, {n} times a day.',
    ],
    firstReply:
      'Is it every chat, or only those that were handed from one agent to another? And are emoji in them? (I ask for a reason.)',
    answer: 'I tried: without emoji it works 👍 with emoji it is empty 😅 You were right.',
    note: 'Column is utf8, not utf8mb4, on databases made before {oldVersion}. Insert fails, error is swallowed.',
    secondReply:
      'Four-byte characters do not fit into a table that is older than {oldVersion}. There is a one-time conversion; on our hosting we run it for you tonight, on your own server it is one command.',
    resolution:
      'The table was converted at {later}, and the lost transcripts were rebuilt from the chat history. Emoji are welcome again 🎉',
    attempt: {
      steps: 'Database made with {oldVersion}, chat with one emoji, end it',
      expected: 'Ticket with the whole chat',
      actual: 'Ticket with an empty message; log: Incorrect string value',
    },
  },
  {
    id: 'chat-proactive',
    kind: 'feature',
    severity: 'low',
    subjects: [
      'Idea: invite visitors to chat after some seconds',
      'Feature request: proactive chat on the price page',
    ],
    openings: [
      'Our sales people ask for a chat that opens by itself when a visitor stays for 30 seconds on the price page. The other tool that we had could do this.',
      'Wish: show the chat only on some pages, and only when more than {n} agents are free. Possible already?',
    ],
    firstReply:
      'By page is possible today with the "pages" rule of the widget. Opening by itself is not. Would a small hint beside the bubble help you, instead of opening it?',
    answer: 'A hint would be fine, even better, less annoying. When can we have it?',
    note: 'Third customer who asks this quarter. Add to the request "Hint beside the bubble".',
    secondReply:
      'I have put your words to the request; product management decides on it and on when, so I cannot name a date. You are on the list and hear from us when there is news.',
    resolution:
      'The hint is part of {version}: Widget > Hints, by page and by seconds. Thank you for the idea.',
  },
  {
    id: 'chat-colours',
    kind: 'question',
    severity: 'low',
    subjects: ['Change colour and position of the chat bubble', 'Widget covers our cookie banner'],
    openings: [
      'The bubble lies exactly over our shopping basket on small phones. Can it be moved to the left, and can it be green?',
      'How can I hide the widget for logged-in staff? And the cookie banner is under it, legal is not amused.',
    ],
    firstReply:
      'Both are possible: Widget > Appearance has side, distance and colour. For staff, set data-hidden on the script tag. Shall I show you an example?',
    answer:
      'An example would be great, I am not a programmer. Our page is made with a shop builder.',
    note: 'Shop builder strips data attributes; use the URL parameter instead.',
    secondReply:
      'Here is the snippet with the side and colour set, ready to paste. In a shop builder use the variant with the address parameter, it survives their clean-up.',
    resolution: 'Great that it fits now. The page looks good in green, by the way.',
  },
  {
    id: 'chat-rtl',
    kind: 'bug',
    severity: 'medium',
    subjects: [
      'نافذة المحادثة معكوسة — chat window mirrored wrongly in Arabic',
      'RTL: send button covers the text (עברית)',
    ],
    openings: [
      'في واجهة العربية يظهر زر الإرسال فوق النص ولا يمكن قراءة آخر كلمة.\n\nIn short: with Arabic the send button lies over the last word. {browser}, widget {version}.',
      'כשכותבים בעברית הסמן קופץ לתחילת השורה. The cursor jumps to the start of the line when one types Hebrew and a number, for example an order number {other}.',
    ],
    firstReply:
      'Thank you for the bilingual report, that helps a lot. Is dir="rtl" set on the page itself, or only the language of the widget?',
    answer: 'فقط لغة الأداة. Only the language of the widget; the page is mixed.',
    note: 'Widget takes direction from the page, not from its own language. Known shape, two lines of CSS and dir=auto on the input.',
    secondReply:
      'Understood: the widget takes its direction from the page. It should follow its own language, and each line its own text.',
    resolution:
      'The widget follows its own language since {version}, and each message its own direction. شكرًا لصبركم.',
    attempt: {
      steps: 'Widget in Arabic on a page without dir, type a sentence with a number',
      expected: 'Text from the right, button on the left',
      actual: 'Button covers the last word, number jumps',
    },
  },
];
