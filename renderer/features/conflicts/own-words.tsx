import type { Action } from '../../../shared/tickets/command.ts';
import { plainBody } from '../../plain-line.ts';
import { copyAndSay } from '../../store/copy-text.ts';
import { useConsole } from '../../store/use-console.ts';
import { actionWords } from '../../words.ts';
import { CardButton } from './card.tsx';
import { ownText } from './conflict-words.ts';
import styles from './conflicts.module.css';

/** What the agent wrote, whole. */
export function OwnText({ text }: { text: string }) {
  return (
    <div className={styles['text']} dir="auto">
      {plainBody(text)}
    </div>
  );
}

/** Puts what the agent wrote on the clipboard; nothing where they wrote nothing. */
export function CopyButton({ actions }: { actions: readonly Action[] }) {
  const console = useConsole();
  const texts = actions.flatMap((action) => ownText(action) ?? []);
  const [only] = actions;
  if (texts.length === 0) return null;
  return (
    <CardButton
      keys="y"
      onPress={() => {
        const what = actions.length === 1 && only !== undefined ? actionWords[only.kind] : 'Text';
        copyAndSay(console, texts.join('\n\n'), what);
      }}
    >
      Copy text
    </CardButton>
  );
}
