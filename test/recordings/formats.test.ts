import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import { openRecording } from "../../src/recordings/open-recording.ts";
import { recogniseFormat } from "../../src/recordings/recognise.ts";
import type { Recording, RecordingFormat } from "../../src/recordings/recording.ts";
import { splitShellWords } from "../../src/recordings/shell-words.ts";
import {
	genuineCast,
	toClassicTiming,
	toMultiStream,
	toRaw,
	toTypescript,
	toV1,
	toV2,
	toV3,
} from "./casts.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const SIZE = { cols: 80, rows: 24 };

function open(format: RecordingFormat, text: string, timing?: string, size = SIZE): Recording {
	return openRecording(format, {
		chunks: [bytes(text)],
		size,
		...(timing === undefined ? {} : { timing: [bytes(timing)] }),
	});
}

/** What is read, with output put together: where a chunk ends says nothing. */
function read(recording: Recording): { readonly output: string; readonly others: TerminalEvent[] } {
	const events = [...recording.events];
	const output = Buffer.concat(events.flatMap((event) => (event.kind === "output" ? [event.data] : [])));
	return { output: output.toString(), others: events.filter((event) => event.kind !== "output") };
}

const cast = genuineCast();
const genuineOutput = toRaw(cast);

describe("every format gives the same output for the same session", () => {
	test.each([
		["asciicast-v1", toV1(cast), undefined],
		["asciicast-v2", toV2(cast), undefined],
		["asciicast-v3", toV3(cast), undefined],
		["typescript", toTypescript(cast, 'COLUMNS="100" LINES="30"'), toClassicTiming(cast)],
		["typescript", toMultiStream(cast).log, toMultiStream(cast).timing],
		["typescript", toTypescript(cast, 'COLUMNS="100" LINES="30"'), undefined],
		["raw", genuineOutput, undefined],
	] as const)("%s", (format, text, timing) => {
		const recording = open(format, text, timing, { cols: 100, rows: 30 });
		expect(recording.size).toEqual({ cols: 100, rows: 30 });
		expect(recording.format).toBe(format);
		expect(read(recording).output).toBe(genuineOutput);
	});
});

describe("a recording's head", () => {
	test("of version 2 gives size, time, command and title", () => {
		const head =
			'{"version":2,"width":90,"height":20,"timestamp":1700000000,"command":"claude \\"fix it\\"","title":"T","env":{"SHELL":"/bin/zsh","PWD":"/home/ada/app"}}';
		expect(open("asciicast-v2", head)).toMatchObject({
			size: { cols: 90, rows: 20 },
			startedAt: 1_700_000_000_000,
			command: ["claude", "fix it"],
			cwd: "/home/ada/app",
			title: "T",
			hasTimes: true,
		});
	});

	test("without a command falls back to the shell", () => {
		const head = '{"version":3,"term":{"cols":90,"rows":20},"env":{"SHELL":"/bin/zsh"}}';
		expect(open("asciicast-v3", head).command).toEqual(["/bin/zsh"]);
	});

	test("of a typescript gives time, command, size and the exit code at its end", () => {
		const recording = open(
			"typescript",
			toTypescript(cast, 'COMMAND="claude -c" TERM="xterm" COLUMNS="100" LINES="30"'),
		);
		expect(recording).toMatchObject({
			startedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
			command: ["claude", "-c"],
			size: { cols: 100, rows: 30 },
			hasTimes: false,
		});
		expect(read(recording).others).toEqual([expect.objectContaining({ kind: "exit", code: 3 })]);
	});

	test("of a typescript of BSD has the command on a line of its own", () => {
		const recording = open(
			"typescript",
			"Script started on Fri Jan  2 03:04:05 2026\nCommand: claude --continue\nhello\r\n\nScript done on Fri Jan  2 03:05:05 2026\n",
		);
		expect(recording.command).toEqual(["claude", "--continue"]);
		expect(recording.startedAt).toBe(new Date(2026, 0, 2, 3, 4, 5).getTime());
		expect(read(recording).output).toBe("hello\r\n");
	});

	test("a typescript without a size asks for one", () => {
		const text = "Script started on 2026-01-02 03:04:05+00:00 [<not executed on terminal>]\nhi\n";
		expect(() => openRecording("typescript", { chunks: [bytes(text)] })).toThrow(
			expect.objectContaining({ code: "input", hint: expect.stringContaining("--size") }),
		);
	});
});

