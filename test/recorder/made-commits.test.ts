/** Which commits a session is said to have made: real git, at times of our own. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { madeCommits, readMadeCommits } from "../../src/recorder/made-commits.ts";

const BEGAN = Date.UTC(2026, 0, 5, 9);
const MINUTE = 60_000;

let folder: string;
let minute = 0;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "ctrace-commits-"));
	minute = 0;
	git(folder, "init", "--quiet", "--initial-branch=main", "garden");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A minute later each time. */
function git(cwd: string, ...args: string[]): string {
	minute += 1;
	const date = new Date(BEGAN + minute * MINUTE).toISOString();
	const names = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null", GIT_EDITOR: "true" };
	const env = { PATH: process.env.PATH, ...names, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
	return execFileSync("git", ["-c", "user.name=Ada > 1", "-c", "user.email=a@b", ...args], {
		cwd,
		env,
		encoding: "utf8",
		stdio: ["ignore", "pipe", "ignore"],
	}).trim();
}

function commit(cwd: string, subject: string, ...more: string[]): string {
	writeFileSync(join(cwd, `${subject.replaceAll(" ", "-")}.txt`), subject);
	git(cwd, "add", ".");
	git(cwd, "commit", "--quiet", "-m", subject, ...more);
	return git(cwd, "rev-parse", "HEAD");
}

const ALL = { from: BEGAN, to: BEGAN + 1000 * MINUTE };

test("what was committed in the directory counts, from any folder below it, and only while the session ran", () => {
	const garden = join(folder, "garden");
	const early = commit(garden, "plant beans");
	const edge = minute - 1;
	const late = commit(garden, "water: the beans > 3 +0000 times");
	mkdirSync(join(garden, "beds", "north"), { recursive: true });
	const inside = readMadeCommits(join(garden, "beds", "north"), ALL);
	expect(inside.map(({ commit, subject }) => [commit, subject])).toEqual([
		[early, "plant beans"],
		[late, "water: the beans > 3 +0000 times"],
	]);
	const until = readMadeCommits(garden, { from: BEGAN, to: BEGAN + edge * MINUTE });
	expect(until).toEqual([{ commit: early, at: BEGAN + edge * MINUTE, subject: "plant beans" }]);
	const since = readMadeCommits(garden, { from: BEGAN + (edge + 1) * MINUTE, to: ALL.to });
	expect(since.map(({ commit }) => commit)).toEqual([late]);
});

test("a commit that was amended is what it became; a checkout, a reset and a fast-forward make none", () => {
	const garden = join(folder, "garden");
	commit(garden, "plant beans");
	const amended = commit(garden, "plant peas", "--amend");
	git(garden, "checkout", "--quiet", "-b", "side");
	const side = commit(garden, "rake");
	git(garden, "checkout", "--quiet", "main");
	git(garden, "merge", "--quiet", "--ff-only", "side");
	git(garden, "reset", "--quiet", "--hard", "HEAD~1");
	const main = commit(garden, "mow");
	git(garden, "merge", "--quiet", "--no-ff", "side");
	const merge = git(garden, "rev-parse", "HEAD");
	git(garden, "revert", "--no-edit", main);
	const revert = git(garden, "rev-parse", "HEAD");
	expect(readMadeCommits(garden, ALL).map(({ commit, subject }) => [commit, subject])).toEqual([
		[amended, "plant peas"],
		[side, "rake"],
		[main, "mow"],
		[merge, "merge side"],
		[revert, 'Revert "mow"'],
	]);
});

test("each work tree has its own; a clone has none of what was made elsewhere", () => {
	const garden = join(folder, "garden");
	commit(garden, "plant beans");
	git(garden, "worktree", "add", "--quiet", join(folder, "beds"), "-b", "beds");
	const there = commit(join(folder, "beds"), "rake");
	git(folder, "clone", "--quiet", "garden", "copy");
	expect(readMadeCommits(join(folder, "beds"), ALL).map(({ commit }) => commit)).toEqual([there]);
	expect(readMadeCommits(garden, ALL).map(({ subject }) => subject)).toEqual(["plant beans"]);
	expect(readMadeCommits(join(folder, "copy"), ALL)).toEqual([]);
});

test("where there is no repository, or it keeps no log, none is known", () => {
	const garden = join(folder, "garden");
	git(garden, "config", "core.logAllRefUpdates", "false");
	commit(garden, "plant beans");
	expect(readMadeCommits(garden, ALL)).toEqual([]);
	expect(readMadeCommits(folder, ALL)).toEqual([]);
	expect(readMadeCommits(join(folder, "nowhere"), ALL)).toEqual([]);
	expect(madeCommits("no log\n\n\u0000", ALL)).toEqual([]);
});
