/** What all sessions of a run share: the place, the numbers, and every secret that was ever shown, by its route. */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LiveTerminal } from "../live/terminal.ts";
import { KINDS, makeSecret, type Secret } from "./kinds.ts";
import type { Needles } from "./needles.ts";
import type { Place } from "./place.ts";
import type { Random } from "./random.ts";
import type { Piece } from "./routes.ts";

export interface Scene {
	readonly place: Place;
	readonly random: Random;
	readonly needles: Needles;
	/** Numbers the files of the wrapped programs. */
	readonly count: { value: number };
}

/** A secret of each kind, never used before, that must be in no byte from now on. */
export function freshSecrets(scene: Scene, route: string): readonly Secret[] {
	return KINDS.map((kind) => {
		const secret = makeSecret(kind, scene.random);
		scene.needles.add(secret, `${secret.kind}, ${route}`);
		return secret;
	});
}

/** The command that writes the pieces. */
export function playing(scene: Scene, pieces: readonly Piece[]): readonly string[] {
	const plan = join(scene.place.theirs, `plan-${++scene.count.value}.json`);
	writeFileSync(plan, JSON.stringify(pieces));
	return [process.execPath, join(scene.place.theirs, "player.mjs"), plan];
}

export interface Wrapped {
	readonly command: readonly string[];
	readonly cols?: number;
	readonly cwd?: string;
	readonly env?: Readonly<Record<string, string>>;
}

const ROWS = 30;
const SESSION_MS = 60_000;

/** Starts a command under ctrace on a terminal of its own. */
export function open(scene: Scene, { command, cols = 80, cwd, env = {} }: Wrapped): LiveTerminal {
	const { place } = scene;
	return new LiveTerminal({
		argv: [...place.ctrace, "--", ...command],
		cols,
		rows: ROWS,
		cwd: cwd ?? place.theirs,
		env: { ...place.env, ...env },
	});
}

export async function ended(terminal: LiveTerminal, what: string): Promise<void> {
	if (!(await terminal.ended(SESSION_MS))) throw new Error(`${what} does not end`);
}

/** A session from its start to its end. */
export async function record(scene: Scene, wrapped: Wrapped): Promise<void> {
	const terminal = open(scene, wrapped);
	await ended(terminal, "a session");
}

/** A session whose output is no terminal. */
export async function recordPiped(scene: Scene, command: readonly string[]): Promise<void> {
	const { place } = scene;
	const [file = "", ...args] = [...place.ctrace, "--", ...command];
	const child = spawn(file, args, {
		cwd: place.theirs,
		env: { ...place.env },
		stdio: ["ignore", "pipe", "ignore"],
	});
	child.stdout.resume();
	await new Promise((done) => child.on("close", done));
}

export function newFolder(path: string): string {
	mkdirSync(path, { recursive: true });
	return path;
}
