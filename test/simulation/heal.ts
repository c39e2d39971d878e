import { clearWeather, signIn } from './happen.ts';
import type { World } from './world.ts';

/** How long an agent takes to answer. */
const ANSWER_MS = 1_500;

/** The faults end: everything runs, everybody is signed in, nothing is in the way. */
export function heal(world: World): void {
  const { plan, desk, consoles, data } = world;
  data.fail(0);
  desk.running()?.process.spare();
  desk.start();
  for (const console of consoles) {
    const { machine } = console;
    machine.disk.faults.fullUntilMs = 0;
    machine.disk.faults.failingSyncs = 0;
    machine.link.faults.isCut = false;
    clearWeather(console);
    if (!plan.patient) machine.link.breakHanging();
    console.process()?.spare();
    console.start();
    console.openWindow();
    console.main()?.sync.pause(false);
  }
  // Where a sign-in has ended, it is renewed; the machine's return to the network wakes the rest.
  for (const { id } of plan.agents) signIn(world, id);
  answerAll(world);
}

/** Whatever is asked, every agent says yes to it. */
function answerAll({ consoles, scheduler }: Pick<World, 'consoles' | 'scheduler'>): void {
  for (const { main } of consoles) {
    const question = main()?.sync.status().question;
    if (question) main()?.sync.answer(question.kind, true);
  }
  scheduler.after(ANSWER_MS, () => {
    answerAll({ consoles, scheduler });
  });
}
