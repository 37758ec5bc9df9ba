import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { addSession, makeTurn } from "../support/stored-session.ts";
import { buildCli, type CliScene, cliScene } from "./run-built-cli.ts";

// Dozens of processes: on a machine that is busy with other things they take their time.
vi.setConfig({ testTimeout: 60_000 });

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

/** A place whose settings name a bare repository in its home. */
function withRemote(place: CliScene): string {
	const remote = join(place.home, "remote.git");
	execFileSync("git", ["init", "--quiet", "--bare", remote], { env: place.env });
	place.env.CTRACE_BACKUP_REMOTE = remote;
	return remote;
}

function refsOf(place: CliScene, remote: string): string {
	return execFileSync("git", ["-C", remote, "for-each-ref"], { env: place.env, encoding: "utf8" });
}

test("backup saves, says how much, and has nothing to do the second time; restore brings it back", () => {
	using place = cliScene(cli);
	const remote = withRemote(place);
	addSession(place.scene, { status: "complete", cwd: "~/app" }, [makeTurn(1)]);
	expect(place.run("backup", "--dry-run")).toMatchObject({
		code: 0,
		out: "1 session would be saved, 0 sessions removed. Nothing was sent.\n",
	});
	expect(refsOf(place, remote)).toBe("");
	const first = place.run("backup");
	expect(first).toMatchObject({ code: 0, err: "" });
	expect(first.out).toMatch(/^1 session saved: .* in 1 commit, compressed .*; the working copy takes up /u);
	expect(place.run("backup").out).toBe("Nothing has changed since the last backup.\n");
	using other = cliScene(cli);
	expect(other.run("restore", "--from", remote).out).toBe("1 session restored, 0 here already.\n");
	expect(other.run("sessions", "show", "last").out).toContain("question 1");
});

test("status tells how the repository grows, until its history begins anew", () => {
	using place = cliScene(cli);
	const remote = withRemote(place);
	const grown = () => (JSON.parse(place.run("status", "--json").out) as { backup?: unknown }).backup;
	expect(grown()).toBeUndefined();
	for (const commits of [1, 2]) {
		addSession(place.scene, { status: "complete", cwd: "~/app" }, [makeTurn(1)]);
		place.run("backup");
		expect(grown()).toMatchObject({ address: remote, commits });
	}
	const size = execFileSync("git", ["-C", remote, "rev-list", "--disk-usage", "--objects", "main"], {
		env: place.env,
		encoding: "utf8",
	});
	expect(grown()).toMatchObject({ bytes: Number(size), recentBytes: Number(size) });
	expect(place.run("status").out).toMatch(/\n {2}grown by {3}\d\S* \w+ in 2 commits since /u);
	place.run("backup", "rewrite", "--yes");
	expect(grown()).toBeUndefined();
});

test("a secret that came into the store in a laxer mode is not sent", () => {
	using place = cliScene(cli);
	const remote = withRemote(place);
	const secret = ["ghp", "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fGh"].join("_");
	addSession(place.scene, { status: "complete", cwd: "~/app" }, [
		makeTurn(1, { prompt: { text: `use ${secret}`, kind: "prompt" } }),
	]);
	const { code, err } = place.run("backup");
	expect(code).toBe(1);
	expect(err).toContain("nothing was sent");
	expect(err).toContain("CTRACE_PRIVACY_MODE=strict ctrace privacy audit --remask");
	expect(err).not.toContain(secret);
	expect(refsOf(place, remote)).toBe("");
});

test("the history begins anew only when somebody says so", () => {
	using place = cliScene(cli);
	const remote = withRemote(place);
	const id = addSession(place.scene, { status: "complete", cwd: "~/app", title: "withered" }, [makeTurn(1)]);
	addSession(place.scene, { status: "complete", cwd: "~/app" }, [makeTurn(1)]);
	place.run("backup");
	place.run("sessions", "delete", id, "--yes");
	place.run("backup");
	expect(place.run("backup", "rewrite").code).toBe(2);
	expect(place.run("backup", "rewrite", "--yes").out).toBe("The history begins anew with 1 session.\n");
	const log = execFileSync("git", ["-C", remote, "log", "--all", "--format=%s", "--name-only"], {
		env: place.env,
		encoding: "utf8",
	});
	expect(log).not.toContain("withered");
});

test("without a place to save to, what to set is said", () => {
	using place = cliScene(cli);
	const { code, err } = place.run("backup");
	expect(code).toBe(1);
	expect(err).toContain("GITHUB_REPO=org/repo");
});
