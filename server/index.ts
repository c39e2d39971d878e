import { Command, InvalidArgumentError, Option } from 'commander';
import { roles } from '../shared/base/roles.ts';
import type { AddAgentOptions } from './cli/agents.ts';
import { dataOption } from './cli/data-option.ts';
import type { ExplainOptions } from './cli/explain.ts';
import type { DemoOptions } from './cli/fill-demo.ts';
import type { ImportOptions } from './cli/import-log.ts';
import type { DeskChoice } from './cli/open-desk.ts';
import type { SetPolicyOptions, ShowPolicyOptions } from './cli/policy.ts';
import type { ReplayOptions } from './cli/replay.ts';
import type { ServeOptions } from './cli/serve.ts';
import type { Terminal } from './cli/terminal.ts';
import { DEMO_TICKETS } from './demo/demo-size.ts';

/** The desk's CLI: `npm run desk -- COMMAND`. Each command is loaded when it is used: most need a database, some must start at once. */

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
  .command('due')
  .description('answer lines of JSON on standard input: the due of a target (see --help)')
  .addHelpText(
    'after',
    `
Each line is a question, such as
  {"zone":"Europe/Berlin","start":1764583200000,"hours":24,"holidays":["2026-12-25"],"calendar":"business"}
start is in ms since epoch (1900 to 2999); holidays (none) and calendar (business: Monday to Saturday; or always) may
be left out. Each answer is a line, in order: {"due":1764756000000}, or {"error":"..."} for a line that is bad, an
empty one too; the exit status is then 1.`,
  )
  .action(() =>
    finish(
      import('./cli/due.ts').then(({ answerDues }) => answerDues(process.stdin, process.stdout)),
    ),
  );

program
  .command('demo')
  .description('fill an empty desk with invented tickets')
  .option(...dataOption)
  .option('--tickets <number>', 'how many', wholeNumber, DEMO_TICKETS)
  .option('--seed <number>', 'the same seed gives the same tickets', wholeNumber, 1)
  .action((options: DemoOptions) =>
    finish(import('./cli/fill-demo.ts').then(({ fillDemo }) => fillDemo(options, terminal))),
  );

program
  .command('backups')
  .description('list the verified backups, newest first')
  .option(...dataOption)
  .action((options: DeskChoice) =>
    finish(import('./cli/backups.ts').then(({ showBackups }) => showBackups(options, terminal))),
  );

program
  .command('restore <file>')
  .description('put a backup in place; the database that was there is set aside')
  .option(...dataOption)
  .action((file: string, options: DeskChoice) =>
    finish(import('./cli/backups.ts').then(({ restore }) => restore(file, options, terminal))),
  );

program
  .command('new-epoch')
  .description('after a database was put back by other means: tell consoles so')
  .option(...dataOption)
  .action((options: DeskChoice) =>
    finish(import('./cli/backups.ts').then(({ newEpoch }) => newEpoch(options, terminal))),
  );

program
  .command('version')
  .description("print the desk's newest version, for a backup job to note before it begins")
  .option(...dataOption)
  .action((options: DeskChoice) =>
    finish(import('./cli/backups.ts').then(({ showVersion }) => showVersion(options, terminal))),
  );

program
  .command('backed-up')
  .argument('<version>', 'as `desk version` printed it before the backup began', wholeNumber)
  .description('report that a backup holds everything up to a version')
  .option(...dataOption)
  .action((version: number, options: DeskChoice) =>
    finish(import('./cli/backups.ts').then(({ backedUp }) => backedUp(version, options, terminal))),
  );

const policy = program.command('policy').description('the support policy that is in force');
policy
  .command('show')
  .description('print the document, since when and by whom')
  .option(...dataOption)
  .option('--json', 'the document alone, to be edited and given to `policy set`')
  .action((options: ShowPolicyOptions) =>
    finish(import('./cli/policy.ts').then(({ showPolicy }) => showPolicy(options, terminal))),
  );
policy
  .command('check <file>')
  .description('say what is wrong with a document')
  .action((file: string) =>
    finish(import('./cli/policy.ts').then(({ checkPolicy }) => checkPolicy(file, terminal))),
  );
policy
  .command('set <file>')
  .description('put a document in force, for every open ticket at once')
  .option(...dataOption)
  .option('--dry-run', 'only say how many open tickets would change, and by how much')
  .action((file: string, options: SetPolicyOptions) =>
    finish(import('./cli/policy.ts').then(({ setPolicy }) => setPolicy(file, options, terminal))),
  );
policy
  .command('log')
  .description('every set of rules that there was, and what it changed')
  .option(...dataOption)
  .action((options: DeskChoice) =>
    finish(import('./cli/policy.ts').then(({ logPolicies }) => logPolicies(options, terminal))),
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
  .command('replay <file>')
  .description("run a help desk's log (CSV) through the rules and print how well they were kept")
  .option('--policy <file>', 'a policy document in JSON (default: the one of a new desk)')
  .action((file: string, options: ReplayOptions) =>
    finish(import('./cli/replay.ts').then(({ replay }) => replay(file, options, terminal))),
  );

await program.parseAsync();
