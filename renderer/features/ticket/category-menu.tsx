import { ChevronDown } from 'lucide-react';
import { isAbove } from '../../../shared/policy/severity.ts';
import type { Action } from '../../../shared/tickets/command.ts';
import { categories } from '../../../shared/tickets/fields.ts';
import type { Category } from '../../../shared/tickets/fields.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { EffectLine } from '../../marks/effect-line.tsx';
import { setCategory } from '../../store/change-ticket.ts';
import { useConsole } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Menu } from '../../ui/menu.tsx';
import { categoryMeanings, categoryWords } from '../../words.ts';

const keys = { uncategorised: undefined, bug: 'b', feature: 'f', question: 'q' } as const;

/** For the preview: with the words that a dialog asks for first. */
function wouldDo(head: TicketHead, category: Category): Action[] {
  return category === 'feature' && isAbove(head.severity.value, 'low')
    ? [{ kind: 'convert-to-feature', reason: '…', message: '…' }]
    : [{ kind: 'set-category', category, reason: '…' }];
}

/** Something is asked for before it is done (W3, P10). */
function needsDialog(head: TicketHead, category: Category): boolean {
  if (category === head.category.value) return false;
  return category === 'feature'
    ? isAbove(head.severity.value, 'low')
    : category === 'bug' && !head.attempts.reproduced;
}

/** Bug, feature request or question (P6). */
export function CategoryMenu({ head }: { head: TicketHead }) {
  const console = useConsole();
  const category = head.category.value;
  return (
    <Menu
      trigger={
        <Button aria-label={`Category: ${categoryWords[category]}`}>
          {categoryWords[category]}
          {category === 'uncategorised' && (
            <>
              <Kbd keys="b" />
              <Kbd keys="f" />
              <Kbd keys="q" />
            </>
          )}
          <ChevronDown size={13} />
        </Button>
      }
      entries={categories.map((each) => ({
        id: each,
        label: needsDialog(head, each) ? `${categoryWords[each]} …` : categoryWords[each],
        detail: (
          <>
            {categoryMeanings[each]}
            {category !== each && (
              <EffectLine
                ticketId={head.id}
                actions={wouldDo(head, each)}
                endedBy="with the message"
              />
            )}
          </>
        ),
        ...(keys[each] === undefined ? {} : { keys: keys[each] }),
        checked: category === each,
        run: () => {
          setCategory(console, head.id, each);
        },
      }))}
    />
  );
}
