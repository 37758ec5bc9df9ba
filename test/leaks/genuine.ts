/**
 * The genuine Claude Code, wrapped, against the scripted model: secrets in prompts that are typed and pasted, in answers
 * that stream, in thinking, in commands, in what tools print, in files that are written.
 */
import { join } from "node:path";
import { lookOf } from "../live/look.ts";
import { MessagesApi } from "../live/messages-api/server.ts";
import { Player } from "../live/play.ts";
import { createSandbox, environment, type Sandbox } from "../live/sandbox.ts";
import {
	answered,
	ask,
	type Block,
	bash,
	decide,
	type Reply,
	ready,
	type Step,
	say,
	thinking,
	tool,
} from "../live/scenario.ts";
import type { LiveTerminal } from "../live/terminal.ts";
import type { Secret } from "./kinds.ts";
import { recorderOf } from "./place.ts";
import { ended, freshSecrets, open, type Scene } from "./scene.ts";
import { pause } from "./scripted.ts";

const COLS = [64, 100, 140];
/** A tool's result shows this many lines before it is collapsed. */
const SHOWN_LINES = 3;
const TYPED = 6;
const SHOW = "bash show.sh";
const LEAVE_MS = 8000;

export interface Client {
	readonly version: string;
	/** Path of the genuine `claude`. */
	readonly claude: string;
}

/** A whole conversation; throws when it did not go as written, for then nothing was proven. */
export async function conversation(scene: Scene, client: Client): Promise<void> {
	const { replies, steps, files } = script(scene);
	await withClient(scene, client, { replies, files }, async (terminal, api) => {
		const player = new Player(terminal, api);
		await player.play(steps);
		const [problem] = player.played.problems;
		if (problem !== undefined)
			throw new Error(`the conversation did not go as written: ${problem}\n${terminal.text()}`);
	});
}

const LATEST_DEATH_MS = 4000;

/** The recorder is killed while an answer streams. */
export async function conversationKilled(scene: Scene, client: Client): Promise<void> {
	const secrets = freshSecrets(scene, "in an answer while the recorder is killed");
	const reply = { ...streaming(scene, say(secrets.map(({ said }) => said).join("\n\n"))), delayMs: 8 };
	await withClient(scene, client, { replies: [reply], files: {} }, async (terminal, api) => {
		const player = new Player(terminal, api);
		await player.play([...ready(), ...ask("Tell me about the keys of the garden")]);
		const recorder = await recorderOf(scene.place, terminal.pid);
		await pause(scene.random.between(200, LATEST_DEATH_MS));
		if (recorder !== undefined) process.kill(recorder, "SIGKILL");
	});
}

type Files = Readonly<Record<string, string>>;

interface Script {
	/** Of the wrapped program, in the folder it works in. */
	readonly files: Files;
	readonly replies: readonly Reply[];
	readonly steps: readonly Step[];
}

function script(scene: Scene): Script {
	const answer = freshSecrets(scene, "in an answer");
	const thought = freshSecrets(scene, "in thinking");
	const printed = freshSecrets(scene, "printed by a tool");
	const typed = onOneLine(freshSecrets(scene, "in a typed prompt")).slice(0, TYPED);
	const pastedOnes = freshSecrets(scene, "in a pasted prompt");
	const commands = onOneLine(freshSecrets(scene, "in a command"));
	const written = freshSecrets(scene, "in a file that is written");
	const paste = pastedOnes.map(({ said }) => said).join("\n");
	const prints = printing(printed);
	const replies: Reply[] = [
		streaming(
			scene,
			say(thinking(thought.map(({ said }) => said).join("\n")), answer.map(({ said }) => said).join("\n\n")),
		),
		streaming(scene, say("I have seen the list.")),
		streaming(scene, say("I will look.", ...prints.calls)),
		streaming(scene, say("All of it was printed.")),
		streaming(
			scene,
			say(
				"Now with curl.",
				bash(`: curl -H "${commands[0]?.said}" https://garden.example.org/`, "Ask the garden"),
			),
		),
		streaming(
			scene,
			say(
				"And the file.",
				tool("Write", {
					file_path: "{{cwd}}/settings.txt",
					content: written.map(({ said }) => said).join("\n"),
				}),
			),
		),
		streaming(scene, say("It is written.")),
	];
	const steps: Step[] = [
		...ready(),
		...ask(`the garden has ${typed.map(({ said }) => said).join(" and ")}`),
		answered(60_000),
		{ do: "type", text: "count these: " },
		{ do: "paste", text: paste },
		{ do: "submit", text: paste, kind: "prompt" },
		answered(),
		...ask("print the environment of the garden"),
		answered(),
		...ask("ask the garden"),
		decide("Bash", "yes"),
		decide("Write", "yes"),
		answered(),
	];
	return { replies, steps, files: prints.files };
}

