/** One cell of the table: a scenario played on a look, recorded, and scored when it was wrapped. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { missedBars } from "./bar.ts";
import { type DriveResult, drive, type RunMeta } from "./drive.ts";
import type { Exported } from "./exported.ts";
import type { Look } from "./look.ts";
import type { Scenario } from "./scenario.ts";
import { score } from "./score.ts";
import { storedSession } from "./stored.ts";
import { isFailure, type Outcome, playedAgain } from "./table.ts";
import { truthTurns } from "./truth.ts";
import { missingFromWhole } from "./whole.ts";

export interface CellOptions {
	readonly scenario: Scenario;
	readonly look: Look;
	readonly claude: string;
	/** The built ctrace as a command; absent: run Claude Code bare and only record. */
	readonly ctrace: readonly string[] | undefined;
	/** Options of ctrace between it and the wrapped command. */
	readonly ctraceOptions: readonly string[];
	readonly out: string;
	readonly path: string;
	readonly sandboxHome?: string | undefined;
	readonly keepSandbox: boolean;
	/** A scenario that missed the bar is played again, too; the table says so. */
	readonly secondTry: boolean;
}

/** A loaded machine can make a step late: a second try tells that from a scenario that does not work. */
export async function playCell(options: CellOptions): Promise<Outcome> {
	const why = options.scenario.unsupported?.(options.look);
	if (why !== undefined) return { kind: "skipped", why };
	const first = await playOnce(options);
	const isOver = first.kind === "scored" && !(options.secondTry && isFailure(first));
	if (isOver || first.kind === "recorded") return first;
	return playedAgain(first, await playOnce({ ...options, out: `${options.out}${SECOND_SUFFIX}` }));
}

/** The recordings of both tries are kept. */
const SECOND_SUFFIX = ".second";

async function playOnce(options: CellOptions): Promise<Outcome> {
	const result = await drive({
		...options,
		wrapper: options.ctrace === undefined ? [] : [...options.ctrace, ...options.ctraceOptions],
	});
	try {
		const { problems } = result.meta;
		return problems.length > 0 ? { kind: "broken", problems } : await outcomeOf(options, result);
	} finally {
		if (!options.keepSandbox) result.sandbox.remove();
	}
}

async function outcomeOf(options: CellOptions, result: DriveResult): Promise<Outcome> {
	const truth = truthTurns(result.truth);
	if (truth.length === 0) return { kind: "broken", problems: ["Claude Code wrote no transcript"] };
	if (options.ctrace === undefined) return { kind: "recorded" };
	try {
		const exported = await storedSession(options.ctrace, result.env);
		writeFileSync(join(options.out, "export.json"), `${JSON.stringify(exported, null, "\t")}\n`);
		const wrong = wrongFacts(exported, result.meta);
		if (wrong.length > 0) return { kind: "broken", problems: wrong };
		const { submitted, decisions, interrupted } = result.meta;
		const scored = score({ truth, exported, submitted, decisions, interrupted, rowsSeen: result.rowsSeen });
		if (options.ctraceOptions.length > 0)
			return { kind: "scored", score: scored, missed: missedBars(scored) };
		// With the transcript nothing may be missing.
		const missing = missingFromWhole(truth, exported);
		const misses = [...missing, ...scored.misses];
		const missed = [...missedBars(scored), ...(missing.length > 0 ? ["whole"] : [])];
		return { kind: "scored", score: { ...scored, misses }, missed };
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return { kind: "broken", problems: [`ctrace has no export of the session: ${reason}`] };
	}
}

/** What the record says of the session as a whole, where it differs from what happened. */
function wrongFacts({ session }: Exported, meta: RunMeta): string[] {
	const facts: readonly (readonly [name: string, said: unknown, was: unknown])[] = [
		["agent", session.agent, "claude-code"],
		["agentVersion", session.agentVersion ?? meta.version, meta.version],
		["status", session.status, "complete"],
		["exit code", session.exit?.code, meta.exit?.code],
		["renderer", session.terminal?.renderer, meta.renderer],
	];
	return facts
		.filter(([, said, was]) => said !== was)
		.map(([name, said, was]) => `the record says ${name} ${String(said)}, but it was ${String(was)}`);
}
