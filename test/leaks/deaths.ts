/** Sessions whose recorder or wrapper dies in the middle of a secret. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { LiveTerminal } from "../live/terminal.ts";
import { recorderOf } from "./place.ts";
import { ROUTES } from "./routes.ts";
import { ended, freshSecrets, open, playing, type Scene } from "./scene.ts";
import { pause } from "./scripted.ts";

const DEATHS = 10;
const CRASHES = ["SIGSEGV", "SIGABRT", "SIGUSR2"] as const;
const STARTED_MS = 10_000;
/** What streams takes about so long: death comes somewhere in it. */
const LATEST_DEATH_MS = 2500;
const MOVING = ["streamed", "wrapped and streamed", "redrawn"];

/** Killed without a chance to do anything, at a moment that the seed decides. */
export async function killed(scene: Scene): Promise<void> {
	for (let death = 1; death <= DEATHS; death += 1) {
		const who = death % 2 === 0 ? "wrapper" : "recorder";
		const terminal = await streaming(scene, `while the ${who} is killed (${death})`);
		await pause(scene.random.between(0, LATEST_DEATH_MS));
		kill(who === "wrapper" ? terminal.pid : await recorderOf(scene.place, terminal.pid), "SIGKILL");
		await ended(terminal, "a session that lost its recorder");
	}
}

/** Crashed as by a mistake of Node's, with everything switched on that writes memory to files. */
export async function crashed(scene: Scene): Promise<void> {
	for (const signal of CRASHES) {
		for (const who of ["recorder", "wrapper"]) {
			const terminal = await streaming(scene, `while the ${who} gets ${signal}`, {
				NODE_OPTIONS: `--report-on-fatalerror --report-uncaught-exception --report-on-signal --heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${scene.place.temporary}`,
			});
			await pause(scene.random.between(300, 900));
			kill(who === "wrapper" ? terminal.pid : await recorderOf(scene.place, terminal.pid), signal);
			await ended(terminal, "a session that crashed");
		}
	}
}

/** A shell plays it, so that nothing but ctrace is a Node process with these options. */
async function streaming(
	scene: Scene,
	route: string,
	env: Readonly<Record<string, string>> = {},
): Promise<LiveTerminal> {
	const secrets = freshSecrets(scene, route);
	const order = secrets.map((_, index) => index).sort(() => scene.random.next() - 0.5);
	const moving = ROUTES.filter(({ name }) => MOVING.includes(name));
	const pieces = order.flatMap((index) => {
		const secret = secrets[index];
		return secret === undefined ? [] : scene.random.pick(moving).write(secret, scene.random);
	});
	const command = [
		"env",
		"-u",
		"NODE_OPTIONS",
		"sh",
		"-c",
		'ulimit -c 0; exec "$@"',
		"sh",
		...playing(scene, pieces),
	];
	const terminal = open(scene, { command, env, cols: scene.random.between(20, 200) });
	const until = Date.now() + STARTED_MS;
	while ((await recorderOf(scene.place, terminal.pid)) === undefined && Date.now() < until) await pause(10);
	return terminal;
}

function kill(pid: number | undefined, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(pid, signal);
	} catch {
		// It has come to its end by itself.
	}
}

/** What a crash may leave where the process stood: the root for a recorder, the folder of the programs for a wrapper. */
export function coreFiles(scene: Scene): string[] {
	return ["/", scene.place.theirs].flatMap((folder) =>
		readdirSync(folder)
			.filter((name) => /^core(?:\.\d+)?$|^report\..*\.json$|\.heapsnapshot$/.test(name))
			.map((name) => join(folder, name))
			.filter((path) => existsSync(path)),
	);
}
