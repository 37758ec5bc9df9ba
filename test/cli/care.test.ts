import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addSession, answer, makeTurn } from "../support/stored-session.ts";
import { buildCli, type CliScene, cliScene } from "./run-built-cli.ts";

const DAY = 24 * 60 * 60 * 1000;
let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

/** A session that ended so many days before now, whose one answer holds `word`. */
function add(place: CliScene, daysAgo: number, word = "something"): string {
	const endedAt = Date.now() - daysAgo * DAY;
	const facts = { status: "complete" as const, startedAt: endedAt - 1000, endedAt };
	return addSession(place.scene, facts, [makeTurn(1, { items: [answer(`it says ${word}`)] })]);
}

function ids(place: CliScene, ...words: string[]): string[] {
	return JSON.parse(place.run("sessions", "list", "--json", ...words).out).map(
		({ id }: { id: string }) => id,
	);
}

/** Whether any byte of any file below ctrace's folder says it. */
function isOnDisk(place: CliScene, word: string): boolean {
	const all = readdirSync(join(place.home, "ct"), { recursive: true, withFileTypes: true });
	const files = all.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
	return files.some((file) => readFileSync(file).includes(word));
}

describe("pins, tags and notes", () => {
	test("are put on, shown, found and taken off", () => {
		using place = cliScene(cli);
		const [old, last] = [add(place, 2), add(place, 1)];
		expect(place.run("pin", "last").out).toContain("Pinned");
		expect(ids(place, "--pinned")).toEqual([last]);
		expect(place.run("tag", old, "auth", "#bug-42").out).toBe("#auth #bug-42\n");
		expect(place.run("tag", old, "auth").out).toBe("#auth #bug-42\n");
		expect(ids(place, "--tag", "#auth")).toEqual([old]);
		expect(place.run("note", old, "the quokka", "was fed").out).toBe("the quokka was fed\n");
		expect(place.run("note", old).out).toBe("the quokka was fed\n");
		const shown = place.run("sessions", "show", old).out;
		expect(shown).toContain("#auth #bug-42");
		expect(shown).toContain("the quokka was fed");
		expect(place.run("search", "quokka").out).toContain("tags and note");
		expect(JSON.parse(place.run("search", "bug-42", "--json").out)).toMatchObject([
			{ session: old, kind: "note" },
		]);
		const exported = JSON.parse(place.run("sessions", "show", old, "--json").out);
		expect(exported.session).toMatchObject({ tags: ["auth", "bug-42"], note: "the quokka was fed" });
		place.run("tag", old, "--remove", "auth");
		place.run("note", old, "--remove");
		place.run("unpin", last);
		expect(ids(place, "--tag", "auth")).toEqual([]);
		expect(ids(place, "--pinned")).toEqual([]);
		expect(place.run("note", old).out).toBe("No note.\n");
		expect(place.run("search", "quokka").code).toBe(1);
	});

	test("are masked on their way in, and counted", () => {
		using place = cliScene(cli);
		const id = add(place, 1);
		const secret = ["ghp", "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5"].join("_");
		expect(place.type(`the token was ${secret}\n`, "note", id, "-").out).toMatch(/the token was \[\[.+\]\]/);
		expect(isOnDisk(place, secret)).toBe(false);
		const { session } = JSON.parse(place.run("sessions", "show", id, "--json").out);
		expect(Object.values(session.maskedCount)).toEqual([1]);
	});

	test.each([["two words"], ["-"], ["a,b"], ["x".repeat(65)]])("%j is no tag", (word) => {
		using place = cliScene(cli);
		add(place, 1);
		expect(place.run("tag", "last", "--", word)).toMatchObject({
			code: 2,
			err: expect.stringContaining("a tag is one word"),
		});
	});
});

describe("ctrace purge", () => {
	test("says what would go, then deletes it to the last byte; pinned ones stay if asked", () => {
		using place = cliScene(cli);
		const [older, old, young] = [
			add(place, 400, "wombatelder"),
			add(place, 100, "quollmiddle"),
			add(place, 10),
		];
		place.run("tag", old, "koalatag");
		place.run("note", old, "platypusnote");
		place.run("pin", older);
		const plan = place.run("purge", "--older-than", "90d", "--dry-run", "--keep-pinned");
		expect(plan).toMatchObject({ code: 0, out: expect.stringContaining("1 session ended before") });
		expect(plan.out).toContain("1 session pinned and kept.");
		expect(place.run("purge", "--older-than", "90d", "--dry-run").out).toContain("1 of them pinned");
		expect(ids(place)).toHaveLength(3);
		for (const word of ["quollmiddle", "koalatag", "platypusnote", "wombatelder"])
			expect([word, isOnDisk(place, word)]).toEqual([word, true]);
		place.scene.store.close();
		const done = place.run("purge", "--older-than", "90d", "--keep-pinned", "--yes", "--json");
		expect(JSON.parse(done.out)).toMatchObject({ sessions: 1, deleted: 1 });
		expect(ids(place)).toEqual([young, older]);
		for (const word of ["quollmiddle", "koalatag", "platypusnote"])
			expect([word, isOnDisk(place, word)]).toEqual([word, false]);
		expect(place.run("purge", "--older-than", "90d", "--yes").out).toContain("Deleted 1 session.");
		expect(ids(place)).toEqual([young]);
		expect(isOnDisk(place, "wombatelder")).toBe(false);
	});

	test("leaves what is still recorded, asks first, and names a length that is none", () => {
		using place = cliScene(cli);
		addSession(place.scene, { startedAt: 1, status: "running" });
		const { code, out } = place.run("purge", "--older-than", "1d", "--dry-run");
		expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/^(No session|1 session)/) });
		add(place, 100);
		expect(place.run("purge", "--older-than", "1d")).toMatchObject({ code: 2 });
		expect(place.run("purge", "--older-than", "soon").err).toContain(
			'--older-than does not understand "soon"',
		);
		expect(place.run("purge").err).toContain("--older-than was not given");
	});
});

test("ctrace vacuum gives free room back to the disk", () => {
	using place = cliScene(cli);
	const doomed = Array.from({ length: 30 }, (_, index) => add(place, 100 + index, "x".repeat(20_000)));
	const kept = add(place, 1, "kept");
	place.run("sessions", "delete", "--yes", ...doomed);
	place.scene.store.close();
	const file = join(place.home, "ct", "data", "ctrace.db");
	const before = readFileSync(file).length;
	const { code, out } = place.run("vacuum");
	expect({ code, out }).toMatchObject({
		code: 0,
		out: expect.stringMatching(/^The database had .+ and has .+\.$/m),
	});
	expect(readFileSync(file).length).toBeLessThan(before / 2);
	expect(ids(place)).toEqual([kept]);
	expect(place.run("search", "kept").code).toBe(0);
});