function onOneLine(secrets: readonly Secret[]): readonly Secret[] {
	return secrets.filter(({ value, said }) => !value.includes("\n") && !/["'$]/.test(said));
}

function streaming(scene: Scene, reply: Reply): Reply {
	return { ...reply, chunk: scene.random.between(1, 24), delayMs: 1 };
}

/** Short outputs that are shown whole, and one that is collapsed. */
function printing(secrets: readonly Secret[]): { readonly calls: readonly Block[]; readonly files: Files } {
	const groups = [secrets.slice(0, SHOWN_LINES), secrets.slice(SHOWN_LINES, 2 * SHOWN_LINES)];
	groups.push(secrets.slice(2 * SHOWN_LINES));
	const files = groups.map((some, index) => [`list-${index}`, some.map(({ said }) => `${said}\n`).join("")]);
	return {
		calls: groups.map((_, index) => bash(`${SHOW} ${index}`, `Print list ${index}`)),
		files: { ...Object.fromEntries(files), "show.sh": 'cat "list-$1"\n' },
	};
}

async function withClient(
	scene: Scene,
	client: Client,
	{ replies, files }: Pick<Script, "replies" | "files">,
	play: (terminal: LiveTerminal, api: MessagesApi) => Promise<void>,
): Promise<void> {
	const sandbox = createSandbox(files, join(scene.place.theirs, `claude-${++scene.count.value}`));
	await using api = await MessagesApi.start(placed(replies, sandbox.cwd));
	const terminal = open(scene, {
		command: [client.claude, "--permission-mode", "default", "--allowedTools", `Bash(${SHOW}:*)`],
		cols: scene.random.pick(COLS),
		cwd: sandbox.cwd,
		env: clientEnvironment(scene, client, sandbox, api.url),
	});
	try {
		await play(terminal, api);
	} finally {
		await leave(terminal);
	}
}

/** Claude Code keeps transcripts and settings of its own: in a folder of its own, not in the home that is searched. */
function clientEnvironment(
	scene: Scene,
	client: Client,
	sandbox: Sandbox,
	url: string,
): Record<string, string> {
	const { place } = scene;
	const scenario = { name: "leaks", replies: [], steps: [] };
	const env = environment(sandbox, lookOf(client.version), scenario, url, place.env.PATH ?? "");
	return {
		...env,
		HOME: place.home,
		CTRACE_HOME: place.ctraceHome,
		CLAUDE_CONFIG_DIR: sandbox.home,
		CLAUDE_CODE_TMPDIR: place.theirs,
	};
}

function placed(replies: readonly Reply[], cwd: string): Reply[] {
	return JSON.parse(JSON.stringify(replies).replaceAll("{{cwd}}", cwd)) as Reply[];
}

async function leave(terminal: LiveTerminal): Promise<void> {
	for (let tries = 0; tries < 4 && terminal.exit === undefined; tries += 1) {
		terminal.send("\u0003");
		await terminal.ended(300);
	}
	if (!(await terminal.ended(LEAVE_MS))) terminal.kill("SIGTERM");
	await ended(terminal, "Claude Code");
}
