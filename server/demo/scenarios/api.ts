import type { Scenario } from '../scenario.ts';

/** API, webhooks, integrations. */
export const apiScenarios: readonly Scenario[] = [
  {
    id: 'api-500-all',
    kind: 'bug',
    severity: 'critical',
    licence: 'saas',
    subjects: [
      'API returns 500 for every request since {time}',
      'REST API down on {host}: all integrations stopped',
    ],
    openings: [
      'Every API call gives 500 since {time}. Our shop, our phone system and our app run on it, so in effect we are down.\n\nPOST https://{host}/api/tickets -> 500 {"error":"{hash}"}',
      'API is dead. {n2} failed requests and counting. Request ids: {hash}, please check your side, ours did not change.',
    ],
    firstReply:
      'Confirmed, every call on your cluster fails since {time}; it is on our side. The engineer on duty is rolling back the release of this morning. I write again in 15 minutes.',
    answer:
      'GET works again, POST still 500. Our phone system cannot create tickets, calls are lost.',
    note: 'Rollback done on read nodes; write nodes still on the new build because of the migration. Needs development.',
    secondReply:
      'Reading is back, the writing nodes follow: they need one more step because the release changed a table. Please let your client retry; calls with an idempotency key do no harm.',
    resolution:
      'All calls work since {later}. Cause: a field that became required by mistake. Nothing that your client retried was doubled.',
    attempt: {
      steps: 'POST /api/tickets with the body from the manual against {host}',
      expected: '201',
      actual: '500, {hash}, field "origin" must not be null',
    },
  },
  {
    id: 'api-rate-limit',
    kind: 'question',
    severity: 'medium',
    subjects: [
      '429 Too Many Requests, limit too low for us',
      'API limit: we need {n2}0 calls a minute',
    ],
    openings: [
      'Our sync gets 429 after {n} seconds. We read all tickets every five minutes to find what changed. Can you raise the limit?',
      'What is the real limit? The manual says 300, the header says X-RateLimit-Limit: {n2}.',
    ],
    firstReply:
      'Reading everything is not needed: GET /tickets?changed_since= gives only what changed, and webhooks tell you without asking at all. Could you use one of them?',
    answer:
      'changed_since looks good. But it has pages of 50 only and we get the same ticket on two pages sometimes.',
    note: 'Paging by offset while rows change. Cursor parameter exists since {oldVersion}, hardly documented.',
    secondReply:
      'Use the "cursor" of the answer instead of page numbers, then nothing comes twice. The manual is poor there, I have asked for an example.',
    resolution: 'From {n2}0 calls to {n} a minute, very nice. Closing.',
  },
  {
    id: 'webhook-missing',
    kind: 'bug',
    severity: 'high',
    subjects: ['Webhooks are not sent since {day}', 'Webhook delivery delayed by hours'],
    openings: [
      'Webhook "ticket.updated" does not arrive any more. Ours answers 200 within {ms} ms. The delivery log is empty since {day}.',
      'Webhooks come {n} hours late. Our field technicians are sent by them, so they drive to customers who are already helped.',
    ],
    firstReply:
      'The worker for your webhooks hangs on one receiver. Do you have another webhook to a host that is gone, by chance?',
    answer: 'Yes, the old test server {ip}. That blocks the others??',
    note: 'One queue per desk, a dead receiver blocks all others for 24 h. That is a design fault.',
    secondReply:
      'It does, and it should not. I have disabled that one; yours are being delivered now, oldest first, {n2} to go.',
    resolution:
      'Each receiver has a queue of its own since {version}, and you are mailed when one fails for an hour.',
    attempt: {
      steps: 'Two webhooks, one to an address that never answers',
      expected: 'The other is delivered at once',
      actual: 'Waits behind the dead one',
    },
  },
  {
    id: 'api-custom-field-lost',
    kind: 'bug',
    severity: 'medium',
    subjects: ['PATCH by API empties custom fields', 'Custom field lost when updating by API'],
    openings: [
      'If I PATCH only the subject, all custom fields of the ticket become empty. The manual says that missing fields are left alone.\n\nPATCH /api/tickets/{other} {"subject":"x"}',
      'Our integration deletes the field "contract number" on each update. It worked in {oldVersion}, in {version} not.',
    ],
    firstReply:
      'That must not be. Could you send the complete request with headers? Especially the content type.',
    answer:
      'Content-Type: application/merge-patch+json. With application/json it works as documented.',
    note: 'merge-patch goes through another serializer that fills in defaults.',
    secondReply:
      'Reproduced with that content type. Please use application/json until it is fixed. I can restore the lost values from the history if you send me the numbers.',
    resolution: 'Fixed in {version}, and {n} tickets restored. Thank you for the exact report.',
    attempt: {
      steps: 'PATCH with merge-patch+json and one field',
      expected: 'Other fields stay',
      actual: 'Custom fields are null afterwards',
    },
  },
  {
    id: 'api-graphql',
    kind: 'feature',
    severity: 'low',
    subjects: ['GraphQL instead of REST?', 'OpenAPI description for generating clients'],
    openings: [
      'We generate our clients. Is there an OpenAPI file? We could not find it, only the HTML manual.',
      'For our dashboard we need {n} REST calls for one page. Any plans for GraphQL?',
    ],
    firstReply:
      'An OpenAPI file is not public yet. Would it be enough if it covered tickets, customers and articles, or do you need all?',
    answer: 'Those three are exactly what we need. A draft would do!',
    note: 'Draft exists internally. Ask development if we may hand it out.',
    secondReply:
      'I asked, and may send you the draft. It can change; please tell us where it is wrong.',
    resolution: 'The description is public since {version}: /api/openapi.json on every desk.',
  },
  {
    id: 'integration-phone',
    kind: 'question',
    severity: 'low',
    subjects: ['Connect our phone system: caller opens customer page', 'CTI integration, how?'],
    openings: [
      'Is there a way that the customer’s page opens when a call comes in? Our phone system can open a web address with the number in it.',
      'We use a PBX from a local vendor. They ask for "the URL to search a customer by phone". What is it?',
    ],
    firstReply:
      'There is: https://{host}/customers/find?phone=NUMBER opens the customer, or a new ticket if there is none. The number may have spaces and +.',
    answer: 'It works with +41 but not with 0041. Can that be set?',
    note: 'Normalising of 00 is off unless a home country is set.',
    secondReply: 'Set your home country under Account > Region, then 00 is understood.',
    resolution: 'Great! Then the phones are connected. Closing.',
  },
];
