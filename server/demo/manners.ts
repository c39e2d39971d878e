import { pick } from './random.ts';
import type { Random } from './random.ts';

/** How people open and close their messages; an empty text leaves it out. */
const manners = {
  polite: {
    opens: ['Dear support team,', 'Hello,', 'Good day,', 'Dear Velhaven team,'],
    closes: [
      'Kind regards\n{contact}',
      'Many thanks in advance,\n{contact}\n{org}',
      'Best regards,\n{contact}',
    ],
  },
  terse: { opens: ['', '', 'hi'], closes: ['', '', '{contact}', '--\n{contact}, {org}'] },
  angry: {
    opens: ['', 'To whom it may concern:', 'Again me.'],
    closes: [
      'I expect an answer today.\n{contact}',
      'This is the third time this quarter.\n{contact}, {org}',
      'If this is not solved soon I will have to speak with your management.\n{contact}',
    ],
  },
  cheerful: {
    opens: ['Hi there!', 'Hello lovely people 👋', 'Hey team,'],
    closes: ['Cheers, {contact}', 'Thanks a bunch! 🙏\n{contact}', 'Have a good one,\n{contact}'],
  },
  german: {
    opens: ['Sehr geehrte Damen und Herren,', 'Guten Tag,'],
    closes: ['Mit freundlichen Grüßen\n{contact}\n{org}', 'Freundliche Grüße\n{contact}'],
  },
  french: {
    opens: ['Bonjour,', 'Madame, Monsieur,'],
    closes: ['Cordialement,\n{contact}', 'Merci d’avance et bonne journée,\n{contact}'],
  },
  spanish: {
    opens: ['Buenos días:', 'Hola:'],
    closes: ['Un saludo,\n{contact}', 'Muchas gracias de antemano.\n{contact}\n{org}'],
  },
  portuguese: {
    opens: ['Bom dia,', 'Olá,'],
    closes: ['Obrigada e cumprimentos,\n{contact}', 'Abraço\n{contact}'],
  },
  polish: {
    opens: ['Dzień dobry,'],
    closes: ['Pozdrawiam serdecznie\n{contact}', 'Z poważaniem\n{contact}\n{org}'],
  },
  turkish: {
    opens: ['Merhaba,', 'İyi günler,'],
    closes: ['Teşekkürler\n{contact}', 'Saygılarımla,\n{contact}'],
  },
  greek: {
    opens: ['Καλημέρα σας,'],
    closes: ['Ευχαριστώ πολύ\n{contact}', 'Με εκτίμηση,\n{contact}'],
  },
  ukrainian: {
    opens: ['Добрий день!'],
    closes: ['З повагою\n{contact}\n{org}', 'Дякую!\n{contact}'],
  },
  japanese: {
    opens: ['お世話になっております。{org}の{contact}です。', 'お世話になっております。'],
    closes: ['よろしくお願いいたします。\n{contact}', '{org}\n{contact}'],
  },
  chinese: { opens: ['您好！'], closes: ['谢谢！\n{contact}', '此致\n{contact}\n{org}'] },
  korean: { opens: ['안녕하세요.'], closes: ['감사합니다.\n{contact}', '{org} {contact} 드림'] },
  arabic: {
    opens: ['السلام عليكم،', 'مرحبًا،'],
    closes: ['مع خالص الشكر\n{contact}\n{org}', 'وشكرًا\n{contact}'],
  },
  hebrew: {
    opens: ['שלום רב,', 'היי,'],
    closes: ['בברכה,\n{contact}', 'תודה רבה\n{contact}\n{org}'],
  },
} satisfies Record<string, { opens: readonly string[]; closes: readonly string[] }>;

export type MannerName = keyof typeof manners;

/** A customer's message in their manner. The result still holds `{facts}`. */
export function inManner(random: Random, name: MannerName, text: string): string {
  const manner = manners[name];
  return [pick(random, manner.opens), text, pick(random, manner.closes)]
    .filter((part) => part !== '')
    .join('\n\n');
}

const agentCloses = [
  'Best regards\n{agent}\nVelhaven Support',
  'Kind regards,\n{agent}',
  '{agent}, Velhaven Support',
  'Regards\n{agent}',
] as const;

/** An agent's public reply. The result still holds `{facts}`. */
export function asReply(random: Random, text: string): string {
  return `Hello {first},\n\n${text}\n\n${pick(random, agentCloses)}`;
}
