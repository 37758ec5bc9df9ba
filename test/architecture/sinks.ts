/**
 * Every place of the sources from which bytes can leave the process, with what they are. Content leaves through the store
 * alone, which takes nothing but `Masked<…>`, and through what prints or exports what was read from it. To write
 * somewhere else, add a line here and say why nothing unmasked can come that way.
 */
export interface Sink {
	readonly file: string;
	readonly module: string;
	readonly because: string;
}

export const SINKS: readonly Sink[] = [
	{
		file: "src/patterns/compiled-file.ts",
		module: "node:fs",
		because: "the build writes the compiled patterns",
	},
	{
		file: "src/config/javascript-engine.ts",
		module: "node:v8",
		because: "sets how the engine compiles and collects: constants",
	},
	{ file: "src/config/leave-no-traces.ts", module: "node:fs", because: "switches core dumps off: one digit" },
	{ file: "src/config/pseudonym-key.ts", module: "node:fs", because: "the installation's key: random bytes" },
	{
		file: "src/terminal/ordered-writer.ts",
		module: "node:fs",
		because: "the user's own terminal and command",
	},
	{ file: "src/wrap/main.ts", module: "node:fs", because: "one line on the user's terminal, never stored" },
	{ file: "src/cli/commands/export.ts", module: "node:fs", because: "writes what the store gave: masked" },
	{ file: "src/cli/commands/resume.ts", module: "node:fs", because: "writes what the store gave: masked" },
	{ file: "src/dev/record-case.ts", module: "node:fs", because: "a recording masked by mask-recording.ts" },
	{
		file: "src/store/lasting-connection.ts",
		module: "better-sqlite3",
		because: "the store's one connection",
	},
	{
		file: "src/store/encryption/find-key.ts",
		module: "node:child_process",
		because: "the system's keychain: a database's key, on its tool's standard input",
	},
	{
		file: "src/store/encryption/convert.ts",
		module: "node:fs",
		because: "overwrites an old database with zeros; an empty mark",
	},
	{ file: "src/store/store-errors.ts", module: "better-sqlite3", because: "knows the module's errors" },
	{ file: "src/sync/tokens.ts", module: "node:fs", because: "who is signed in: tokens of the project" },
	{
		file: "src/sync/keychain.ts",
		module: "node:child_process",
		because: "the system's keychain: the refresh token, on its tool's standard input",
	},
	{
		file: "src/sync/supabase-client.ts",
		module: "@supabase/supabase-js",
		because: "the person's own project: rows made of what the store gave, and sign-in",
	},
	{
		file: "src/insights/reading/anthropic.ts",
		module: "@anthropic-ai/sdk",
		because: "requests that passed the masker, made of what the store gave",
	},
	{
		file: "src/backup/git/run-git.ts",
		module: "node:child_process",
		because: "git: files made of what the store gave, looked through with the strict rules once more",
	},
	{
		file: "src/daemon/components/run-own-command.ts",
		module: "node:child_process",
		because: "starts ctrace's own command; no content goes along",
	},
	{ file: "src/sync/node-socket.ts", module: "ws", because: "the same project: what to listen for" },
	{
		file: "src/wrap/spawn-recorder.ts",
		module: "node:child_process",
		because: "starts the recorder; argv is its file",
	},
	{ file: "src/wrap/spawn-recorder.ts", module: "node:net", because: "the pipe to the recorder: memory" },
	{ file: "src/recorder/run-recorder.ts", module: "node:net", because: "the pipe from the wrapper: memory" },
	{ file: "src/terminal/pipe-relay.ts", module: "node:child_process", because: "the wrapped command" },
	{ file: "src/terminal/pipe-relay.ts", module: "node:net", because: "the wrapped command's own pipes" },
	{ file: "src/terminal/plain-child.ts", module: "node:child_process", because: "the wrapped command" },
	{ file: "src/terminal/fifo.ts", module: "node:child_process", because: "mkfifo: a name of ours" },
	{ file: "src/terminal/process-state.ts", module: "node:child_process", because: "ps: a process id" },
	{
		file: "src/terminal/terminal-settings.ts",
		module: "node:child_process",
		because: "stty: settings of a terminal",
	},
	{ file: "src/cli/pager.ts", module: "node:child_process", because: "shows what the store gave: masked" },
	{
		file: "src/cli/run-wrapped.ts",
		module: "node:child_process",
		because: "the demo, and claude --resume: names of ours",
	},
	{
		file: "src/store/process-lock.ts",
		module: "node:fs",
		because: "empties the lock's file; nothing is ever in it",
	},
	{
		file: "src/daemon/component-process.ts",
		module: "node:child_process",
		because: "starts a component's process; argv is its name, orders are numbers",
	},
	{
		file: "src/daemon/control-server.ts",
		module: "node:net",
		because: "replies of a fixed form: times, counts, codes and sentences of our own",
	},
	{
		file: "src/daemon/control-client.ts",
		module: "node:net",
		because: "requests of a fixed form: one word and a component's name",
	},
	{
		file: "src/daemon/log-file.ts",
		module: "node:fs",
		because: "events: a text is written only in the form its field demands",
	},
	{
		file: "src/daemon/saved-state.ts",
		module: "node:fs",
		because: "times, counts and codes of the daemon's components",
	},
	{
		file: "src/daemon/run-daemon.ts",
		module: "node:fs",
		because: "to who started it: its pid, or why it did not start",
	},
	{
		file: "src/cli/daemon/remote.ts",
		module: "node:child_process",
		because: "starts the daemon; argv is its file",
	},
	{
		file: "src/cli/service/autostart.ts",
		module: "node:fs",
		because: "the service's file: paths of this installation",
	},
	{
		file: "src/cli/service/autostart.ts",
		module: "node:child_process",
		because: "systemctl and launchctl: names of ours",
	},
	{
		file: "src/web/server/serve.ts",
		module: "@hono/node-server",
		because: "the person's own browser, with their token: what the store gave, masked",
	},
	{
		file: "src/wrap/spawn-recorder.ts",
		module: "node:fs",
		because:
			"the session's first message, into the pipe to our own recorder, which masks; a number to the system",
	},
	{
		file: "src/cli/web/open-browser.ts",
		module: "node:child_process",
		because: "xdg-open or open: the address of our own page",
	},
	{
		file: "src/cli/export-all/place.ts",
		module: "node:fs",
		because: "writes what the store gave: masked",
	},
	{
		file: "src/cli/doctor/programs.ts",
		module: "node:child_process",
		because: "claude --version, npm view: words of ours",
	},
	{
		file: "src/cli/settings/settings-file.ts",
		module: "node:fs",
		because: "the person's own settings, as they gave them: 0600",
	},
	{
		file: "src/cli/shell/edit-file.ts",
		module: "node:fs",
		because: "a shell's file with three lines of ours, and its copy beside it",
	},
];

/** Functions of `node:fs` that put bytes into a file. */
export const WRITING =
	/^(?:write|writev|writeFile|appendFile|createWriteStream|copyFile|cp|symlink|truncate)(?:Sync)?$/;

/** Modules whose import alone can take bytes out of the process. */
export const OUTGOING_MODULES: readonly string[] = [
	"@anthropic-ai/sdk",
	"@hono/node-server",
	"@supabase/supabase-js",
	"better-sqlite3",
	"node:child_process",
	"node:cluster",
	"node:dgram",
	"node:http",
	"node:http2",
	"node:https",
	"node:inspector",
	"node:inspector/promises",
	"node:net",
	"node:sqlite",
	"node:tls",
	"node:v8",
	"node:worker_threads",
	"ws",
];
/** Modules of which only some functions do. */
export const FILE_MODULES: readonly string[] = ["node:fs", "node:fs/promises"];
/** Globals that open a connection. */
export const OUTGOING_GLOBALS: readonly string[] = ["fetch", "WebSocket", "EventSource"];
