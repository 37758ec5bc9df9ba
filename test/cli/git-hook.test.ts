/** The hook that names sessions in commits: the person's own git runs it. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { buildCli, type CliScene, cliScene } from "./run-built-cli.ts";

// Dozens of processes: on a machine that is busy with other things they take their time.
vi.setConfig({ testTimeout: 60_000 });

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

const ID = "019b7c00-1111-7222-8333-444455556666";
const TRAILER = `Ctrace-Session: ${ID}`;
/** This very process is above every git that a test runs. */
const INSIDE = { CTRACE_SESSION: `${process.pid}:0:${ID}` };

interface Garden extends Disposable {
	readonly place: CliScene;
	readonly hook: string;
	git(args: readonly string[], env?: Readonly<Record<string, string>>): { code: number | null; out: string };
	/** Commits something new; gives the message. */
	commit(args: readonly string[], env?: Readonly<Record<string, string>>): string;
	ctrace(...words: string[]): { code: number | null; out: string; err: string };
}

function garden(): Garden {
	const place = cliScene(cli);
	const env = {
		...place.env,
		GIT_AUTHOR_NAME: "Ada",
		GIT_AUTHOR_EMAIL: "a@b",
		GIT_COMMITTER_NAME: "Ada",
		GIT_COMMITTER_EMAIL: "a@b",
	};
	const git: Garden["git"] = (args, more = {}) => {
		const { status, stdout } = spawnSync("git", args, {
			cwd: place.home,
			env: { ...env, ...more },
			encoding: "utf8",
		});
		return { code: status, out: stdout };
	};
	git(["init", "--quiet", "--initial-branch=main"]);
	let files = 0;
	return {
		place,
		hook: join(place.home, ".git", "hooks", "prepare-commit-msg"),
		git,
		commit: (args, more) => {
			files += 1;
			writeFileSync(join(place.home, `bed-${files}.txt`), "beans");
			git(["add", `bed-${files}.txt`]);
			expect(git(["commit", "--quiet", ...args], more).code).toBe(0);
			return git(["log", "-1", "--format=%B"]).out.trim();
		},
		ctrace: (...words) => place.run(...words),
		[Symbol.dispose]: () => place[Symbol.dispose](),
	};
}

describe("once it is installed", () => {
	test("a commit in a session names it, below what was written; one outside, or after its end, names none", () => {
		using at = garden();
		expect(at.commit(["-m", "plant"], INSIDE)).toBe("plant");
		expect(at.ctrace("git", "install", "--yes").code).toBe(0);
		expect(at.commit(["-m", "plant"], INSIDE)).toBe(`plant\n\n${TRAILER}`);
		const body = "water\n\nIn the morning.\n\n---\n\nAnd:\n\nCo-authored-by: B <b@c>";
		expect(at.commit(["-m", body], INSIDE)).toBe(`${body}\n${TRAILER}`);
		expect(at.commit(["--amend", "--no-edit"], INSIDE).split(TRAILER)).toHaveLength(2);
		expect(at.commit(["-m", "rake"])).toBe("rake");
		expect(at.commit(["-m", "rake"], { CTRACE_SESSION: `${process.pid}:0` })).toBe("rake");
		const gone = spawnSync("true").pid;
		expect(at.commit(["-m", "rake"], { CTRACE_SESSION: `${gone}:0:${ID}` })).toBe("rake");
		expect(at.commit(["-m", "rake"], { CTRACE_SESSION: `${process.pid}:0:$(touch x)` })).toBe("rake");
		// It lives, and is not above: a variable that a terminal server handed on.
		const other = execFileSync("sh", ["-c", "sleep 60 >/dev/null 2>&1 & echo $!"], {
			encoding: "utf8",
		}).trim();
		try {
			expect(at.commit(["-m", "mow"], { CTRACE_SESSION: `${other}:0:${ID}` })).toBe(
				existsSync("/proc/self/stat") ? "mow" : `mow\n\n${TRAILER}`,
			);
		} finally {
			process.kill(Number(other));
		}
	});

	test("an empty message stays empty, and what a rebase makes again keeps its message", () => {
		using at = garden();
		at.commit(["-m", "plant"]);
		at.ctrace("git", "install", "--yes");
		for (const args of [["-m", ""], ["--edit"]])
			expect(at.git(["commit", "--allow-empty", ...args], { ...INSIDE, GIT_EDITOR: "true" }).code).toBe(1);
		at.git(["checkout", "--quiet", "-b", "side"]);
		at.commit(["-m", "rake"]);
		at.git(["checkout", "--quiet", "main"]);
		at.commit(["-m", "mow"]);
		expect(at.git(["rebase", "--quiet", "main", "side"], INSIDE).code).toBe(0);
		expect(at.git(["log", "--format=%s %b", "side"]).out).toBe("rake \nmow \nplant \n");
	});

	test("no commit fails because of it", () => {
		using at = garden();
		at.ctrace("git", "install", "--yes");
		const bin = join(at.place.home, "bin");
		mkdirSync(bin);
		// A git whose trailers are broken; the one that commits is the real one.
		const real = execFileSync("which", ["git"], { encoding: "utf8" }).trim();
		writeFileSync(join(bin, "git"), "#!/bin/sh\nexit 3\n", { mode: 0o755 });
		writeFileSync(join(at.place.home, "a.txt"), "a");
		at.git(["add", "a.txt"]);
		const env = { ...at.place.env, ...INSIDE, PATH: `${bin}:${process.env.PATH}`, GIT_EXEC_PATH: bin };
		const who = ["-c", "user.name=A", "-c", "user.email=a@b"];
		expect(
			spawnSync(real, [...who, "commit", "--quiet", "-m", "x"], { cwd: at.place.home, env }).status,
		).toBe(0);
		expect(at.git(["log", "-1", "--format=%B"]).out.trim()).toBe("x");
	});

	test("it takes less than twenty milliseconds", () => {
		using at = garden();
		at.ctrace("git", "install", "--yes");
		const message = join(at.place.home, ".git", "COMMIT_EDITMSG");
		const times = Array.from({ length: 15 }, () => {
			writeFileSync(message, "plant\n");
			const began = performance.now();
			const { status } = spawnSync(at.hook, [message, "message"], { env: { ...at.place.env, ...INSIDE } });
			expect(status).toBe(0);
			return performance.now() - began;
		});
		expect(readFileSync(message, "utf8")).toBe(`plant\n\n${TRAILER}\n`);
		expect(Math.min(...times)).toBeLessThan(20);
	});
});

