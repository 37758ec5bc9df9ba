/** A person's shell at a terminal of its own, with the command in it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Scene } from "./fault.ts";
import type { Sitting, Stage } from "./stage.ts";
import { Viewer } from "./viewer.ts";

export const COLS = 80;
export const ROWS = 24;
/** What the shell shows before and after the command. */
export const EDGES = { begin: "\u0001", end: "\u0002" } as const;
/** A shell's codes for a program that was stopped, from outside or by Ctrl-Z. */
const STOPPED = [147, 148] as const;

/** Job control and all: a shell as people have it, which also puts back the line settings after a program that was killed. */
function script(suffix: string): string {
	const isStopped = STOPPED.map((code) => `[ "$stopped" -eq ${code} ]`).join(" || ");
	return [
		'cd "$1" || exit 1; shift',
		"stty -g >before",
		"printf '\\001'",
		`"$@" ${suffix}`,
		// A stopped job is known by the one, the first command of a pipe by the other.
		// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
		'codes=("$?" "${PIPESTATUS[0]}"); stopped=${codes[0]} code=${codes[1]}',
		`while ${isStopped}; do`,
		"	stty -g >stopped; until [ -e continue ]; do sleep 0.01; done; rm continue",
		"	fg >/dev/null; stopped=$?; code=$stopped",
		"done",
		"stty -g >after",
		'echo "$code" >code',
		"printf '\\002'",
	].join("\n");
}

export function sit(stage: Stage, name: string, command: readonly string[]): Sitting {
	const folder = join(stage.place.theirs, name);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "script"), script(stage.scene.suffix));
	const shell = ["bash", "--norc", "--noprofile", "-i", join(folder, "script"), folder];
	const argv = [...shell, ...stage.scene.prefix, ...command];
	const viewer = new Viewer({ argv, env: stage.place.env, cols: COLS, rows: ROWS });
	return { viewer, folder, startedAt: Date.now() };
}

export const EXIT_CODE = 5;

/** The words that start the wrapped command; what it says lies in the folder of the sitting. */
export function speakerWords(stage: Stage, name: string, text: string): readonly string[] {
	const { floodBytes, pauseUs }: Scene = stage.scene;
	const folder = join(stage.place.theirs, name);
	mkdirSync(folder, { recursive: true });
	const notes = join(folder, "notes");
	if (floodBytes !== undefined)
		return [stage.tools.speaker, "-f", String(floodBytes), notes, String(EXIT_CODE)];
	writeFileSync(join(folder, "text"), text);
	return [stage.tools.speaker, join(folder, "text"), notes, String(EXIT_CODE), String(pauseUs)];
}
