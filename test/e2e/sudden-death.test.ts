/** What a person has left when a process of ctrace's dies without a word: the shipped programs, killed at random moments. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createIdMaker } from "../../src/core/ids.ts";
import { openStore } from "../../src/store/open-store.ts";
import { killAtOnce } from "../support/kill.ts";
import { Outside, temporaryHome } from "../support/outside.ts";

const PLACE = resolve(".cache", `sudden-death-${process.pid}`);
const WRAP = join(PLACE, "dist", "wrap.cjs");
const CLI = join(PLACE, "dist", "cli.cjs");
/** What was shown this long before the death has to be in the record. */
const PROMISED_MS = 1000;
const LINES = 160;
const COUNTER = `let n = 0; const t = setInterval(() => { console.log("line " + ++n + ";"); if (n === ${LINES}) clearInterval(t); }, 25);`;
/** Ends when it is told to, however long anything else takes on a busy machine. */
const WAITING_COUNTER = `process.stdin.setRawMode(true); process.stdin.once("data", () => process.stdin.pause()); ${COUNTER}`;

beforeAll(() => {
	execFileSync(process.execPath, ["scripts/build.mjs", join(PLACE, "dist")]);
	cpSync("patterns", join(PLACE, "patterns"), { recursive: true });
});
afterAll(() => rmSync(PLACE, { recursive: true, force: true }));

function counting(home: string, program = COUNTER): Outside {
	const env = { HOME: home, CTRACE_HOME: join(home, "ct") };
	return new Outside([process.execPath, WRAP, process.execPath, "-e", program], { env });
}

function shownLast(home: string): { status: string; text: string } {
	const env = { ...process.env, HOME: home, CTRACE_HOME: join(home, "ct") };
	const show = spawnSync(process.execPath, [CLI, "sessions", "show", "last", "--json"], {
		env,
		encoding: "utf8",
	});
	const { session, turns } = JSON.parse(show.stdout);
	return { status: session.status, text: JSON.stringify(turns) };
}

function countIn(text: string): number {
	return Number(/line (\d+);(?![\s\S]*line \d+;)/u.exec(text)?.[1] ?? 0);
}

test.each([1, 2, 3])(
	"a wrapper killed at a random moment leaves the session lost, with what was shown a second before (%i)",
	async () => {
		const home = temporaryHome();
		const outside = counting(home.path);
		const killAfter = 50 + Math.floor(Math.random() * 40);
		const shown: { readonly at: number; readonly line: number }[] = [];
		await outside.until((text) => {
			shown.push({ at: Date.now(), line: countIn(text) });
			return countIn(text) >= killAfter;
		}, `line ${killAfter}`);
		const diedAt = Date.now();
		process.kill(outside.pid, "SIGKILL");
		await outside.exited;
		const promised = shown.findLast(({ at }) => at <= diedAt - PROMISED_MS)?.line ?? 0;
		const { status, text } = shownLast(home.path);
		expect({ status, killAfter }).toEqual({ status: "lost", killAfter });
		expect(countIn(text), `killed at line ${killAfter}`).toBeGreaterThanOrEqual(promised);
		home.remove();
	},
);

test.each([1, 2])(
	"a recorder killed at a random moment costs the record, never the command (%i)",
	async () => {
		const home = temporaryHome();
		const outside = counting(home.path, WAITING_COUNTER);
		const killAfter = 45 + Math.floor(Math.random() * 30);
		await outside.until((text) => countIn(text) >= killAfter, `line ${killAfter}`);
		await killAtOnce(await recorderPid(home.path));
		outside.type("q");
		const exit = await outside.exited;
		const lines = Array.from({ length: LINES }, (_, index) => `line ${index + 1};\r\n`).join("");
		expect(exit.code).toBe(0);
		expect(outside.text.startsWith(lines), `killed at line ${killAfter}`).toBe(true);
		expect(outside.text.slice(lines.length)).toMatch(/^ctrace: [^\n]*not recorded[^\n]*\r\n$/u);
		expect(shownLast(home.path).status).toBe("lost");
		home.remove();
	},
);

/** The recorder of the session that runs; on a busy machine it begins a little after the command. */
async function recorderPid(home: string): Promise<number> {
	const clock = { now: () => Date.now() };
	const ids = createIdMaker(clock, (count) => new Uint8Array(count));
	const path = join(home, "ct", "data", "ctrace.db");
	await expect.poll(() => existsSync(path), { timeout: 10_000 }).toBe(true);
	using store = openStore({ path, clock, ids });
	await expect.poll(() => store.listSessions().length, { timeout: 10_000 }).toBe(1);
	return store.listSessions()[0]?.recorder.pid ?? 0;
}
