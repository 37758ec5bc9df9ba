import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Outside, temporaryHome } from "../support/outside.ts";

/** Played at this share of its usual pauses the demo is quick, and still leaves the screen time to settle. */
const PACE = "0.3";

/** The shipped programs with their patterns, apart from a `dist` that somebody may be using. */
const PLACE = resolve(".cache", `demo-${process.pid}`);

beforeAll(() => {
	execFileSync(process.execPath, ["scripts/build.mjs", join(PLACE, "dist")]);
	cpSync("patterns", join(PLACE, "patterns"), { recursive: true });
});

afterAll(() => rmSync(PLACE, { recursive: true, force: true }));

test("the demo goes through terminal, recorder, turns and store, and shows what was said", async () => {
	const home = temporaryHome();
	const env = {
		HOME: home.path,
		CTRACE_HOME: join(home.path, "ct"),
		CTRACE_DEMO_PACE: PACE,
		CTRACE_PAGER: "",
	};
	const cli = join(PLACE, "dist", "cli.cjs");
	const outside = new Outside([process.execPath, cli, "demo"], { env });
	const { code } = await outside.exited;
	const [, shown = ""] = outside.text.split("This is what ctrace keeps of it:");
	expect([code, shown]).toEqual([0, expect.stringContaining("Make it friendlier")]);
	const show = spawnSync(process.execPath, [cli, "sessions", "show", "--json"], {
		env: { ...process.env, ...env },
		encoding: "utf8",
	});
	const { session, turns } = JSON.parse(show.stdout);
	expect(session.status).toBe("complete");
	expect(turns.map((turn: { prompt: { text: string } }) => turn.prompt.text)).toEqual([
		"Which files are here, and what is the greeting?",
		"Make it friendlier",
	]);
	expect(turns[1].items).toContainEqual(
		expect.objectContaining({
			kind: "permission",
			choice: "Yes",
			question: "Do you want to overwrite greeting.txt?",
		}),
	);
	home.remove();
});

test("the demo in a pipe prints what is kept of it, and nothing of its drawing", () => {
	const home = temporaryHome();
	const env = { ...process.env, HOME: home.path, CTRACE_HOME: join(home.path, "ct"), CTRACE_DEMO_PACE: PACE };
	const cli = join(PLACE, "dist", "cli.cjs");
	const demo = spawnSync(process.execPath, [cli, "demo"], { env, encoding: "utf8" });
	expect([demo.status, demo.stdout]).toEqual([0, expect.stringContaining("Make it friendlier")]);
	expect(demo.stdout).not.toContain("\x1b");
	const show = spawnSync(process.execPath, [cli, "sessions", "show", "--json"], { env, encoding: "utf8" });
	expect(JSON.parse(show.stdout).turns).toHaveLength(2);
	home.remove();
});
