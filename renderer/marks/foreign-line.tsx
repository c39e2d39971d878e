import { plainLine } from '../plain-line.ts';

/** A line by someone who is not trusted: it runs in its own direction and turns nothing around beside it (X3). */
export function ForeignLine({ text }: { text: string }) {
  return <bdi>{plainLine(text)}</bdi>;
}
