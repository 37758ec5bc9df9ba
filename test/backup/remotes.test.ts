import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refusePublic } from "../../src/backup/ask-host.ts";
import { explainGit } from "../../src/backup/git/explain-git.ts";
import { type BackupSettings, readTarget } from "../../src/backup/remote.ts";
import { SOAK_FACTOR } from "../support/laws.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, makeTurn } from "../support/stored-session.ts";
import { type HttpOptions, httpRemote } from "./http-remote.ts";
import { bareRemote, exported, git, type Machine, machine, temporaryFolder } from "./scene.ts";

const ENDED = { status: "complete" as const };
const PASSWORD = ["right", "horse", "battery"].join("-");

describe("behind HTTP with a password", () => {
	test("the token opens it, and is sent as a password alone", async () => {
		using folder = temporaryFolder();
		const remote = bareRemote(folder);
		await using http = await httpRemote({ root: folder.path, name: "remote.git", password: PASSWORD });
		using ada = machine(http.url, "a", { settings: { githubToken: PASSWORD } });
		addSession(ada.scene, ENDED, [makeTurn(1)]);
		expect(await ada.backup()).toMatchObject({ saved: 1, commits: 1 });
		expect(new Set(http.seen)).toEqual(new Set([`x-access-token:${PASSWORD}`]));
		expect(git(remote, "rev-list", "--count", "main").trim()).toBe("1");
		using bob = machine(http.url, "b", { settings: { githubToken: PASSWORD } });
		expect(await bob.restore()).toMatchObject({ restored: 1 });
	});

	test("a wrong token and none are refused in words that hold no token", async () => {
		using folder = temporaryFolder();
		bareRemote(folder);
		await using http = await httpRemote({ root: folder.path, name: "remote.git", password: PASSWORD });
		const wrong = ["wrong", "horse"].join("-");
		for (const settings of [{ githubToken: wrong }, {}]) {
			using ada = machine(http.url, "a", { settings });
			addSession(ada.scene, ENDED, [makeTurn(1)]);
			const refusal = await ada.backup().catch((error: unknown) => error);
			expect(refusal).toMatchObject({ kind: "denied" });
			expect(String(refusal)).not.toContain(wrong);
		}
	});

	test("a token that has expired is refused as a wrong one is, and the next one goes on", async () => {
		using folder = temporaryFolder();
		const remote = bareRemote(folder);
		const options: HttpOptions = { root: folder.path, name: "remote.git", password: PASSWORD };
		await using http = await httpRemote(options);
		using ada = machine(http.url, "a", { settings: { githubToken: PASSWORD } });
		addSession(ada.scene, ENDED, [makeTurn(1)]);
		await ada.backup();
		options.password = ["newer", "horse"].join("-");
		addSession(ada.scene, ENDED, [makeTurn(1)]);
		const refusal = await ada.backup().catch((error: unknown) => error);
		expect(refusal).toMatchObject({ kind: "denied", message: expect.stringContaining("key") });
		expect(String(refusal)).not.toContain(PASSWORD);
		expect(git(remote, "rev-list", "--count", "main").trim()).toBe("1");
		const place = { ...ada.place, token: options.password };
		expect(await ada.backup({}, { place })).toMatchObject({ saved: 1, commits: 1 });
	});

	test("a push that breaks in the middle loses nothing: the next run sends it", async () => {
		using folder = temporaryFolder();
		const remote = bareRemote(folder);
		const options: HttpOptions = {
			root: folder.path,
			name: "remote.git",
			password: PASSWORD,
			isBroken: true,
		};
		await using http = await httpRemote(options);
		using ada = machine(http.url, "a", { settings: { githubToken: PASSWORD } });
		addSession(ada.scene, ENDED, [makeTurn(1)]);
		await expect(ada.backup()).rejects.toMatchObject({ kind: "offline" });
		options.isBroken = false;
		expect(await ada.backup()).toMatchObject({ saved: 1, commits: 1 });
		expect(git(remote, "fsck", "--strict")).toBe("");
	});
});

