/**
 * Each check on a run that breaks its promise on purpose: it has to find that, or its silence means nothing. The runs are
 * played like all others, by real programs; only what is wrong is ours.
 */
import { closeSync, fstatSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { killDaemon } from "./catalogue/deaths.ts";
import { CHECKS } from "./checks.ts";
import { databaseOf } from "./facts.ts";
import type { Fault } from "./fault.ts";
import { play } from "./play.ts";
import type { Stage } from "./stage.ts";
import type { Tools } from "./tools.ts";
import { trouble } from "./trouble.ts";

interface Control {
	/** The checks that have to fail. */
	readonly breaks: readonly string[];
	readonly fault: Fault;
}

const BASE = { group: "control", runs: { brief: 1, full: 1 } } as const;

/** In the place of ctrace: loses bytes, changes the end, dawdles, leaves the terminal raw, and records nothing. */
const CARELESS = `#!/bin/sh
shift
"$@" | sed -u 's/garden/gordon/'
sleep 3
stty raw -echo
printf '\\033[?1000h'
exit 0
`;

function careless({ place }: Stage): readonly string[] {
	const path = join(place.theirs, "careless");
	writeFileSync(path, CARELESS, { mode: 0o755 });
	return [path];
}

const PAGE_BYTES = 4096;

/** What the mode that masks least lets through. */
const LET_THROUGH = { CTRACE_PRIVACY_MODE: "minimal" };

function scribbleAll(stage: Stage): void {
	const file = openSync(databaseOf(stage), "r+");
	try {
		for (let at = 2 * PAGE_BYTES; at < fstatSync(file).size; at += 2 * PAGE_BYTES)
			writeSync(file, Buffer.alloc(PAGE_BYTES, "rubbish"), 0, PAGE_BYTES, at);
	} finally {
		closeSync(file);
	}
}

const CONTROLS: readonly Control[] = [
	{
		breaks: ["output", "exit", "time", "terminal", "record", "told"],
		fault: {
			...BASE,
			name: "careless",
			what: "a wrapper that keeps no promise",
			scene: () => ({ lines: 40, replaces: careless }),
		},
	},
	{
		breaks: ["secret"],
		fault: {
			...BASE,
			name: "let-through",
			what: "a secret that is let through",
			scene: () => ({ lines: 20, env: LET_THROUGH, hasMail: true }),
		},
	},
	{
		breaks: ["times"],
		fault: {
			...BASE,
			name: "wrong-clock",
			what: "a clock that is hours late",
			preloads: true,
			scene: () => ({ lines: 20 }),
			arrange: (stage) => trouble(stage, { clockMs: -5 * 3600_000 }),
		},
	},
	{
		breaks: ["store"],
		fault: {
			...BASE,
			name: "scribbled",
			what: "a store that is overwritten after the session",
			scene: () => ({ lines: 20 }),
			arrange: (stage) => void stage.atLast.push(() => scribbleAll(stage)),
		},
	},
	{
		breaks: ["afterwards"],
		fault: {
			...BASE,
			name: "no-daemon",
			what: "a daemon that is to be killed, and is not there",
			scene: () => ({ lines: 20, momentMs: 0 }),
			strike: killDaemon,
		},
	},
];

/** True when each check was seen to fail. */
export async function controlsHold(tools: Tools, seed: number): Promise<boolean> {
	const blind = await Promise.all(CONTROLS.map((control) => blindChecks(control, tools, seed)));
	const uncontrolled = CHECKS.map(({ name }) => name).filter(
		(name) => !CONTROLS.some(({ breaks }) => breaks.includes(name)),
	);
	const all = [...blind.flat(), ...uncontrolled];
	console.log(
		all.length === 0
			? `Controls: each of the ${CHECKS.length} checks finds what is broken on purpose.`
			: `Controls FAILED: nothing is found by ${all.join(", ")}.`,
	);
	return all.length === 0;
}

async function blindChecks({ fault, breaks }: Control, tools: Tools, seed: number): Promise<string[]> {
	const { facts } = await play({ fault, seed, tools, size: "brief" });
	const found = CHECKS.filter(({ look }) => look(facts, fault) !== undefined).map(({ name }) => name);
	return breaks.filter((name) => !found.includes(name));
}