describe("a hook that is there", () => {
	test("goes on working, before and after, to the last byte", () => {
		using at = garden();
		const own = `#!/usr/bin/env bash\nset -e\necho "Garden: $1 $2" >>"$1"\nexit 0`;
		writeFileSync(at.hook, own, { mode: 0o750 });
		expect(at.ctrace("git", "install", "--yes").out).toContain("would be added to");
		const message = at.commit(["-m", "plant"], INSIDE);
		expect(message).toContain(TRAILER);
		expect(message).toContain("Garden: .git/COMMIT_EDITMSG message");
		expect(statSync(at.hook).mode & 0o777).toBe(0o750);
		expect(at.ctrace("git", "install", "--yes").out).toContain("Nothing to do");
		expect(at.ctrace("git", "uninstall").code).toBe(0);
		expect(readFileSync(at.hook, "utf8")).toBe(own);
		expect(at.ctrace("git", "uninstall").out).toContain("Nothing to do");
	});

	test("in another language, or one that git does not run, is left alone", () => {
		using at = garden();
		for (const [text, mode, why] of [
			["#!/usr/bin/env python3\n", 0o755, "no shell script"],
			["#!/bin/sh\n", 0o644, "cannot be executed"],
		] as const) {
			writeFileSync(at.hook, text);
			chmodSync(at.hook, mode);
			const { code, err } = at.ctrace("git", "install", "--yes");
			expect([code, err.includes(why)]).toEqual([1, true]);
			expect(readFileSync(at.hook, "utf8")).toBe(text);
		}
	});

	test("is looked for where the repository keeps its hooks, and said to be everybody's when it is", () => {
		using at = garden();
		at.git(["config", "core.hooksPath", "tools/hooks"]);
		const { code, out } = at.ctrace("git", "install", "--yes");
		expect([code, out.includes("project's own files")]).toEqual([0, true]);
		expect(existsSync(at.hook)).toBe(false);
		const shared = join(at.place.home, "tools", "hooks", "prepare-commit-msg");
		expect(statSync(shared).mode & 0o111).not.toBe(0);
		expect(at.commit(["-m", "plant"], INSIDE)).toContain(TRAILER);
		expect(at.ctrace("git", "uninstall").out).toContain("Removed");
		expect(existsSync(shared)).toBe(false);
	});
});

test("nothing is done without a yes, nor where there is no repository", () => {
	using at = garden();
	expect(at.ctrace("git", "install")).toMatchObject({ code: 2, err: expect.stringContaining("--yes") });
	expect(existsSync(at.hook)).toBe(false);
	rmSync(join(at.place.home, ".git"), { recursive: true });
	expect(at.ctrace("git", "install", "--yes")).toMatchObject({
		code: 1,
		err: expect.stringContaining("no work tree"),
	});
});
