// `ctrace import` as a person's shell runs it: the built command, a real database, files in all formats.
import { spawn } from "node:child_process";
import {
	appendFileSync,
	chmodSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import type { Item } from "../../src/core/turn.ts";
import type { StoredSession } from "../../src/store/store.ts";
import { buildCli, type CliScene, cliScene } from "../cli/run-built-cli.ts";
import {
	genuineCast,
	toClassicTiming,
	toMultiStream,
	toRaw,
	toTypescript,
	toV1,
	toV2,
	toV3,
} from "../recordings/casts.ts";

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

const cast = genuineCast();
const exportedSchema = z.object({
	session: z.looseObject({ command: z.array(z.string()), startedAt: z.string(), status: z.string() }),
	turns: z.array(
		z.looseObject({
			prompt: z.object({ text: z.string(), kind: z.string() }),
			items: z.array(z.looseObject({ kind: z.string() })),
		}),
	),
});
const resultSchema = z.object({
	imported: z.array(
		z.object({ file: z.string(), format: z.string(), sessionId: z.string(), turns: z.number() }),
	),
	unchanged: z.array(z.object({ file: z.string(), sessionId: z.string() })),
	failed: z.array(z.object({ file: z.string(), reason: z.string(), hint: z.string().optional() })),
	skipped: z.number(),
	isComplete: z.boolean(),
});

function put(place: CliScene, name: string, content: string | Uint8Array): string {
	const path = join(place.home, name);
	mkdirSync(join(path, ".."), { recursive: true });
	writeFileSync(path, content);
	return path;
}

function importJson(place: CliScene, ...words: string[]) {
	const { code, out, err } = place.run("import", "--json", ...words);
	return { code, err, result: resultSchema.parse(JSON.parse(out)) };
}

function shown(place: CliScene, id = "last") {
	return exportedSchema.parse(JSON.parse(place.run("sessions", "show", id, "--json").out));
}

/** What was asked and said, without the times; what came before the first prompt is not part of it. */
function conversation({ turns }: StoredSession) {
	return turns
		.filter(({ prompt }) => prompt.kind !== "none")
		.map(({ prompt, items }) => ({ prompt, items: items.map(withoutPlace) }));
}

const NO_PLACE = { fromMs: 0 };

/** Formats without times cannot tell where in the session it was. */
function withoutPlace(item: Item): Item {
	return item.kind === "tool" || item.kind === "permission" ? { ...item, recording: NO_PLACE } : item;
}

describe("a genuine session", () => {
	test("is the same conversation in every format it may have been recorded in", () => {
		using place = cliScene(cli);
		const { log, timing } = toMultiStream(cast);
		const facts = 'COMMAND="claude --permission-mode default" COLUMNS="100" LINES="30"';
		put(place, "tm", toClassicTiming(cast));
		put(place, "tm-multi", timing);
		put(place, "r/v1", toV1(cast));
		put(place, "r/v2", toV2(cast));
		put(place, "r/v3", toV3(cast));
		put(place, "r/untimed", toTypescript(cast, `${facts} TERM="xterm"`));
		put(place, "r/raw", toRaw(cast));
		const results = [
			importJson(place, join(place.home, "r"), "--size", "100x30"),
			importJson(place, put(place, "classic", toTypescript(cast, facts)), "--timing", "tm"),
			importJson(place, put(place, "multi", log), "--timing", "tm-multi"),
		].map(({ result }) => result);
		const imported = results.flatMap((result) => result.imported);
		expect(imported.map(({ format }) => format)).toEqual([
			"raw",
			"typescript",
			"asciicast-v1",
			"asciicast-v2",
			"asciicast-v3",
			"typescript",
			"typescript",
		]);
		const all = imported.map(({ sessionId }) => place.scene.store.readSession(sessionId));
		const [first] = all;
		expect(first && conversation(first).map(({ prompt }) => prompt)).toEqual([
			{ text: "ls", kind: "bash" },
			{ text: "cat beds.txt", kind: "bash" },
			{ text: "What did I just run?", kind: "prompt" },
		]);
		for (const each of all) expect(conversation(each)).toEqual(first && conversation(first));
	});

	test("keeps what its head says: when it began, its command, its size", () => {
		using place = cliScene(cli);
		importJson(place, put(place, "a.cast", toV2(cast)));
		expect(shown(place).session).toMatchObject({
			agent: "claude-code",
			agentVersion: "2.1.197",
			command: ["claude", "--permission-mode", "default"],
			cwd: "",
			status: "complete",
			startedAt: new Date(cast.head.timestamp * 1000).toISOString(),
			exit: { code: 0 },
			terminal: { cols: 100, rows: 30, renderer: "classic" },
		});
		expect(shown(place).session).not.toHaveProperty("host");
	});

	test("without times has an order and claims no durations; it began when its file was written", () => {
		using place = cliScene(cli);
		const path = put(place, "out.raw", toRaw(cast));
		utimesSync(path, 1_700_000_000, 1_700_000_000);
		importJson(place, path, "--size", "100x30");
		const { session, turns } = shown(place);
		expect(session).toMatchObject({ startedAt: "2023-11-14T22:13:20.000Z", status: "complete" });
		expect(session).not.toHaveProperty("endedAt");
		expect(turns.length).toBeGreaterThan(0);
		for (const turn of turns) expect(turn).not.toHaveProperty("durations");
	});

	test("of a program that is not Claude Code is kept as one turn without a prompt", () => {
		using place = cliScene(cli);
		const text = '{"version":2,"width":80,"height":24,"command":"make"}\n[0.1,"o","all is built\\r\\n"]\n';
		importJson(place, put(place, "make.cast", text));
		const { session, turns } = shown(place);
		expect(session).toMatchObject({ agent: "generic", command: ["make"] });
		expect(turns).toMatchObject([
			{ prompt: { kind: "none" }, items: [{ kind: "notice", text: "all is built" }] },
		]);
	});
});

describe("importing again", () => {
	test("changes nothing, whatever the file is called now; after a deletion it is imported anew", () => {
		using place = cliScene(cli);
		const path = put(place, "a.cast", toV2(cast));
		const first = importJson(place, path).result.imported[0]?.sessionId ?? "";
		const before = place.run("sessions", "show", first, "--json").out;
		const again = importJson(place, put(place, "b.cast", toV2(cast)));
		expect(again).toMatchObject({ code: 0, result: { imported: [], unchanged: [{ sessionId: first }] } });
		expect(place.run("sessions", "show", first, "--json").out).toBe(before);
		expect(JSON.parse(place.run("sessions", "list", "--json").out)).toHaveLength(1);
		place.run("sessions", "delete", first, "--yes");
		expect(importJson(place, path).result.imported).toHaveLength(1);
	});

	test("the same file named twice in one import is imported once", () => {
		using place = cliScene(cli);
		const path = put(place, "a.cast", toV2(cast));
		expect(importJson(place, path, path, place.home).result.imported).toHaveLength(1);
	});
});

describe("a directory", () => {
	test("is searched to its depths, by content; what is no recording is skipped and counted", () => {
		using place = cliScene(cli);
		put(place, "r/one", toV2(cast));
		put(place, "r/deep/er/two.txt", toV3(cast));
		put(place, "r/notes.cast.md", "# notes\n");
		put(place, "r/package.json", '{"version":"2.0.0","width":1}');
		put(place, "r/empty", "");
		put(place, "r/out.raw", toRaw(cast));
		symlinkSync(join(place.home, "r"), join(place.home, "r", "circle"));
		const { code, result } = importJson(place, join(place.home, "r"));
		expect(code).toBe(0);
		expect(result.imported.map(({ file, format }) => [file.slice(place.home.length), format])).toEqual([
			["/r/deep/er/two.txt", "asciicast-v3"],
			["/r/one", "asciicast-v2"],
		]);
		expect(result.skipped).toBe(4);
		const withSize = importJson(place, join(place.home, "r"), "--size", "100x30").result;
		expect(withSize.imported.map(({ format }) => format)).toEqual(["raw"]);
		expect(withSize.unchanged).toHaveLength(2);
	});

	test("without any recording is told from a success", () => {
		using place = cliScene(cli);
		put(place, "r/notes.md", "# notes\n");
		expect(place.run("import", join(place.home, "r"))).toMatchObject({
			code: 1,
			out: "0 imported, 1 skipped: no recordings\n",
		});
	});
});

describe("a broken file", () => {
	test("costs that file: it is named with the reason, the others are imported, nothing of it is kept", () => {
		using place = cliScene(cli);
		put(place, "r/a.cast", toV2(cast));
		put(place, "r/b.cast", toV2(cast).slice(0, 12_000));
		put(place, "r/c.cast", toV3(cast));
		const { code, out, err } = place.run("import", join(place.home, "r"));
		expect(code).toBe(1);
		expect(err).toMatch(/^ctrace: .*\/r\/b\.cast: it breaks off in line \d+\n/);
		expect(out).toMatch(/2 imported, 1 failed\n$/);
		expect(JSON.parse(place.run("sessions", "list", "--json").out)).toHaveLength(2);
	});

	test.each([
		["no such file", () => undefined, "there is no such file"],
		["an empty one", (path: string) => writeFileSync(path, ""), "it is empty"],
		["a compressed one", (path: string) => writeFileSync(path, gzipSync(toV2(cast))), "it is compressed"],
		["a text", (path: string) => writeFileSync(path, "hello\n"), "neither an asciicast nor a typescript"],
	])("named by itself: %s", (_what, make, reason) => {
		using place = cliScene(cli);
		const path = join(place.home, "x.cast");
		make(path);
		const { code, result, err } = importJson(place, path);
		expect(code).toBe(1);
		expect(result.failed).toMatchObject([{ file: path, reason: expect.stringContaining(reason) }]);
		expect(err).toContain(path);
	});

	test("the wrong timing file, and a timing file for what has times, are said to be that", () => {
		using place = cliScene(cli);
		put(place, "tm", "0.1 99999999\n");
		const typescript = put(place, "ts", toTypescript(cast, 'COLUMNS="100" LINES="30"'));
		expect(importJson(place, typescript, "--timing", "tm").result.failed[0]?.reason).toContain("timing file");
		const recorded = put(place, "a.cast", toV2(cast));
		expect(importJson(place, recorded, "--timing", "tm").result.failed[0]?.reason).toContain(
			"times of its own",
		);
		expect(importJson(place, place.home, "--timing", "tm").result.failed[0]?.reason).toContain("directory");
	});

	test.skipIf(process.getuid?.() === 0)("one that may not be read is named, and the others go on", () => {
		using place = cliScene(cli);
		chmodSync(put(place, "r/a.cast", toV2(cast)), 0o000);
		put(place, "r/b.cast", toV3(cast));
		const { code, result } = importJson(place, join(place.home, "r"));
		expect({ code, imported: result.imported.length }).toEqual({ code: 1, imported: 1 });
		expect(result.failed[0]?.reason).toBe("it may not be read");
	});
});

test("a secret in a recording reaches no byte of ctrace's files", () => {
	using place = cliScene(cli);
	const secret = `sk-${"ant"}-api03-${"Zq7".repeat(31)}-${"x9T".repeat(2)}AA`;
	const events = cast.events.map(
		([at, code, data]) => [at, code, code === "o" ? data.replaceAll("Tomatoes", secret) : data] as const,
	);
	const title = `export KEY=${secret}`;
	const text = toV2({
		head: { ...cast.head, title, command: `claude ${secret}` },
		events: [...events] as never,
	});
	const { code } = importJson(place, put(place, "a.cast", text));
	expect(code).toBe(0);
	const data = join(place.home, "ct", "data");
	for (const name of readdirSync(data)) expect(readFileSync(join(data, name)).includes(secret)).toBe(false);
	expect(JSON.stringify(shown(place))).toContain("[[");
});

test("Ctrl-C leaves whole sessions only, says what was done and exits with 130", async () => {
	using place = cliScene(cli);
	put(place, "r/a.cast", toV2(cast));
	const large = put(place, "r/b.cast", toV2({ ...cast, head: { ...cast.head, command: "make" } }));
	const flood = `${JSON.stringify([99, "o", "a line of a build\r\n".repeat(2000)])}\n`;
	for (let index = 0; index < 600; index++) appendFileSync(large, flood);
	const child = spawn(process.execPath, [cli, "import", join(place.home, "r")], {
		env: place.env,
		cwd: place.home,
		stdio: ["ignore", "pipe", "pipe"],
	});
	let out = "";
	const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
	for await (const chunk of child.stdout) {
		out += String(chunk);
		// Once: who asks twice wants out at once.
		if (!child.killed && out.includes("a.cast")) child.kill("SIGINT");
	}
	expect(await ended).toBe(130);
	expect(out).toMatch(/1 imported, then stopped\n$/);
	expect(JSON.parse(place.run("sessions", "list", "--json").out)).toHaveLength(1);
	expect(importJson(place, join(place.home, "r", "a.cast")).result.unchanged).toHaveLength(1);
});

test.each([
	[["import"], "import what?"],
	[["import", "a", "b", "--timing", "t"], "--timing belongs to one typescript"],
	[["import", "a", "--size", "wide"], "--size must be COLSxROWS"],
])("a mistake in the words is named: %j", (words, message) => {
	using place = cliScene(cli);
	const { code, err } = place.run(...words);
	expect(code).toBe(2);
	expect(err).toContain(message);
});
