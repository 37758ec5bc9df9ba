/** Sessions of small programs and of a shell: every route, every way in, and what surrounds a session. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pasted } from "../live/keys.ts";
import type { LiveTerminal } from "../live/terminal.ts";
import type { Secret } from "./kinds.ts";
import type { Random } from "./random.ts";
import { type Piece, ROUTES, streamed } from "./routes.ts";
import { ended, freshSecrets, newFolder, open, playing, record, recordPiped, type Scene } from "./scene.ts";

/** Windows as people have them, and narrower and wider ones. */
const WIDTHS = [20, 31, 47, 64, 80, 101, 132, 166, 200];

/** Every kind on every route, each in a window of another width. */
export async function shown(scene: Scene): Promise<void> {
	for (const [index, route] of ROUTES.entries()) {
		const cols = WIDTHS[(index + scene.random.between(0, WIDTHS.length - 1)) % WIDTHS.length] ?? 80;
		const secrets = freshSecrets(scene, `${route.name} at ${cols} columns`);
		const pieces = secrets.flatMap((secret) => [
			...opening(scene.random),
			...route.write(secret, scene.random),
		]);
		await record(scene, { command: playing(scene, pieces), cols });
	}
}

/** What stands before a secret: where it is cut depends on it. */
function opening(random: Random): Piece[] {
	const words = ["building", "the garden", "ok", "step three of four:", "done in 1.2 s"];
	return [[`${random.pick(words)} ${".".repeat(random.between(0, 30))}\r\n`, 0]];
}

export async function piped(scene: Scene): Promise<void> {
	const secrets = freshSecrets(scene, "through a pipe");
	await recordPiped(
		scene,
		playing(
			scene,
			secrets.flatMap(({ said }) => streamed(`${said}\n`, scene.random)),
		),
	);
}

const KEY_MS = 3;
const PROMPT = "garden$ ";
const SHOWN_MS = 20_000;

/** Typed into a shell key by key, with mistakes corrected; pasted; and typed where nothing is shown. */
export async function typed(scene: Scene): Promise<void> {
	const terminal = open(scene, {
		command: ["bash", "--norc", "--noprofile", "-i"],
		env: { PS1: PROMPT, BASH_SILENCE_DEPRECATION_WARNING: "1" },
		cols: 90,
	});
	await terminal.until(() => terminal.text().includes(PROMPT), SHOWN_MS);
	for (const secret of onOneLine(freshSecrets(scene, "typed")))
		await typeLine(terminal, `: ${quoted(secret.said)}`, scene.random);
	for (const secret of onOneLine(freshSecrets(scene, "pasted"))) {
		terminal.send(pasted(`: ${quoted(secret.said)}`));
		await pause(30);
		terminal.send("\r");
	}
	for (const secret of onOneLine(freshSecrets(scene, "typed unseen"))) {
		terminal.send(`read -rsp 'Password: ' PW; echo\r`);
		await terminal.until(() => terminal.text().trimEnd().endsWith("Password:"), SHOWN_MS);
		for (const key of secret.value) terminal.send(key);
		terminal.send("\r");
		await terminal.until(() => terminal.text().trimEnd().endsWith(PROMPT.trim()), SHOWN_MS);
	}
	terminal.send("exit\r");
	await ended(terminal, "the shell");
}

function onOneLine(secrets: readonly Secret[]): readonly Secret[] {
	return secrets.filter(({ value }) => !value.includes("\n"));
}

function quoted(text: string): string {
	return `'${text.replaceAll("'", "")}'`;
}

/** Now and then a wrong key, taken back; now and then the cursor goes back and a key is put in between. */
async function typeLine(terminal: LiveTerminal, line: string, random: Random): Promise<void> {
	for (let at = 0; at < line.length; at += 1) {
		if (random.next() < 0.05) {
			terminal.send("x");
			await pause(KEY_MS);
			terminal.send("\u007f");
		}
		const next = line[at + 1];
		if (next !== undefined && random.next() < 0.03) {
			terminal.send(next);
			await pause(KEY_MS);
			terminal.send(`\u001b[D${line[at] ?? ""}\u001b[C`);
			at += 1;
		} else terminal.send(line[at] ?? "");
		await pause(KEY_MS);
	}
	terminal.send("\r");
}

export function pause(ms: number): Promise<void> {
	return new Promise((go) => setTimeout(go, ms));
}

/** In the environment, on the command line, in the folder's name, in the repository's address and branch. */
export async function surroundings(scene: Scene): Promise<void> {
	const known = freshSecrets(scene, "in the environment");
	const variables = Object.fromEntries(
		known.map(({ kind, value }) => [`MY_${kind.toUpperCase().replaceAll("-", "_")}_KEY`, value]),
	);
	await record(scene, { command: ["env"], env: variables, cols: 60 });
	await record(scene, {
		command: [
			"sh",
			"-c",
			"true",
			"sh",
			...freshSecrets(scene, "on the command line").map(({ said }) => said),
		],
	});
	await inFolders(scene);
}

/** What is known by its form alone: nothing stands beside it in a path. */
const KNOWN_BY_FORM = [
	"github-classic",
	"github-fine",
	"gitlab",
	"anthropic",
	"openai-old",
	"aws-id",
	"google",
	"slack-bot",
	"stripe",
	"npm",
	"sendgrid",
	"digitalocean",
];

/** Folders in one another, each named after a secret. */
const DEPTH = 3;

async function inFolders(scene: Scene): Promise<void> {
	const folders = freshSecrets(scene, "in a folder's name").filter(({ kind }) =>
		KNOWN_BY_FORM.includes(kind),
	);
	const branches = freshSecrets(scene, "in a branch's name").filter(({ kind }) =>
		KNOWN_BY_FORM.includes(kind),
	);
	const remotes = freshSecrets(scene, "in a repository's address").filter(({ kind }) =>
		KNOWN_BY_FORM.includes(kind),
	);
	for (const index of folders.keys()) {
		if (index % DEPTH !== 0) continue;
		const names = folders.slice(index, index + DEPTH).map(({ value }) => `deploy ${value}`);
		const cwd = newFolder(join(scene.place.theirs, ...names, "app"));
		const git = newFolder(join(cwd, ".git"));
		writeFileSync(join(git, "HEAD"), `ref: refs/heads/try-${branches[index]?.value}\n`);
		const address = `https://x-access-token:${remotes[index]?.value}@git.example.org/a.git`;
		writeFileSync(join(git, "config"), `[remote "origin"]\n\turl = ${address}\n`);
		await record(scene, { command: ["pwd"], cwd });
	}
}
