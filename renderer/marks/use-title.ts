import { useEffect } from 'react';
import { useConsoleState } from '../store/use-console.ts';

/** The window's title carries what presses most (U5). */
export function useTitle(): void {
  const overdue = useConsoleState((state) => state.promises.overdue);
  const atRisk = useConsoleState((state) => state.promises.atRisk);
  useEffect(() => {
    const counts = [
      ...(overdue > 0 ? [`${overdue} overdue`] : []),
      ...(atRisk > 0 ? [`${atRisk} at risk`] : []),
    ];
    document.title = counts.length === 0 ? 'Agent Console' : `${counts.join(', ')} – Agent Console`;
  }, [overdue, atRisk]);
}