describe("the address", () => {
	const settings: BackupSettings = {
		githubRepo: undefined,
		githubToken: undefined,
		remote: undefined,
		branch: "main",
		author: "Ada <ada@example.org>",
	};

	test("is GitHub's for org/repo, and any other that git knows", () => {
		expect(readTarget(settings, "m")).toBeUndefined();
		expect(readTarget({ ...settings, githubRepo: "ada/garden" }, "m")).toMatchObject({
			url: "https://github.com/ada/garden.git",
			github: "ada/garden",
		});
		expect(readTarget({ ...settings, remote: "git@github.com:ada/garden.git" }, "m")?.github).toBe(
			"ada/garden",
		);
		expect(readTarget({ ...settings, remote: "/srv/backup.git" }, "m")).not.toHaveProperty("github");
	});

	test("holds no password, is encrypted, and gets the token only over HTTP", () => {
		const token = { ...settings, githubToken: "t" };
		expect(() => readTarget({ ...settings, remote: "https://ada:pw@example.org/x.git" }, "m")).toThrow(
			/password/u,
		);
		expect(() => readTarget({ ...settings, remote: "http://example.org/x.git" }, "m")).toThrow(/https/u);
		expect(() => readTarget({ ...settings, githubRepo: "no repo" }, "m")).toThrow(/org\/repo/u);
		expect(() => readTarget({ ...settings, remote: "/x", author: "nobody" }, "m")).toThrow(/BACKUP_AUTHOR/u);
		expect(readTarget({ ...token, remote: "git@example.org:x.git" }, "m")).not.toHaveProperty("token");
		expect(readTarget({ ...token, remote: "https://example.org/x.git" }, "m")).toMatchObject({ token: "t" });
	});

	test("of a repository that everybody can read is refused", async () => {
		const target = readTarget({ ...settings, githubRepo: "ada/garden", githubToken: "t" }, "m");
		if (target === undefined) throw new TypeError("there is a target");
		const ask = (status: number, body: unknown) =>
			refusePublic(target, {
				apiUrl: "https://api.github.com",
				signal: new AbortController().signal,
				fetch: () => Promise.resolve(Response.json(body, { status })),
			});
		await expect(ask(200, { private: false })).rejects.toMatchObject({ code: "permission" });
		await expect(ask(200, { private: true })).resolves.toBeUndefined();
		await expect(ask(404, {})).resolves.toBeUndefined();
		await expect(ask(500, {})).rejects.toMatchObject({ code: "remote" });
	});
});

test("git's words are understood, and an address in them is not repeated", () => {
	const kind = (words: string) => explainGit(words, "push").kind;
	expect(kind("error: RPC failed; HTTP 403 curl 22 The requested URL returned error: 403")).toBe("denied");
	expect(kind("! [rejected] main -> main (non-fast-forward)")).toBe("behind");
	expect(kind("fatal: unable to access 'https://x/': Could not resolve host: x")).toBe("offline");
	expect(kind("remote: Repository not found.")).toBe("missing");
	expect(kind("fatal: write error: No space left on device")).toBe("disk-full");
	expect(
		explainGit("fatal: odd thing at https://ada:secret@example.org/x.git", "push").message,
	).not.toContain("secret");
});

/** `CTRACE_SOAK=40` makes it a thousand steps, one after the other in the same repository. */
const STEPS = 25 * SOAK_FACTOR;
const STEP_MS = 4000; // a dozen processes of git, on a slow machine under load

type Step = { readonly who: 0 | 1; readonly does: "add" | "change" | "delete" | "backup" | "both" };
const arbStep: fc.Arbitrary<Step> = fc.record({
	who: fc.constantFrom(0, 1),
	does: fc.constantFrom("add", "add", "change", "delete", "backup", "both"),
});

async function take(step: Step, machines: readonly Machine[]): Promise<void> {
	const own = machines[step.who];
	if (own === undefined) return;
	const { store } = own.scene;
	const [first] = store.listSessions();
	if (step.does === "add") addSession(own.scene, ENDED, [makeTurn(1)]);
	else if (step.does === "backup") await own.backup();
	// At the same moment: one of them is behind when it sends.
	else if (step.does === "both") await Promise.all(machines.map((machine) => machine.backup()));
	else if (first === undefined) return;
	else if (step.does === "delete") store.deleteSession(first.session.id);
	else store.updateSession(first.session.id, markMasked({ title: `title ${store.listSessions().length}` }));
}

test(
	"two machines that back up into one repository end with all sessions of both",
	async () => {
		const seed = Number(process.env.CTRACE_SEED ?? Date.now() % 2 ** 31);
		const [steps = []] = fc.sample(fc.array(arbStep, { minLength: STEPS, maxLength: STEPS, size: "max" }), {
			numRuns: 1,
			seed,
		});
		using folder = temporaryFolder();
		const remote = bareRemote(folder);
		using ada = machine(remote, "a");
		using bob = machine(remote, "b");
		for (const step of steps) await take(step, [ada, bob]);
		await ada.backup();
		await bob.backup();
		using eve = machine(remote, "e");
		await eve.restore();
		expect(exported(eve), `CTRACE_SEED=${seed}`).toEqual(new Map([...exported(ada), ...exported(bob)]));
		expect(git(remote, "fsck", "--strict", "--no-dangling")).toBe("");
		const commits = git(remote, "rev-list", "--count", "main").trim();
		if (SOAK_FACTOR > 1)
			console.log(`${steps.length} steps, ${commits} commits, ${exported(eve).size} sessions, seed ${seed}`);
	},
	STEPS * STEP_MS,
);
