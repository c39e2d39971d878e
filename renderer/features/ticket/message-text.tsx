import { plainBody } from '../../plain-line.ts';
import { foldQuotes } from './fold-quotes.ts';
import styles from './timeline.module.css';

/** A text by anyone, as text and nothing else: customers are not trusted (X3). */
export function MessageText({ text }: { text: string }) {
  return (
    <>
      {/* The parts of a text never change places. */}
      {foldQuotes(plainBody(text)).map((part, index) =>
        part.kind === 'quote' ? (
          <details key={index} className={styles['quote']}>
            <summary>{part.text.split('\n').length} quoted lines</summary>
            <div className={styles['text']} dir="auto">
              {part.text}
            </div>
          </details>
        ) : (
          <div key={index} className={styles['text']} dir="auto">
            {part.text.replace(/^\n+|\n+$/g, '')}
          </div>
        ),
      )}
    </>
  );
}
