import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Empty } from './empty.tsx';

type Props = { onReload: () => void; children: ReactNode };

/** React knows error boundaries only as classes. Says what happened, and that nothing is lost. */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(thrown: unknown): { error: Error } {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Empty
        title="The screen has stopped working"
        text={`What you saved is safe in the journal, and alerts go on. What happened: ${error.message}`}
      >
        <Button look="primary" onClick={this.props.onReload}>
          Reload the screen
        </Button>
      </Empty>
    );
  }
}
