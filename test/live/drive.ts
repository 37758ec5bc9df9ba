/** Plays one scenario on one look of the genuine Claude Code and keeps what the screen, the keyboard and the transcript say. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CastWriter } from "./cast.ts";
import { keyBytes } from "./keys.ts";
import type { Look } from "./look.ts";
import { MessagesApi, type ServedRequest } from "./messages-api/server.ts";
import { type Decision, Player, type Submitted } from "./play.ts";
import { createSandbox, environment, type Sandbox } from "./sandbox.ts";
import type { Scenario } from "./scenario.ts";
import { LiveTerminal, type ProgramExit } from "./terminal.ts";
import { copyTranscripts, readTranscripts, since } from "./transcript-files.ts";

export interface DriveOptions {
	readonly scenario: Scenario;
	readonly look: Look;
	/** Path of the genuine `claude`. */
	readonly claude: string;
	/** Command words in front of it, e.g. the built ctrace; empty runs it bare. */
	readonly wrapper: readonly string[];
	/** Directory for the recording. */
	readonly out: string;
	/** PATH of the child. */
	readonly path: string;
	/** Home of the run; absent: a temporary one. */
	readonly sandboxHome?: string | undefined;
}

/** What is written to `meta.json`, and what scoring needs beside the transcript. */
export interface RunMeta {
	readonly scenario: string;
	readonly look: string;
	readonly version: string;
	readonly renderer: Look["renderer"];
	readonly cols: number;
	readonly rows: number;
	/** What was run, without the wrapper. */
	readonly command: readonly string[];
	readonly cwd: string;
	readonly startedAt: string;
	readonly exit: ProgramExit | undefined;
	readonly submitted: readonly Submitted[];
	readonly decisions: readonly Decision[];
	/** Prompts whose answer or tool was stopped with Esc. */
	readonly interrupted: readonly string[];
	/** Empty when everything happened as the scenario says. */
	readonly problems: readonly string[];
}

export interface DriveResult {
	readonly meta: RunMeta;
	/** Claude Code's own transcript lines written during the run. */
	readonly truth: string;
	/** Every row that stood on the screen at some time. */
	readonly rowsSeen: readonly string[];
	readonly sandbox: Sandbox;
	/** Environment of the child, to ask the wrapper's own commands afterwards. */
	readonly env: Readonly<Record<string, string>>;
}

const DEFAULT_COLS = 100;
const DEFAULT_ROWS = 30;
/** The real dialogs: a fresh configuration of newer versions would approve tools by itself. */
const BASE_ARGS = ["--permission-mode", "default"];
const EXIT_MS = 8000;
const BETWEEN_CTRL_C_MS = 250;

/** The sandbox is left in place: its owner asks the wrapper what it stored, then removes it. */
export async function drive(options: DriveOptions): Promise<DriveResult> {
	const sandbox = createSandbox(options.scenario.files ?? {}, options.sandboxHome);
	const scenario = placed(options.scenario, sandbox.cwd);
	await using api = await MessagesApi.start(scenario.replies);
	const env = environment(sandbox, options.look, scenario, api.url, options.path);
	mkdirSync(options.out, { recursive: true });
	const problems: string[] = [];
	if (scenario.before !== undefined) {
		const argv = [options.claude, ...BASE_ARGS, ...(scenario.before.args ?? [])];
		const earlier = await session({ argv, scenario, steps: scenario.before.steps, sandbox, env, api });
		problems.push(...earlier.player.played.problems.map((problem) => `before: ${problem}`));
	}
	const startedAt = new Date();
	const argv = [...options.wrapper, options.claude, ...BASE_ARGS, ...(scenario.args ?? [])];
	const cast = openCast(options, scenario, startedAt);
	const ran = await session({ argv, scenario, steps: scenario.steps, sandbox, env, api, cast });
	cast.write("x", String(ran.terminal.exit?.code ?? -1));
	cast.close();
	const { played } = ran.player;
	if (api.script.ranOut > 0)
		problems.push(`the model was asked ${api.script.ranOut} times more than scripted`);
	const meta: RunMeta = {
		scenario: scenario.name,
		look: options.look.name,
		version: options.look.version,
		renderer: options.look.renderer,
		cols: scenario.cols ?? DEFAULT_COLS,
		rows: scenario.rows ?? DEFAULT_ROWS,
		command: commandOf(scenario),
		cwd: sandbox.cwd,
		startedAt: startedAt.toISOString(),
		exit: ran.terminal.exit,
		submitted: played.submitted,
		decisions: played.decisions,
		interrupted: played.interrupted,
		problems: [...problems, ...played.problems],
	};
	const transcript = readTranscripts(sandbox.home);
	const truth = since(transcript, startedAt);
	const rowsSeen = ran.terminal.rowsSeen;
	keep(options.out, { meta, truth, rowsSeen, final: ran.final, served: api.served });
	copyTranscripts(sandbox.home, join(options.out, "projects"));
	return { meta, truth, rowsSeen, sandbox, env };
}