describe("events", () => {
	const HEAD = '{"version":2,"width":80,"height":24}\n';

	test("of all kinds are read, and kinds that are unknown are left out", () => {
		const text = `${HEAD}[0.5,"o","a"]\n[1,"i","b"]\n[1.5,"r","100x50"]\n[2,"m","here"]\n[2.5,"z","?"]\n[3,"x","7"]\n`;
		expect([...open("asciicast-v2", text).events]).toEqual([
			{ kind: "output", at: 500, data: bytes("a") },
			{ kind: "input", at: 1000, data: bytes("b") },
			{ kind: "resize", at: 1500, cols: 100, rows: 50 },
			{ kind: "marker", at: 2000, label: "here" },
			{ kind: "exit", at: 3000, code: 7 },
		]);
	});

	test("times of version 3 add up; comments and blank lines are none", () => {
		const text =
			'{"version":3,"term":{"cols":80,"rows":24}}\n# note\n[0.5,"o","a"]\n\n[0.25,"o","b"]\n[0.25,"r","90x30"]\n';
		expect([...open("asciicast-v3", text).events].map((event) => event.at)).toEqual([500, 750, 1000]);
	});

	test("a clock that went back stands still", () => {
		const text = `${HEAD}[5,"o","a"]\n[3,"o","b"]\n[6,"o","c"]\n`;
		expect([...open("asciicast-v2", text).events].map((event) => event.at)).toEqual([5000, 5000, 6000]);
	});

	test("multi-stream timing brings input, resizes and the exit code", () => {
		const timing =
			"H 0.0 COLUMNS 80\nH 0.0 LINES 24\nH 0.0 OUTPUT_LOG io\nH 0.0 INPUT_LOG io\nO 0.5 2\nI 0.5 1\nS 0.5 SIGWINCH ROWS=40 COLS=100\nO 0.5 1\nH 0.0 EXIT_CODE 4\n";
		const text = 'Script started on 2026-01-02 03:04:05+00:00 [TERM="x"]\nabic';
		expect([...open("typescript", text, timing).events]).toEqual([
			{ kind: "output", at: 500, data: bytes("ab") },
			{ kind: "input", at: 1000, data: bytes("i") },
			{ kind: "resize", at: 1500, cols: 100, rows: 40 },
			{ kind: "output", at: 2000, data: bytes("c") },
			{ kind: "exit", at: 2000, code: 4 },
		]);
	});

	test("input that was logged into another file is not looked for in this one", () => {
		const timing = "H 0.0 OUTPUT_LOG out\nH 0.0 INPUT_LOG in\nO 0.5 2\nI 0.5 1\nO 0.5 1\n";
		const text = 'Script started on 2026-01-02 03:04:05+00:00 [TERM="x"]\nabc';
		expect(read(open("typescript", text, timing))).toEqual({ output: "abc", others: [] });
	});
});

describe("a broken recording says what is wrong and where", () => {
	const HEAD = '{"version":2,"width":80,"height":24}\n';
	test.each([
		["asciicast-v2", `${HEAD}[1,"o","a"]\n[2,"o"\n[3,"o","b"]\n`, undefined, "line 3 is not JSON"],
		["asciicast-v2", `${HEAD}[1,"o","a"]\n[2,"o","b`, undefined, "breaks off in line 3"],
		["asciicast-v2", `${HEAD}{"o":1}\n`, undefined, "line 2 is no event"],
		["asciicast-v2", `${HEAD}[1,"r","wide"]\n`, undefined, "COLSxROWS"],
		["asciicast-v2", `${HEAD}[1e300,"o","a"]\n`, undefined, "time is"],
		["asciicast-v2", '{"version":2,"height":24}\n', undefined, "width"],
		["asciicast-v1", '{"version":1,"width":80,"height":24,"stdout":[[0.1,"a"', undefined, "cut off"],
		["asciicast-v1", '{"version":1,"width":80,"height":24,"stdout":[[1]]}', undefined, "stdout"],
		["typescript", "Script started on x\nabc", "0.1 5\n", "more output than there is"],
		["typescript", "Script started on x\nabc", "0.1 1\n", "less output than there is"],
		["typescript", "Script started on x\nabc", "0.1 one\n", "line 1 of the timing file"],
	] as const)("%s: %#", (format, text, timing, reason) => {
		expect(() => [...open(format, text, timing).events]).toThrow(
			expect.objectContaining({ code: "input", message: expect.stringContaining(reason) }),
		);
	});

	test("whatever the bytes are, nothing but that is ever thrown", () => {
		const format = fc.constantFrom<RecordingFormat[]>(
			"asciicast-v1",
			"asciicast-v2",
			"asciicast-v3",
			"typescript",
			"raw",
		);
		const start = fc.constantFrom(
			"",
			HEAD,
			'{"version":3,"term":{"cols":1,"rows":1}}\n',
			"Script started on \n",
		);
		fc.assert(
			fc.property(
				format,
				start,
				fc.uint8Array({ maxLength: 200 }),
				fc.string(),
				(kind, head, data, timing) => {
					const chunks = [bytes(head), data];
					const all = () => [...openRecording(kind, { chunks, size: SIZE, timing: [bytes(timing)] }).events];
					try {
						all();
					} catch (error) {
						expect(error).toMatchObject({ code: "input" });
					}
				},
			),
		);
	});
});

