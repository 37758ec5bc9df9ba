/** A backup whose disk fills up, and one that is killed while it sends: the shipped command, the real git. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { buildCli, type CliScene, cliScene } from "../cli/run-built-cli.ts";
import { addSession, makeTurn } from "../support/stored-session.ts";
import { bareRemote, git, machine, temporaryFolder } from "./scene.ts";

// Dozens of processes: on a machine that is busy with other things they take their time.
vi.setConfig({ testTimeout: 60_000 });

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

const ENDED = { status: "complete" as const, cwd: "~/app" };

/** Words that no compression makes small. */
function noise(words: number): string {
	let state = 1;
	const next = () => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return Math.floor((state / 2_147_483_648) * 26 ** 5);
	};
	return Array.from({ length: words }, () => `w${next().toString(36).replace(/\d/gu, "x")}`).join(" ");
}

function withRemote(place: CliScene): string {
	const remote = join(place.home, "remote.git");
	execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", remote], { env: place.env });
	place.env.CTRACE_BACKUP_REMOTE = remote;
	return remote;
}

describe("killed in the middle of a push", () => {
	test.each([
		["before", "pre-receive", 0],
		["after", "post-receive", 1],
	] as const)(
		"%s the other side took it: nothing is lost, nothing is there twice",
		async (_, hook, taken) => {
			using place = cliScene(cli);
			const remote = withRemote(place);
			for (const _ of [1, 2, 3]) addSession(place.scene, ENDED, [makeTurn(1)]);
			const began = join(place.home, "began");
			const file = join(remote, "hooks", hook);
			writeFileSync(file, `#!/bin/sh\n: >'${began}'\nexec sleep 300\n`, { mode: 0o755 });
			const child = spawn(process.execPath, [cli, "backup"], {
				env: place.env,
				cwd: place.home,
				detached: true,
			});
			const ended = new Promise((resolve) => child.on("close", resolve));
			await vi.waitUntil(() => existsSync(began), { timeout: 50_000, interval: 5 });
			// All of it: what git it runs, and what the other side runs.
			process.kill(-(child.pid ?? 0), "SIGKILL");
			await ended;
			rmSync(file);
			const commits = () => Number(git(remote, "rev-list", "--all", "--count"));
			expect(commits()).toBe(taken);
			expect(place.run("backup").code).toBe(0);
			expect(commits()).toBe(1);
			expect(git(remote, "fsck", "--strict", "--no-dangling")).toBe("");
			using other = cliScene(cli);
			expect(other.run("restore", "--from", remote).out).toBe("3 sessions restored, 0 here already.\n");
		},
	);

	test("a lock that a killed git left behind is in nobody's way for long", async () => {
		using folder = temporaryFolder();
		using ada = machine(bareRemote(folder));
		addSession(ada.scene, ENDED, [makeTurn(1)]);
		await ada.backup();
		const lock = join(ada.place.directory, "refs", "ctrace", "made.lock");
		addSession(ada.scene, ENDED, [makeTurn(1)]);
		const now = Date.UTC(2026, 0, 5);
		writeFileSync(lock, "");
		utimesSync(lock, now / 1000, now / 1000);
		// It may still be somebody's who is at work.
		await expect(ada.backup()).rejects.toMatchObject({ kind: "busy" });
		const later = () => now + 3_600_000;
		expect(await ada.backup({}, { now: later })).toMatchObject({ saved: 1, commits: 1 });
	});
});

/** A file system of a few hundred kilobytes needs a mount namespace, which not every machine grants. */
const canMount = spawnSync("unshare", ["-m", "true"]).status === 0;

/** Runs `ctrace backup` where `full` is a small disk. */
function backupOnto(place: CliScene, full: string, prepare = "true") {
	const script = `mount -t tmpfs -o size=256k none "$1" && (${prepare}) && exec "$2" "$3" backup`;
	const shell = ["-m", "sh", "-c", script, "sh", full, process.execPath, cli];
	return spawnSync("unshare", shell, { env: place.env, cwd: place.home, encoding: "utf8" });
}

describe.skipIf(!canMount)("a disk that is full", () => {
	test("here is said, nothing is sent, and the next run sends it", () => {
		using place = cliScene(cli);
		const remote = withRemote(place);
		addSession(place.scene, ENDED, [makeTurn(1, { prompt: { text: noise(150_000), kind: "prompt" } })]);
		const copy = join(place.home, "ct", "data", "backup");
		mkdirSync(copy, { recursive: true });
		const { status, stderr } = backupOnto(place, copy);
		expect(stderr).toContain("the disk is full");
		expect(status).toBe(1);
		expect(git(remote, "for-each-ref")).toBe("");
		expect(place.run("backup").code).toBe(0);
		expect(git(remote, "rev-list", "--count", "main").trim()).toBe("1");
	});

	test("on the other side is said as such", () => {
		using place = cliScene(cli);
		const remote = withRemote(place);
		addSession(place.scene, ENDED, [makeTurn(1, { prompt: { text: noise(150_000), kind: "prompt" } })]);
		const { status, stderr } = backupOnto(place, remote, 'git init --quiet --bare --template= "$1"');
		expect(stderr).toContain("the other side has no room");
		expect(status).toBe(1);
		expect(place.run("backup").code).toBe(0);
	});
});
