/** From a commit in a wrapped shell to the session that knows it, and back from the line to the session. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, realpathSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { cleanEnvironment, temporaryHome } from "../support/outside.ts";

// Dozens of processes: on a machine that is busy with other things they take their time.
vi.setConfig({ testTimeout: 60_000 });

const PLACE = resolve(".cache", `commits-${process.pid}`);

beforeAll(() => {
	execFileSync(process.execPath, ["scripts/build.mjs", join(PLACE, "dist")]);
	cpSync("patterns", join(PLACE, "patterns"), { recursive: true });
});
afterAll(() => rmSync(PLACE, { recursive: true, force: true }));

test("a session knows the commits that were made while it ran; they name it, and a line leads back to it", () => {
	const place = temporaryHome();
	const home = realpathSync(place.path);
	const project = join(home, "garden");
	mkdirSync(project);
	const who = { GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "a@b" };
	const env = {
		...cleanEnvironment(),
		...who,
		GIT_COMMITTER_NAME: "Ada",
		GIT_COMMITTER_EMAIL: "a@b",
		HOME: home,
		CTRACE_HOME: join(home, "records"),
	};
	const run = (file: string, ...args: string[]) => {
		const { stdout, stderr, status } = spawnSync(file, args, { env, cwd: project, encoding: "utf8" });
		expect(status, stderr).toBe(0);
		return stdout;
	};
	const ctrace = (bundle: string, ...args: string[]) =>
		run(process.execPath, join(PLACE, "dist", bundle), ...args);
	run("git", "init", "--quiet");
	ctrace("cli.cjs", "git", "install", "--yes");
	const token = ["ghp", "x".repeat(36)].join("_");
	const work = `echo beans >bed; git add .; git commit -qm 'plant ${token}'; echo peas >>bed; git commit -qam 'and peas'`;
	ctrace("wrap.cjs", "sh", "-c", work);
	const { session } = JSON.parse(ctrace("cli.cjs", "sessions", "show", "last", "--json")) as {
		session: { id: string; commits: { commit: string; subject: string }[] };
	};
	expect(session.commits.map(({ commit }) => commit)).toEqual(
		run("git", "log", "--reverse", "--format=%H").trim().split("\n"),
	);
	expect(session.commits[0]?.subject).toMatch(/^plant \[\[/u);
	expect(session.commits[1]?.subject).toBe("and peas");
	expect(run("git", "log", "--format=%(trailers:key=Ctrace-Session,valueonly,separator=)")).toBe(
		`${session.id}\n${session.id}\n`,
	);
	expect(ctrace("cli.cjs", "sessions", "show")).toMatch(/Commits\s+[0-9a-f]{10} plant/u);
	expect(ctrace("cli.cjs", "blame", "bed:2")).toContain("the commit was made in this session");
	place.remove();
});
