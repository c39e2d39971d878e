import type { Scenario } from '../scenario.ts';

/** Velhaven on the customers' own PHP servers. */
export const ownServerScenarios: readonly Scenario[] = [
  {
    id: 'own-update-failed',
    kind: 'bug',
    severity: 'high',
    licence: 'own-server',
    subjects: [
      'Update to {version} failed in the middle, white page',
      'White screen after update, PHP {php}',
      'Migration {n2} fails: Duplicate column name',
    ],
    openings: [
      'We updated from {oldVersion} to {version} and the migration stopped:\n\nMigration 2{n2}: SQLSTATE[42S21]: Column already exists: 1060 Duplicate column name "settled_at"\n\nNow the page is white for agents. Customers can still mail.',
      'White page after update. PHP {php}, {db}. Error log: PHP Fatal error: Uncaught TypeError: implode(): Argument #2 must be of type ?array, string given. We have a backup but would rather not lose the morning.',
    ],
    firstReply:
      'Please do not run it again yet. Send me the output of "vh migrate:status" and tell me whether the update was ever tried before, perhaps months ago.',
    answer:
      'migrate:status says {n2} pending, 1 failed. And yes, a former colleague tried it in spring and rolled back the files. Only the files …',
    note: 'Half of the migration was in the database from the first try. Mark it as done, then go on.',
    secondReply:
      'So the database was half updated since spring. The three commands below mark the first part as done and go on. They were tried on a copy of your scheme.',
    resolution:
      'Well done, and thank you for the exact log. From {version} on the updater looks for this before it starts.',
    attempt: {
      steps:
        '{oldVersion}, start the update, stop it after migration 2{n2}, restore files only, update again',
      expected: 'Updater says what is wrong before it starts',
      actual: 'Fails in the middle, white page',
    },
  },
  {
    id: 'own-php-extension',
    kind: 'question',
    severity: 'medium',
    licence: 'own-server',
    subjects: [
      'Which PHP version for {version}?',
      'Installer: "ext-intl is missing" but it is installed',
    ],
    openings: [
      'The installer claims that ext-intl is missing. php -m shows it. {os}, PHP {php}.',
      'Our hoster ends support for PHP {php} next month. Which versions work with Velhaven {version}?',
    ],
    firstReply:
      'The web server often uses another PHP than the command line. What does the page /install/check.php show under "Loaded configuration file"?',
    answer: '/etc/php/{php}/fpm/php.ini. On the command line it is the cli one. Ah. I see.',
    note: 'Classic fpm/cli mismatch.',
    secondReply:
      'Exactly. Enable the extension for fpm as well and restart it. The table of versions is in article 12.',
    resolution: 'Glad that it runs. Closing.',
  },
  {
    id: 'own-cron-stuck',
    kind: 'bug',
    severity: 'high',
    licence: 'own-server',
    subjects: ['Background jobs stuck, {n2}000 waiting', 'cron.php hangs, no mails go out'],
    openings: [
      'No mail goes out since {time}. Jobs waiting: {n2}000. "vh jobs:status" shows one job running for {n} hours. Killing the process helps until the next one.',
      'cron.php never ends and uses 100 % CPU. {os}, {db}, PHP {php}. strace shows that it reads the same rows over and over.',
    ],
    firstReply:
      'Could you send "vh jobs:show" for the one that hangs? I suspect the clean-up of old sessions on a large table.',
    answer: 'It is cleanup:sessions, as you thought. Table has {n2} million rows. Why so many?',
    note: 'Monitoring probes make a session each call. Clean-up deletes one by one.',
    secondReply:
      'Your monitoring makes a session with every probe. Emptying that table is safe, agents only log in again. I would do it in the lunch break; the command is below.',
    resolution:
      'Clean-up deletes in blocks since {version}, and probes to /health make no session.',
    attempt: {
      steps: 'Session table with 5 million rows, run the clean-up',
      expected: 'Done within minutes',
      actual: 'Not done after two hours, blocks all other jobs',
    },
  },
  {
    id: 'own-permissions',
    kind: 'question',
    severity: 'low',
    licence: 'own-server',
    subjects: [
      'Permission denied on /var/lib/velhaven/attachments',
      'Upload of attachments fails after backup restore',
    ],
    openings: [
      'After restoring a backup, uploads fail: "Permission denied /var/lib/velhaven/attachments/{hash}". Which owner and rights are right?',
      'What rights does the attachment folder need? The manual says 0750 but does not say for whom.',
    ],
    firstReply:
      'Owner is the user of PHP (often www-data), 0750 for folders and 0640 for files. "vh files:repair" sets them.',
    answer: 'Done, works. SELinux was the second part, we found that ourselves.',
    note: 'Add a line about SELinux contexts to article 31.',
    secondReply: 'Good find. I have added a line about it to the article.',
    resolution: 'Thank you, closing.',
  },
  {
    id: 'own-docker',
    kind: 'feature',
    severity: 'low',
    licence: 'own-server',
    subjects: ['Official container image', 'Helm chart / Docker image for {version}?'],
    openings: [
      'We run everything in containers except Velhaven. Is there an official image? The unofficial one is three versions old.',
      'Please publish a container image, with health checks and without root. Our platform team would hug you.',
    ],
    firstReply:
      'Not yet. There is a sample Dockerfile in the documentation that we keep working, though it is not supported. Would you run mail pipe and jobs as own containers?',
    answer: 'Yes, three containers: web, jobs, mail. The sample only has web.',
    note: 'Request "Container image": {n} customers. Product decision needed.',
    secondReply: 'That split is useful to know, I added it to the request.',
    resolution:
      'Decision: official image from the next main version on. Custom work before that can be offered by our services team, outside the support agreement.',
  },
  {
    id: 'own-disk-full',
    kind: 'bug',
    severity: 'medium',
    licence: 'own-server',
    subjects: ['Disk full: log file of {n2} GB', 'debug.log grows by 1 GB an hour'],
    openings: [
      'Our disk ran full this night because of var/log/debug.log ({n2} GB). Debug is off in the settings! {version}.',
      'Log rotates never. What may be deleted?',
    ],
    firstReply:
      'The log may be deleted when jobs are stopped. Is VH_DEBUG perhaps set in the environment of PHP? It wins over the settings.',
    answer: 'No VH_DEBUG anywhere. The log is full of "deprecated: dynamic property".',
    note: 'Deprecations of PHP {php} go to debug.log whatever the level. Ours.',
    secondReply:
      'Then it is the notices of PHP {php}, which we write regardless of the level. Setting error_reporting as below stops it.',
    resolution: 'The notices are gone with {version}, and the log rotates at 100 MB.',
    attempt: {
      steps: 'PHP {php}, debug off, use the desk for an hour',
      expected: 'No debug.log',
      actual: 'debug.log grows by a line with each request',
    },
  },
];
