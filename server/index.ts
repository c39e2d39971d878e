import { Command, InvalidArgumentError, Option } from 'commander';
import { roles } from '../shared/base/roles.ts';
import type { AddAgentOptions } from './cli/agents.ts';
import { dataOption } from './cli/data-option.ts';
import { dueHelp } from './cli/due-help.ts';
import type { ExplainOptions } from './cli/explain.ts';
import type { DemoOptions } from './cli/fill-demo.ts';
import type { ImportOptions } from './cli/import-log.ts';
import type { DeskChoice } from './cli/open-desk.ts';
import type { ReplayOptions } from './cli/replay.ts';
import type { ServeOptions } from './cli/serve.ts';
import type { Terminal } from './cli/terminal.ts';

/**
 * The desk's CLI: `npm run desk -- COMMAND`. Each command is loaded when it is called: a calculator need not wait for
 * a database.
 */

const terminal: Terminal = {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
};

/** Runs a command and ends with its exit code; what nobody foresaw says so in one line. */
async function finish(code: Promise<number>): Promise<void> {
  try {
    process.exitCode = await code;
  } catch (error) {
    terminal.err(error instanceof Error ? error.message : 'the command failed');
    process.exitCode = 1;
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('not a whole number');
  return Number(text);
}

const program = new Command('desk').description("A support team's ticket store.");

program
  .command('serve')
  .description('serve consoles until told to stop')
  .option(...dataOption)
  .option('--host <address>', 'where to listen', '127.0.0.1')
  .option('--port <number>', '0 for any free one', wholeNumber, 7820)
  .option('--public-host <name...>', 'names that a proxy in front of it is known by')
  .action((options: ServeOptions) =>
    finish(import('./cli/serve.ts').then(({ serve }) => serve(options, terminal))),
  );

program
  .command('migrate')
  .description("bring the database's tables to this version")
  .option(...dataOption)
  .action((options: DeskChoice) =>
    finish(import('./cli/migrate.ts').then(({ migrate }) => migrate(options, terminal))),
  );

const agent = program.command('agent').description('who may sign in');
agent
  .command('add <name>')
  .description('add an agent and print the sign-in token')
  .option(...dataOption)
  .addOption(new Option('--role <role>', 'what they may do').choices(roles).default('agent'))
  .option('--team <id...>', 'their teams (default: every team that has a ticket)')
  .action((name: string, options: AddAgentOptions) =>
    finish(import('./cli/agents.ts').then(({ addAgent }) => addAgent(name, options, terminal))),
  );
agent
  .command('list')
  .description('list agents: id, role, name, teams, whether they can sign in')
  .option(...dataOption)
  .action((options: DeskChoice) =>
    finish(import('./cli/agents.ts').then(({ listAgents }) => listAgents(options, terminal))),
  );

program
  .command('import <file>')
  .description("take over a help desk's log (CSV) as it stood at a moment")
  .requiredOption(
    '--as-of <time>',
    'the moment that becomes now, such as 2012-06-01T12:00 (local to the log, or with a zone)',
  )
  .option(...dataOption)
  .action((file: string, options: ImportOptions) =>
    finish(
      import('./cli/import-log.ts').then(({ importLog }) => importLog(file, options, terminal)),
    ),
  );

program
  .command('demo')
  .description('fill an empty desk with invented tickets')
  .option(...dataOption)
  .option('--tickets <number>', 'how many (default: as many as npm start shows)', wholeNumber)
  .option('--seed <number>', 'the same seed gives the same tickets', wholeNumber, 1)
  .action((options: DemoOptions) =>
    finish(import('./cli/fill-demo.ts').then(({ fillDemo }) => fillDemo(options, terminal))),
  );

program
  .command('ticket <reference>')
  .description('print a ticket with its timeline as JSON')
  .option(...dataOption)
  .action((reference: string, options: DeskChoice) =>
    finish(
      import('./cli/show-ticket.ts').then(({ showTicket }) =>
        showTicket(reference, options, terminal),
      ),
    ),
  );

program
  .command('explain <reference>')
  .description("print a ticket's clocks: what is due when, and why")
  .option(
    '--at <time>',
    'as of when, such as 2026-06-01T12:00 (local to the policy, or with a zone)',
  )
  .option(...dataOption)
  .action((reference: string, options: ExplainOptions) =>
    finish(import('./cli/explain.ts').then(({ explain }) => explain(reference, options, terminal))),
  );

program
  .command('due')
  .description('answer questions on standard input: when are so many counted hours used up?')
  .addHelpText('after', dueHelp)
  .action(() =>
    finish(
      import('./cli/due.ts').then(({ answerDues }) => answerDues(process.stdin, process.stdout)),
    ),
  );

program
  .command('replay <file>')
  .description("run a help desk's log (CSV) through the rules and print how well they were kept")
  .option('--policy <file>', 'a policy document in JSON (default: the one of a new desk)')
  .action((file: string, options: ReplayOptions) =>
    finish(import('./cli/replay.ts').then(({ replay }) => replay(file, options, terminal))),
  );

await program.parseAsync();
