import type { ReactNode } from 'react';
import styles from './empty.module.css';

/** What a place shows when there is nothing in it, and why. */
export function Empty({
  icon,
  title,
  text,
  children,
}: {
  icon?: ReactNode;
  title: string;
  text?: string;
  children?: ReactNode;
}) {
  return (
    <div className={styles['empty']}>
      {icon}
      <p className={styles['title']}>{title}</p>
      {text !== undefined && <p className={styles['text']}>{text}</p>}
      {children !== undefined && <div className={styles['more']}>{children}</div>}
    </div>
  );
}
