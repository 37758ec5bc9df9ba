import {
	appendFileSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { describeFailure } from "../../src/daemon/failure.ts";
import { formatLogEvent, type LogEvent } from "../../src/daemon/log-event.ts";
import { LogFile } from "../../src/daemon/log-file.ts";
import { LogTail, parseLogLine, readLogLines } from "../../src/daemon/read-log.ts";
import { renderLogEvent } from "../../src/daemon/render-log-event.ts";
import { temporaryHome } from "../support/outside.ts";

let home: ReturnType<typeof temporaryHome>;
let folder: string;
beforeEach(() => {
	home = temporaryHome();
	folder = join(home.path, "logs");
});
afterEach(() => home.remove());

const event = (changes: Partial<LogEvent> = {}): LogEvent => ({
	time: Date.UTC(2026, 0, 2, 3, 4, 5),
	level: "info",
	component: "sync",
	event: "run-ended",
	...changes,
});
const numbered = (n: number) => event({ fields: { n } });
const numbers = (lines: readonly string[]) => lines.map((line) => parseLogLine(line)?.fields?.n);

describe("what a line of the log may say", () => {
	test("ids, counts, durations and codes pass", () => {
		const fields = {
			turns: 12,
			ms: 3.5,
			full: true,
			code: "disk-full",
			signal: "SIGTERM",
			session: "019b7c00-0000-7000-8000-00000000000a",
			version: "1.20.3",
			where: "daemon.js:120:7",
			kind: "TypeError",
		};
		expect(parseLogLine(formatLogEvent(event({ fields })))).toEqual(event({ fields }));
	});

	test("no text gets through that has not the form its name demands", () => {
		const secret = ["sk-", "ant-", "a1B2c3D4e5"].join("");
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (name, text) => {
				const line = formatLogEvent(event({ fields: { [name]: `${text} ${secret}`, prompt: secret } }));
				expect(line).not.toContain(secret);
				expect(line).toContain('"withheld":');
			}),
		);
		for (const name of ["code", "signal", "session", "version", "where", "kind", "level"])
			expect(formatLogEvent(event({ fields: { [name]: secret } }))).not.toContain(secret);
	});

	test("an error is told by its code and its place, never by its message", () => {
		const secret = ["my", "pass", "word"].join("-");
		const error = Object.assign(new Error(`cannot open ${secret}`), { code: "ENOENT" });
		const facts = describeFailure(error);
		expect(JSON.stringify(facts)).not.toContain(secret);
		expect(facts).toMatchObject({ code: "ENOENT", kind: "Error" });
	});

	test("people read it as one line", () => {
		const failed = event({ level: "error", event: "run-failed", fields: { code: "disk-full", ms: 12 } });
		expect(renderLogEvent(failed, "UTC")).toBe(
			"2026-01-02 03:04:05  error  sync      run failed  code disk-full  ms 12",
		);
	});
});

describe("the log on disk", () => {
	test("is the owner's alone, and holds nothing below its level", () => {
		const log = new LogFile({ folder, level: "warn" });
		for (const level of ["debug", "info", "warn", "error"] as const) log.write(event({ level }));
		expect(readLogLines(folder)).toHaveLength(2);
		expect(statSync(folder).mode & 0o777).toBe(0o700);
		expect(statSync(join(folder, "daemon.log")).mode & 0o777).toBe(0o600);
	});

	test("rotates by size, keeps the newest lines in order, and stays bounded", () => {
		const log = new LogFile({ folder, level: "info", rotateBytes: 1_000 });
		for (let n = 0; n < 200; n += 1) log.write(numbered(n));
		const files = readdirSync(folder).sort();
		expect(files).toEqual(["daemon.1.log", "daemon.2.log", "daemon.3.log", "daemon.4.log", "daemon.log"]);
		for (const name of files) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1_000);
		const kept = numbers(readLogLines(folder)) as number[];
		expect(kept.at(-1)).toBe(199);
		expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => 200 - kept.length + index));
		expect(log.lost).toBe(0);
	});

	test("a line torn by a sudden death spoils no other, and rubbish is skipped", () => {
		new LogFile({ folder, level: "info" }).write(numbered(1));
		appendFileSync(join(folder, "daemon.log"), Buffer.from([0, 255, 123, 10, 123, 34]));
		const log = new LogFile({ folder, level: "info" });
		log.write(numbered(2));
		expect(numbers(readLogLines(folder)).filter((n) => n !== undefined)).toEqual([1, 2]);
	});

	test("a log whose folder is removed goes on in a new one", () => {
		const log = new LogFile({ folder, level: "info" });
		log.write(numbered(1));
		rmSync(folder, { recursive: true });
		log.write(numbered(2));
		expect(numbers(readLogLines(folder))).toEqual([2]);
		expect(log.lost).toBe(0);
	});

	test("what cannot be written is counted, and written again when it can be", () => {
		writeFileSync(folder, "a file where the folder should be");
		const log = new LogFile({ folder, level: "info" });
		log.write(numbered(1));
		expect(log).toMatchObject({ lost: 1, failure: "EEXIST" });
		rmSync(folder);
		log.write(numbered(2));
		expect(log).toMatchObject({ lost: 1, failure: undefined });
	});
});

test("who follows the log gets each line once, over rotations and clearing", () => {
	mkdirSync(folder);
	const log = new LogFile({ folder, level: "info", rotateBytes: 400 });
	log.write(numbered(0));
	const tail = new LogTail(folder);
	const seen: unknown[] = [];
	for (let n = 1; n <= 40; n += 1) {
		log.write(numbered(n));
		if (n % 2 === 0) seen.push(...numbers(tail.readOn()));
	}
	expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
	writeFileSync(join(folder, "daemon.log"), "");
	expect(tail.readOn()).toEqual([]);
	appendFileSync(
		join(folder, "daemon.log"),
		readFileSync(join(folder, "daemon.1.log"), "utf8").split("\n")[0] ?? "",
	);
	expect(tail.readOn()).toEqual([]);
	appendFileSync(join(folder, "daemon.log"), "\n");
	expect(tail.readOn()).toHaveLength(1);
});
