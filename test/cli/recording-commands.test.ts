import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ChunkWriter } from "../../src/replay/chunk-writer.ts";
import { Screen } from "../../src/screen/screen.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, makeSession, makeTurn, STARTED_AT } from "../support/stored-session.ts";
import { buildCli, type CliScene, cliScene } from "./run-built-cli.ts";

let cli = "";
/** Every command is a process of its own. */
const TIMEOUT_MS = 60_000;
vi.setConfig({ testTimeout: TIMEOUT_MS });

beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

/** Two turns, at one second and at four, and what the screen showed. */
function recorded(place: CliScene): string {
	const turns = [1000, 4000].map((fromMs, index) =>
		makeTurn(index + 1, {
			startedAt: STARTED_AT + fromMs,
			endedAt: STARTED_AT + fromMs + 500,
			recording: { fromMs, toMs: fromMs + 500 },
		}),
	);
	const id = addSession(place.scene, { status: "complete", endedAt: STARTED_AT + 8000 }, turns);
	const screen = new Screen({ cols: 40, rows: 5 }, { pictures: true });
	const writes = ["welcome\r\n", "\x1b[32mthe first answer\x1b[0m\r\n", "the <second> & last\r\n"];
	const pictures = writes.flatMap((text, index) => {
		screen.feed({ kind: "output", at: 200 + index * 3500, data: Buffer.from(text) });
		screen.tick(700 + index * 3500);
		return screen.takePictures();
	});
	const writer = new ChunkWriter();
	writer.write(pictures.map((picture) => ({ kind: "picture", at: picture.at, picture })));
	place.scene.store.recordings.save(id, markMasked(writer.finish()));
	return id;
}

/** Its recorder is this process. */
function addRunning(place: CliScene, startedAt = STARTED_AT): string {
	const { store, ids } = place.scene;
	const id = ids();
	store.beginSession(markMasked(makeSession(id, { startedAt })), { pid: process.pid });
	return id;
}

describe("ctrace export", () => {
	test.each([
		["cast", { version: 3, term: { cols: 40, rows: 5 } }],
		["cast2", { version: 2, width: 40, height: 5 }],
	])("--format %s is an asciicast with every picture and a marker a turn", (format, head) => {
		using place = cliScene(cli);
		recorded(place);
		const { code, out } = place.run("export", "last", "--format", format);
		expect(code).toBe(0);
		const [first, ...events] = out
			.trimEnd()
			.split("\n")
			.map((line): unknown => JSON.parse(line));
		expect(first).toMatchObject(head);
		const lines = events as [number, string, string][];
		expect(lines.filter(([, kind]) => kind === "m").map(([, , label]) => label)).toEqual([
			"turn 1",
			"turn 2",
		]);
		const drawn = lines.filter(([, kind]) => kind === "o").map(([, , data]) => data);
		expect(drawn).toHaveLength(3);
		expect(drawn.at(-1)).toContain("the <second> & last");
	});

	test("--format txt and svg are the screen at the end, and with --turn at the end of that turn", () => {
		using place = cliScene(cli);
		recorded(place);
		expect(place.run("export", "last", "-f", "txt").out).toBe(
			"welcome\nthe first answer\nthe <second> & last\n",
		);
		expect(place.run("export", "last", "-f", "txt", "--turn", "1").out).toBe("welcome\nthe first answer\n");
		const { out } = place.run("export", "last", "-f", "svg");
		expect(out).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/u);
		expect(out).toContain("&lt;second&gt;\u00a0&amp;\u00a0last");
	});

	test("writes a file that nobody else can read", () => {
		using place = cliScene(cli);
		recorded(place);
		expect(place.run("export", "last", "-f", "cast", "-o", "session.cast").code).toBe(0);
		const file = join(place.home, "session.cast");
		expect(existsSync(file) && statSync(file).mode & 0o777).toBe(0o600);
		expect(readFileSync(file, "utf8")).toContain("the first answer");
	});

	test("says what is missing: a recording, a turn", () => {
		using place = cliScene(cli);
		recorded(place);
		const noTurn = place.run("export", "last", "-f", "svg", "--turn", "9");
		expect([noTurn.code, noTurn.err]).toEqual([expect.any(Number), expect.stringMatching(/turn 9/u)]);
		expect(noTurn.code).not.toBe(0);
		const id = addSession(place.scene, { status: "complete", startedAt: STARTED_AT + 60_000 }, [makeTurn(1)]);
		const none = place.run("export", id, "-f", "cast");
		expect(none.code).not.toBe(0);
		expect(none.err).toMatch(/no recording|was recorded/u);
	});
});

describe("ctrace replay", () => {
	test("in a pipe says how to read it instead", () => {
		using place = cliScene(cli);
		recorded(place);
		const { code, out, err } = place.run("replay", "last");
		expect([code === 0, out]).toEqual([false, ""]);
		expect(err).toContain("--format txt, svg or cast");
	});

	test.each<string[]>([
		["--speed", "fast"],
		["--speed", "0"],
		["--idle-limit", "-1"],
		["--at", "soon"],
		["--at", "1:2:3:4"],
		["--at", "0:04", "--turn", "1"],
	])("does not take %s %s", (...words) => {
		using place = cliScene(cli);
		recorded(place);
		const { code, err } = place.run("replay", "last", ...words);
		expect(code).not.toBe(0);
		expect(err).toContain(words[0] ?? "");
	});
});

describe("ctrace pause", () => {
	test("takes the one session that runs, and resume-recording lets it go on", () => {
		using place = cliScene(cli);
		const id = addRunning(place);
		const { recordings } = place.scene.store;
		expect(place.run("pause").out).toMatch(/^Session \S+ is not recorded from now on/u);
		expect(recordings.pausedSince(id)).toEqual(expect.any(Number));
		expect(place.run("resume-recording").out).toMatch(/is recorded again/u);
		expect(recordings.pausedSince(id)).toBeUndefined();
		expect(place.run("resume-recording").out).toMatch(/was not paused/u);
	});

	test("asks which, where several run, and takes none that has ended", () => {
		using place = cliScene(cli);
		const done = addSession(place.scene, { status: "complete" }, []);
		expect(place.run("pause").err).toContain("no session is running");
		expect(place.run("pause", done).err).toContain("is not running");
		const [one, two] = [0, 1].map((index) => addRunning(place, STARTED_AT + index));
		const { code, err } = place.run("pause");
		expect(code).not.toBe(0);
		expect(err).toContain("2 sessions are running");
		expect(place.run("pause", two as string).code).toBe(0);
		const { recordings } = place.scene.store;
		expect([recordings.pausedSince(one as string), recordings.pausedSince(two as string)]).toEqual([
			undefined,
			expect.any(Number),
		]);
	});
});
