import { Command, InvalidArgumentError, Option } from 'commander';
import { roles } from '../shared/base/roles.ts';
import { addAgent, listAgents } from './cli/agents.ts';
import type { AddAgentOptions } from './cli/agents.ts';
import { fillDemo } from './cli/fill-demo.ts';
import type { DemoOptions } from './cli/fill-demo.ts';
import { importLog } from './cli/import-log.ts';
import type { ImportOptions } from './cli/import-log.ts';
import { dataOption, withDesk } from './cli/open-desk.ts';
import type { DeskChoice } from './cli/open-desk.ts';
import { checkPolicy, logPolicies, setPolicy, showPolicy } from './cli/policy.ts';
import type { SetPolicyOptions, ShowPolicyOptions } from './cli/policy.ts';
import { serve } from './cli/serve.ts';
import type { ServeOptions } from './cli/serve.ts';
import { showTicket } from './cli/show-ticket.ts';
import type { Terminal } from './cli/terminal.ts';
import { DEMO_TICKETS } from './demo-desk.ts';

/** The desk's CLI: `npm run desk -- COMMAND`. */

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
  .action((options: ServeOptions) => finish(serve(options, terminal)));

program
  .command('migrate')
  .description("bring the database's tables to this version")
  .option(...dataOption)
  .action((options: DeskChoice) =>
    finish(
      withDesk(options, terminal, async (desk) => {
        terminal.out(`The desk's tables are up to date (version ${desk.known().version}).`);
        return 0;
      }),
    ),
  );

const agent = program.command('agent').description('who may sign in');
agent
  .command('add <name>')
  .description('add an agent and print the sign-in token')
  .option(...dataOption)
  .addOption(new Option('--role <role>', 'what they may do').choices(roles).default('agent'))
  .option('--team <id...>', 'their teams (default: every team that has a ticket)')
  .action((name: string, options: AddAgentOptions) => finish(addAgent(name, options, terminal)));
agent
  .command('list')
  .description('list agents: id, role, name, teams, whether they can sign in')
  .option(...dataOption)
  .action((options: DeskChoice) => finish(listAgents(options, terminal)));

program
  .command('import <file>')
  .description("take over a help desk's log (CSV) as it stood at a moment")
  .requiredOption(
    '--as-of <time>',
    'the moment that becomes now, such as 2012-06-01T12:00 (local to the log, or with a zone)',
  )
  .option(...dataOption)
  .action((file: string, options: ImportOptions) => finish(importLog(file, options, terminal)));

program
  .command('demo')
  .description('fill an empty desk with invented tickets')
  .option(...dataOption)
  .option('--tickets <number>', 'how many', wholeNumber, DEMO_TICKETS)
  .option('--seed <number>', 'the same seed gives the same tickets', wholeNumber, 1)
  .action((options: DemoOptions) => finish(fillDemo(options, terminal)));

const policy = program.command('policy').description('the support policy that is in force');
policy
  .command('show')
  .description('print the document, since when and by whom')
  .option(...dataOption)
  .option('--json', 'the document alone, to be edited and given to `policy set`')
  .action((options: ShowPolicyOptions) => finish(showPolicy(options, terminal)));
policy
  .command('check <file>')
  .description('say what is wrong with a document')
  .action((file: string) => finish(checkPolicy(file, terminal)));
policy
  .command('set <file>')
  .description('put a document in force, for every open ticket at once')
  .option(...dataOption)
  .option('--dry-run', 'only say how many open tickets would change, and by how much')
  .action((file: string, options: SetPolicyOptions) => finish(setPolicy(file, options, terminal)));
policy
  .command('log')
  .description('every set of rules that there was, and what it changed')
  .option(...dataOption)
  .action((options: DeskChoice) => finish(logPolicies(options, terminal)));

program
  .command('ticket <reference>')
  .description('print a ticket with its timeline as JSON')
  .option(...dataOption)
  .action((reference: string, options: DeskChoice) =>
    finish(showTicket(reference, options, terminal)),
  );

await program.parseAsync();
