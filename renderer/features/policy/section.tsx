import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './section.module.css';

/** A part of the policy: what it is about at the left, what it says at the right. */
export function Section({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <div className={styles['about']}>
        <h2 id={id} className={styles['title']}>
          {title}
        </h2>
        {hint !== undefined && <p className={styles['hint']}>{hint}</p>}
      </div>
      <div className={styles['content']}>{children}</div>
    </section>
  );
}