interface SessionOptions {
	readonly argv: readonly string[];
	readonly scenario: Scenario;
	readonly steps: Scenario["steps"];
	readonly sandbox: Sandbox;
	readonly env: Readonly<Record<string, string>>;
	readonly api: MessagesApi;
	readonly cast?: CastWriter;
}

async function session(options: SessionOptions) {
	const { scenario, sandbox } = options;
	const terminal = new LiveTerminal({
		argv: options.argv,
		cols: scenario.cols ?? DEFAULT_COLS,
		rows: scenario.rows ?? DEFAULT_ROWS,
		cwd: sandbox.cwd,
		env: options.env,
		cast: options.cast,
	});
	const player = new Player(terminal, options.api);
	await player.play(options.steps);
	const final = terminal.fullText();
	await leave(terminal);
	return { terminal, player, final };
}

/** Ctrl-C twice, as people do; then less and less politely. */
async function leave(terminal: LiveTerminal): Promise<void> {
	const gone = () => terminal.exit !== undefined;
	for (const key of ["ctrl-c", "ctrl-c", "ctrl-c", "ctrl-d", "ctrl-d"]) {
		if (gone()) return;
		terminal.send(keyBytes(key));
		if (await terminal.ended(BETWEEN_CTRL_C_MS)) return;
	}
	if (await terminal.ended(EXIT_MS)) return;
	terminal.kill("SIGTERM");
	if (!(await terminal.ended(EXIT_MS))) terminal.kill("SIGKILL");
	await terminal.ended(EXIT_MS);
}

function openCast(options: DriveOptions, scenario: Scenario, startedAt: Date): CastWriter {
	const start = process.hrtime.bigint();
	return new CastWriter(
		join(options.out, "session.cast"),
		{
			width: scenario.cols ?? DEFAULT_COLS,
			height: scenario.rows ?? DEFAULT_ROWS,
			timestamp: Math.floor(startedAt.getTime() / 1000),
			command: commandOf(scenario).join(" "),
			env: { TERM: "xterm-256color", SHELL: "/bin/bash" },
		},
		() => Number(process.hrtime.bigint() - start) / 1e9,
	);
}

function commandOf(scenario: Scenario): readonly string[] {
	return ["claude", ...BASE_ARGS, ...(scenario.args ?? [])];
}

/** `{{cwd}}` in replies, and in what is typed and pasted, becomes the working directory of this run. */
function placed(scenario: Scenario, cwd: string): Scenario {
	const replies = JSON.parse(
		JSON.stringify(scenario.replies).replaceAll("{{cwd}}", cwd),
	) as Scenario["replies"];
	const steps = scenario.steps.map((step) =>
		"text" in step ? { ...step, text: step.text.replaceAll("{{cwd}}", cwd) } : step,
	);
	return { ...scenario, replies, steps };
}

interface Kept {
	readonly meta: RunMeta;
	readonly truth: string;
	readonly rowsSeen: readonly string[];
	readonly final: string;
	readonly served: readonly ServedRequest[];
}

function keep(out: string, kept: Kept): void {
	writeFileSync(join(out, "meta.json"), `${JSON.stringify(kept.meta, null, "\t")}\n`);
	writeFileSync(join(out, "truth.jsonl"), kept.truth);
	writeFileSync(join(out, "seen.txt"), `${kept.rowsSeen.join("\n")}\n`);
	writeFileSync(join(out, "final.txt"), kept.final);
	writeFileSync(join(out, "api.json"), `${JSON.stringify(kept.served, null, "\t")}\n`);
}
