import { useEffect, useRef, useState } from 'react';
import type { BlobPreview } from '../../shared/bridge/blobs.ts';
import { plainBody } from '../plain-line.ts';
import styles from './files.module.css';

/** What of a file is shown: a picture as bytes of our own, or text as text (X3). */
export function FilePreview({
  preview,
  name,
}: {
  preview: Exclude<BlobPreview, { kind: 'none' }>;
  name: string;
}) {
  if (preview.kind === 'image') return <Picture preview={preview} name={name} />;
  return (
    <div className={styles['text']} tabIndex={0} role="region" aria-label={`Text of ${name}`}>
      <pre dir="auto">{plainBody(preview.text)}</pre>
      {preview.cut && <p>There is more. Save it to see all of it.</p>}
    </div>
  );
}

function Picture({
  preview,
  name,
}: {
  preview: Extract<BlobPreview, { kind: 'image' }>;
  name: string;
}) {
  const ref = useRef<HTMLImageElement>(null);
  const [failed, setFailed] = useState(false);
  const { bytes, type, width, height } = preview;
  useEffect(() => {
    if (ref.current === null) return;
    const url = URL.createObjectURL(new Blob([bytes], { type }));
    ref.current.src = url;
    return () => {
      URL.revokeObjectURL(url);
    };
  }, [bytes, type]);
  if (failed) return <p className={styles['error']}>The picture is damaged.</p>;
  return (
    <img
      ref={ref}
      className={styles['picture']}
      width={width}
      height={height}
      alt={name}
      onError={() => {
        setFailed(true);
      }}
    />
  );
}
