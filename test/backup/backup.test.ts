import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Repository } from "../../src/backup/git/repository.ts";
import type { Entry } from "../../src/backup/layout/entry.ts";
import { pathsOf, readExport, sessionFiles } from "../../src/backup/layout/files.ts";
import { findWith } from "../../src/cli/backup/open-backup.ts";
import type { Turn } from "../../src/core/turn.ts";
import { createMasker, type Masker } from "../../src/masking/masker.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, makeSession, makeTurn } from "../support/stored-session.ts";
import { bareRemote, exported, git, type Machine, machine, temporaryFolder } from "./scene.ts";

const ENDED = { status: "complete" as const };

test("a session becomes a page to read, an export to restore, and a line in the indexes", async () => {
	using folder = temporaryFolder();
	const remote = bareRemote(folder);
	using ada = machine(remote);
	const id = addSession(ada.scene, { ...ENDED, title: "Plant the *tomato* beds" }, [makeTurn(1)]);
	expect(await ada.backup()).toMatchObject({ saved: 1, deleted: 0, commits: 1 });
	const files = git(remote, "ls-tree", "-r", "--name-only", "main").trim().split("\n");
	const path = `sessions/2026/01/02-${id.slice(0, 13)}-${id.slice(-4)}-plant-the-tomato-beds`;
	expect(files).toEqual([
		"README.md",
		"index/2026-01.json",
		"index/2026-01.md",
		"projects/app.md",
		`${path}.json.gz`,
		`${path}.md`,
	]);
	const page = git(remote, "show", `main:${path}.md`);
	expect(page).toMatch(/^---\nid: "/u);
	expect(page).toContain("question 1");
	expect(git(remote, "show", "main:index/2026-01.md")).toContain(
		`[Plant the \\*tomato\\* beds](../${path}.md)`,
	);
	expect(git(remote, "log", "-1", "--format=%an <%ae>|%s", "main").trim()).toBe(
		"Ada <ada@example.org>|Session: Plant the *tomato* beds",
	);
});

test("what has not changed makes no commit, and the same session gives the same bytes", async () => {
	using folder = temporaryFolder();
	const [one, two] = [bareRemote(folder, "one.git"), bareRemote(folder, "two.git")];
	using ada = machine(one);
	const id = addSession(ada.scene, ENDED, [makeTurn(1), makeTurn(2)]);
	await ada.backup();
	const before = git(one, "rev-parse", "main");
	expect(await ada.backup()).toMatchObject({ saved: 0, commits: 0 });
	expect(await ada.backup({ isFull: true })).toMatchObject({ saved: 1, commits: 0 });
	expect(git(one, "rev-parse", "main")).toBe(before);
	using bob = machine(two, "b");
	addSession(bob.scene, { ...ENDED, id }, [makeTurn(1), makeTurn(2)]);
	await bob.backup();
	expect(git(two, "rev-parse", "main^{tree}")).toBe(git(one, "rev-parse", "main^{tree}"));
});

test("a changed session replaces its files, a new title moves them, a deleted one is taken away", async () => {
	using folder = temporaryFolder();
	const remote = bareRemote(folder);
	using ada = machine(remote);
	const id = addSession(ada.scene, { ...ENDED, title: "beds" }, [makeTurn(1)]);
	const other = addSession(ada.scene, { ...ENDED, title: "paths" }, [makeTurn(1)]);
	await ada.backup();
	ada.scene.store.updateSession(id, markMasked({ title: "borders" }));
	ada.scene.store.deleteSession(other);
	expect(await ada.backup()).toMatchObject({ saved: 1, deleted: 1, commits: 1 });
	const files = git(remote, "ls-tree", "-r", "--name-only", "main");
	expect(files).toContain("-borders.md");
	expect(files).not.toMatch(/-beds|-paths/u);
	expect(git(remote, "show", "main:index/2026-01.json")).not.toMatch(/beds|paths/u);
	ada.scene.store.deleteSession(id);
	await ada.backup();
	expect(git(remote, "ls-tree", "-r", "--name-only", "main").trim()).toBe("README.md");
});

test("a session that runs waits for its end", async () => {
	using folder = temporaryFolder();
	using ada = machine(bareRemote(folder));
	const id = addSession(ada.scene, {}, [makeTurn(1)]);
	expect(await ada.backup()).toMatchObject({ saved: 0 });
	ada.scene.store.updateSession(id, markMasked({ status: "complete" }));
	expect(await ada.backup()).toMatchObject({ saved: 1 });
});

test("restoring rebuilds every session, and changes nothing the second time", async () => {
	using folder = temporaryFolder();
	const remote = bareRemote(folder);
	using ada = machine(remote);
	for (const title of ["one", "two", "three"])
		addSession(ada.scene, { ...ENDED, title }, [makeTurn(1), makeTurn(2)]);
	await ada.backup();
	using bob = machine(remote, "b");
	expect(await bob.restore()).toEqual({ restored: 3, kept: 0, damaged: [] });
	expect(exported(bob)).toEqual(exported(ada));
	expect(await bob.restore()).toEqual({ restored: 0, kept: 3, damaged: [] });
	expect(await bob.backup()).toMatchObject({ saved: 0, commits: 0 });
	expect(bob.scene.store.search(["question"])).toHaveLength(6);
});

test("a damaged file costs its session alone", async () => {
	using folder = temporaryFolder();
	const remote = bareRemote(folder);
	using ada = machine(remote);
	for (const title of ["one", "two"]) addSession(ada.scene, { ...ENDED, title }, [makeTurn(1)]);
	await ada.backup();
	const clone = join(folder.path, "work");
	git(folder.path, "clone", "--quiet", "--branch", "main", remote, clone);
	const [file = ""] = git(clone, "ls-files", "*-one.json.gz").trim().split("\n");
	writeFileSync(join(clone, file), "no gzip");
	git(clone, "-c", "user.name=x", "-c", "user.email=x@y", "commit", "-qam", "damage");
	git(clone, "push", "-q", "origin", "HEAD:main");
	using bob = machine(remote, "b");
	expect(await bob.restore()).toEqual({ restored: 1, kept: 0, damaged: [file.replace(".json.gz", "")] });
});

test("what a last look finds stops everything before it is sent", async () => {
	using folder = temporaryFolder();
	const remote = bareRemote(folder);
	using ada = machine(remote);
	addSession(ada.scene, ENDED, [makeTurn(1)]);
	const found = ada.backup(
		{},
		{ findSecrets: (leaving) => (JSON.stringify(leaving).includes("question 1") ? ["github-pat"] : []) },
	);
	await expect(found).rejects.toMatchObject({
		code: "masking",
		message: expect.stringContaining("github-pat"),
	});
	expect(git(remote, "for-each-ref")).toBe("");
	expect(await ada.backup()).toMatchObject({ saved: 1 });
});

test("a machine that is behind puts its sessions on top of what the other one sent", async () => {
	using folder = temporaryFolder();
	const remote = bareRemote(folder);
	using ada = machine(remote);
	using bob = machine(remote, "b");
	addSession(ada.scene, { ...ENDED, title: "ada" }, [makeTurn(1)]);
	addSession(bob.scene, { ...ENDED, title: "bob" }, [makeTurn(1)]);
	await ada.backup();
	await bob.backup();
	addSession(ada.scene, { ...ENDED, title: "again" }, [makeTurn(1)]);
	await ada.backup();
	const files = git(remote, "ls-tree", "-r", "--name-only", "main");
	for (const name of ["-ada.md", "-bob.md", "-again.md"]) expect(files).toContain(name);
	expect(git(remote, "rev-list", "--count", "main").trim()).toBe("3");
});

test("a push that loses the race is made again on top of the winner's", async () => {
	using folder = temporaryFolder();
	const remote = bareRemote(folder);
	using ada = machine(remote);
	addSession(ada.scene, { ...ENDED, title: "ada" }, [makeTurn(1)]);
	await ada.backup();
	addSession(ada.scene, { ...ENDED, title: "late" }, [makeTurn(1)]);
	// Between looking and sending, when it asks what time it is, somebody else sends.
	let asked = 0;
	const now = () => {
		asked += 1;
		if (asked === 2) {
			const who = ["-c", "user.name=x", "-c", "user.email=x@y"];
			const tree = git(remote, "rev-parse", "main^{tree}").trim();
			const made = git(remote, ...who, "commit-tree", tree, "-p", "main", "-m", "quick").trim();
			git(remote, "update-ref", "refs/heads/main", made);
		}
		return Date.UTC(2026, 0, 5);
	};
	let pauses = 0;
	await ada.backup(
		{},
		{
			now,
			pause: () => {
				pauses += 1;
				return Promise.resolve();
			},
		},
	);
	expect(pauses).toBe(1);
	expect(git(remote, "log", "--format=%s", "main")).toBe("Session: late\nquick\nSession: ada\n");
});

test.each([
	["protected", "GH006: Protected branch update failed"],
	["remote-full", "No space left on device"],
] as const)("a %s other side is said, and everything waits for the next run", async (kind, words) => {
	using folder = temporaryFolder();
	const remote = bareRemote(folder);
	using ada = machine(remote);
	addSession(ada.scene, ENDED, [makeTurn(1)]);
	const hook = join(remote, "hooks", "pre-receive");
	writeFileSync(hook, `#!/bin/sh\necho '${words}' >&2\nexit 1\n`);
	chmodSync(hook, 0o755);
	await expect(ada.backup()).rejects.toMatchObject({ kind });
	rmSync(hook);
	expect(await ada.backup()).toMatchObject({ saved: 1, commits: 1 });
});

test("a remote that is gone is said; a clone that is broken is made anew", async () => {
	using folder = temporaryFolder();
	using ada = machine(join(folder.path, "nowhere.git"));
	addSession(ada.scene, ENDED, [makeTurn(1)]);
	await expect(ada.backup()).rejects.toMatchObject({ kind: "missing" });
	const remote = bareRemote(folder);
	using bob = machine(remote, "b");
	addSession(bob.scene, ENDED, [makeTurn(1)]);
	await bob.backup();
	writeFileSync(join(bob.place.directory, "HEAD"), "nonsense");
	addSession(bob.scene, ENDED, [makeTurn(1)]);
	expect(await bob.backup()).toMatchObject({ saved: 1, commits: 1 });
});

test("a page and an export that are too large are cut into files that no host refuses", () => {
	const page = `${"a line of a page\n".repeat(400)}${"x".repeat(3000)}`;
	const json = JSON.stringify(Array.from({ length: 3000 }, (_, at) => (at * 2654435761) % 4294967296));
	const { files, parts } = sessionFiles("sessions/2026/01/02-x", { page, json }, 1000);
	expect(parts[0]).toBeGreaterThan(3);
	expect(parts[1]).toBeGreaterThan(9);
	expect(files).toHaveLength(parts[0] + parts[1]);
	for (const { bytes } of files) expect(bytes.length).toBeLessThanOrEqual(1000);
	const entry = { path: "sessions/2026/01/02-x", parts } as Entry;
	expect(files.map(({ path }) => path).sort()).toEqual(pathsOf(entry).sort());
	const of = (ending: RegExp) => files.filter(({ path }) => ending.test(path)).map(({ bytes }) => bytes);
	expect(Buffer.concat(of(/md$/u)).toString()).toBe(page);
	expect(readExport(of(/json\.gz/u))).toBe(json);
});

test("a copy without all contents is packed all the same", async () => {
	using folder = temporaryFolder();
	const remote = bareRemote(folder);
	using ada = machine(`file://${remote}`);
	using bob = machine(`file://${remote}`, "b");
	const add = async (own: Machine) => {
		// In a pack of its own.
		for (let count = 0; count < 60; count += 1) addSession(own.scene, ENDED, [makeTurn(1)]);
		await own.backup();
	};
	await add(ada);
	await add(bob);
	await add(ada);
	await add(bob);
	const packs = () =>
		readdirSync(join(bob.place.directory, "objects", "pack")).filter((name) => name.endsWith(".pack")).length;
	const before = packs();
	const repository = await Repository.open(bob.place, bob.target, Date.UTC(2026, 0, 5));
	await repository.tidy(1);
	expect(packs()).toBeLessThan(before);
	await add(bob);
	expect(git(remote, "rev-list", "--count", "main").trim()).toBe("5");
});

test("nothing of a token is in the clone's files", async () => {
	using folder = temporaryFolder();
	const remote = bareRemote(folder);
	const token = ["ghp", "x".repeat(30)].join("_");
	using ada = machine(`file://${remote}`, "a", { settings: { githubToken: token } });
	addSession(ada.scene, ENDED, [makeTurn(1)]);
	await ada.backup();
	const files = readdirSync(ada.place.directory, { recursive: true, withFileTypes: true }).filter((file) =>
		file.isFile(),
	);
	expect(files.length).toBeGreaterThan(3);
	for (const file of files)
		expect(readFileSync(join(file.parentPath, file.name)).includes(token)).toBe(false);
});

test("an id that has the form of an account number stops no backup", () => {
	const found: unknown[] = [];
	const masker: Masker = {
		...createMasker({ rules: [], mode: "strict", tag: () => "aaaaaaaa" }),
		mask: (value) => {
			found.push(value);
			return { value: markMasked(value), counts: {} };
		},
	};
	const id = "01a217a1-ad25-7646-855c-6e6d72d12093";
	const session = makeSession(id, { agentSessionIds: [id] });
	findWith(masker)({ session, turns: [{ ...makeTurn(1), id } as Turn] });
	expect(JSON.stringify(found)).not.toContain(id);
	expect(JSON.stringify(found)).toContain("question 1");
});
