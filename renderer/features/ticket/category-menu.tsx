import { ChevronDown } from 'lucide-react';
import { categories } from '../../../shared/tickets/fields.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { setCategory } from '../../store/change-ticket.ts';
import { useConsole } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Menu } from '../../ui/menu.tsx';
import { categoryMeanings, categoryWords } from '../../words.ts';

const keys = { uncategorised: undefined, bug: 'b', feature: 'f', question: 'q' } as const;

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
        label: categoryWords[each],
        detail: categoryMeanings[each],
        ...(keys[each] === undefined ? {} : { keys: keys[each] }),
        checked: category === each,
        run: () => {
          setCategory(console, head.id, each);
        },
      }))}
    />
  );
}