describe("where the chunks of a file end says nothing", () => {
	test.each([
		["asciicast-v2", toV2(cast), undefined],
		["asciicast-v3", toV3(cast), undefined],
		["typescript", toTypescript(cast, ""), toClassicTiming(cast)],
		["typescript", toTypescript(cast, ""), undefined],
		["raw", genuineOutput, undefined],
	] as const)("%s: %#", (format, text, timing) => {
		const whole = read(open(format, text, timing));
		const data = bytes(text);
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 5000 }), (length) => {
				const chunks = Array.from({ length: Math.ceil(data.length / length) }, (_, index) =>
					data.subarray(index * length, (index + 1) * length),
				);
				const source = { chunks, size: SIZE, ...(timing === undefined ? {} : { timing: [bytes(timing)] }) };
				const { output, others } = read(openRecording(format, source));
				expect(output).toBe(whole.output);
				expect(others.map(({ at: _at, ...rest }) => rest)).toEqual(
					whole.others.map(({ at: _at, ...rest }) => rest),
				);
			}),
			{ numRuns: 20 },
		);
	});
});

describe("output without times", () => {
	const times = (text: string, chunk = text.length) => {
		const data = bytes(text);
		const chunks = Array.from({ length: Math.ceil(data.length / chunk) }, (_, index) =>
			data.subarray(index * chunk, (index + 1) * chunk),
		);
		const events = [...openRecording("raw", { chunks, size: SIZE }).events];
		const settled = new Map<number, Uint8Array[]>();
		for (const event of events) {
			if (event.kind === "output") settled.set(event.at, [...(settled.get(event.at) ?? []), event.data]);
		}
		return settled;
	};
	const pictures = (text: string, chunk?: number) =>
		[...times(text, chunk).values()].map((parts) => Buffer.concat(parts).toString());

	test("settles before each repaint, however many lines that erases", () => {
		const erase = "\x1b[2K\x1b[1A\x1b[2K\x1b[1A\x1b[2K\x1b[G";
		const text = `one${erase}two${erase}three`;
		expect(pictures(text)).toEqual(["one", `${erase}two`, `${erase}three`]);
		expect(pictures(text, 1)).toEqual(pictures(text));
	});

	test("settles at the edges of a synchronised update, and nowhere inside", () => {
		const update = (word: string) => `\x1b[?2026h\x1b[2K\x1b[1A${word}\x1b[3A\x1b[2J!\x1b[?2026l`;
		expect(pictures(`a${update("b")}${update("c")}d`)).toEqual(["a", update("b"), update("c"), "d"]);
	});

	test("settles in a flood of plain lines too, so that they do not pile up", () => {
		const text = "a line of a build\r\n".repeat(20_000);
		expect(times(text, 16 * 1024).size).toBeGreaterThan(4);
	});
});

describe("what kind of recording a file is shows in what it begins with", () => {
	const formatOf = (text: string, isRawWelcome = false) => recogniseFormat(bytes(text), { isRawWelcome });

	test.each([
		["asciicast-v1", toV1(cast)],
		["asciicast-v1", JSON.stringify(JSON.parse(toV1(cast)), undefined, "  ")],
		["asciicast-v2", toV2(cast)],
		["asciicast-v3", toV3(cast)],
		["asciicast-v2", '{"version": 2, "wid'],
		["typescript", toTypescript(cast, "")],
		["typescript", 'Skript gestartet am 2026-01-02 [TERM="xterm"]\nhi'],
		[undefined, genuineOutput],
		[undefined, '{"name":"app","version":"2.0.0","width":3}'],
		[
			undefined,
			'{"version": 2, "services": {}}'.replace('{"version": 2, ', '{"services": 1, "version": 2, '),
		],
		[undefined, "# Notes\nScript started on a whim\n"],
		[undefined, ""],
	] as const)("%s: %#", (format, text) => {
		expect(formatOf(text)).toBe(format);
	});

	test("bare terminal output counts when its size was given; text and binaries do not", () => {
		expect(formatOf(genuineOutput, true)).toBe("raw");
		expect(formatOf("just text\n", true)).toBeUndefined();
		expect(formatOf("\x7fELF\0\0\x1b[31m", true)).toBeUndefined();
	});
});

test("a command line becomes the words a shell would make of it", () => {
	expect(splitShellWords(`claude -p "say \\"hi\\"" 'it''s' a\\ b x"y"z`)).toEqual([
		"claude",
		"-p",
		'say "hi"',
		"its",
		"a b",
		"xyz",
	]);
	expect(splitShellWords("  ")).toEqual([]);
});
