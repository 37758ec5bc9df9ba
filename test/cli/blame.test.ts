import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Item } from "../../src/core/turn.ts";
import { addSession, makeTurn, STARTED_AT } from "../support/stored-session.ts";
import { buildCli, type CliScene, cliScene } from "./run-built-cli.ts";

// Dozens of processes: on a machine that is busy with other things they take their time.
vi.setConfig({ testTimeout: 60_000 });

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** A repository whose one file was committed ten minutes after the session began. */
function garden(place: CliScene): string {
	const folder = join(place.home, "garden");
	mkdirSync(join(folder, "src"), { recursive: true });
	writeFileSync(join(folder, "src", "beds.ts"), "export const beds = 12;\n\nexport const paths = 3;\n");
	const date = new Date(STARTED_AT + 10 * MINUTE).toISOString();
	const env = { ...place.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
	const git = (...args: string[]) =>
		execFileSync("git", ["-C", folder, "-c", "user.name=Ada", "-c", "user.email=a@b", ...args], { env });
	git("init", "--quiet");
	git("add", ".");
	git("commit", "--quiet", "-m", "plant");
	return folder;
}

function edit(path: string, text: string): Item {
	const input = { file_path: path, old_string: "x", new_string: text };
	return { kind: "tool", name: "Edit", input, status: "ok", source: "both" };
}

test("blame names the turn whose edit wrote the words, the one that changed the file, or the session of that time", () => {
	using place = cliScene(cli);
	garden(place);
	const id = addSession(
		place.scene,
		{ cwd: "~/garden", status: "complete", endedAt: STARTED_AT + 20 * MINUTE },
		[
			makeTurn(1, { items: [edit("~/garden/src/beds.ts", "export const beds = 12;")] }),
			makeTurn(2, { items: [edit("~/garden/src/other.ts", "export const paths = 3;")] }),
		],
	);
	const exact = place.run("blame", "garden/src/beds.ts:1");
	expect(exact.code).toBe(0);
	expect(exact.out).toMatch(/^[0-9a-f]{10} plant\n/u);
	expect(exact.out).toContain(
		`${id.slice(0, 13)} turn 1 (high): an edit of this file in this turn wrote these words`,
	);
	expect(place.run("blame", "garden/src/beds.ts:3").out).toContain(
		"turn 1 (medium): this turn changed the file last",
	);
	const { lines } = JSON.parse(place.run("blame", "garden/src/beds.ts", "--json").out) as {
		lines: { origin?: { confidence: string } }[];
	};
	expect(lines.map(({ origin }) => origin?.confidence)).toEqual(["high", "medium", "medium"]);
	writeFileSync(join(place.home, "garden", "src", "beds.ts"), "export const beds = 13;\n");
	expect(place.run("blame", "garden/src/beds.ts:1").out).toMatch(/^not committed yet\n/u);
});

test("a session of that time that changed nothing is a guess; one that began later is none", () => {
	using place = cliScene(cli);
	garden(place);
	addSession(place.scene, { cwd: "~/garden", status: "complete", startedAt: STARTED_AT + 30 * MINUTE }, [
		makeTurn(1, {
			startedAt: STARTED_AT + 31 * MINUTE,
			items: [edit("src/beds.ts", "export const beds = 12;")],
		}),
	]);
	const { code, out } = place.run("blame", "garden/src/beds.ts:1");
	expect({ code, out: out.split("\n")[1] }).toEqual({
		code: 1,
		out: "No recorded session can have written it.",
	});
	addSession(place.scene, { cwd: "~/garden", status: "complete", endedAt: STARTED_AT + 20 * MINUTE }, [
		makeTurn(1),
	]);
	expect(place.run("blame", "garden/src/beds.ts:1").out).toContain(
		"(low): the commit was made while this session ran",
	);
});

test("a session that made the commit, or that its message names, is known wherever it ran and whenever", () => {
	using place = cliScene(cli);
	const folder = garden(place);
	const git = (...args: string[]) =>
		execFileSync("git", ["-C", folder, ...args], { env: place.env, encoding: "utf8" }).trim();
	const elsewhere = { cwd: "~/elsewhere", status: "complete" as const, startedAt: STARTED_AT - 30 * DAY };
	const turns = [
		makeTurn(1, { startedAt: STARTED_AT - 30 * DAY }),
		makeTurn(2, { startedAt: STARTED_AT + 9 * MINUTE }),
		makeTurn(3, { startedAt: STARTED_AT + 12 * MINUTE }),
	];
	const commits = [{ commit: git("rev-parse", "HEAD"), at: STARTED_AT + 10 * MINUTE, subject: "plant" }];
	const made = addSession(place.scene, { ...elsewhere, commits }, turns);
	expect(place.run("blame", "garden/src/beds.ts:3").out).toContain(
		`${made.slice(0, 13)} turn 2 (medium): the commit was made in this session`,
	);
	place.scene.store.deleteSession(made);
	const named = addSession(place.scene, elsewhere, turns.slice(0, 1));
	expect(place.run("blame", "garden/src/beds.ts:3").code).toBe(1);
	const names = ["-c", "user.name=Ada", "-c", "user.email=a@b"];
	git(...names, "commit", "--quiet", "--amend", "--no-edit", "--trailer", `Ctrace-Session: ${named}`);
	expect(place.run("blame", "garden/src/beds.ts:3").out).toContain(`${named.slice(0, 13)} turn 1 (medium)`);
});

test("a file that git does not know is refused", () => {
	using place = cliScene(cli);
	garden(place);
	writeFileSync(join(place.home, "loose.txt"), "x\n");
	expect(place.run("blame", "loose.txt")).toMatchObject({
		code: 1,
		err: expect.stringContaining("git knows nothing of loose.txt"),
	});
	expect(place.run("blame", "garden/src/beds.ts:99").code).toBe(1);
	expect(place.run("blame").code).toBe(2);
});
