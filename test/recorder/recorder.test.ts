import { PassThrough } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CtraceError } from "../../src/core/errors.ts";
import type { TerminalEvent } from "../../src/core/event.ts";
import { encodeEvent, encodeMessage, type SessionStart } from "../../src/core/wire.ts";
import { EventQueue } from "../../src/recorder/event-queue.ts";
import type { Pipeline } from "../../src/recorder/pipeline.ts";
import { Recorder } from "../../src/recorder/recorder.ts";

const START: SessionStart = {
	command: ["x"],
	cwd: "/",
	startedAt: 0,
	cols: 80,
	rows: 24,
	attachment: "pty",
	wrapperPid: 1,
	childPid: 2,
	transcripts: true,
};

const output = (at: number, text: string): TerminalEvent => ({ kind: "output", at, data: Buffer.from(text) });

/** A recorder between three streams, with a pipeline that keeps what it is told. */
function setUp(pipeline: Partial<Pipeline> = {}) {
	const [data, last, report] = [new PassThrough(), new PassThrough(), new PassThrough()];
	const calls: string[] = [];
	const events: TerminalEvent[] = [];
	const times: number[] = [];
	let time = 0;
	const recorder = new Recorder({
		data,
		last,
		report,
		now: () => time,
		createPipeline: () => ({
			feed: (event) => {
				times.push(event.at);
				events.push(event);
				calls.push("data" in event ? `${event.kind} ${Buffer.from(event.data).toString()}` : event.kind);
			},
			tick: (at) => {
				times.push(at);
				calls.push("tick");
			},
			close: (_at, status) => calls.push(`close ${status}`),
			...pipeline,
		}),
	});
	const setTime = (ms: number) => {
		time = ms;
	};
	return { data, last, report, calls, events, times, recorder, setTime };
}

describe("the recorder", () => {
	it("closes a session as complete when its end was seen, after everything before it", async () => {
		const { data, last, calls, recorder } = setUp();
		last.end(encodeEvent({ kind: "exit", at: 9, code: 0 }));
		data.write(encodeMessage({ kind: "start", start: START }));
		data.end(Buffer.concat([encodeEvent(output(1, "a")), encodeEvent(output(2, "b"))]));
		expect(await recorder.finished()).toBe("closed");
		expect(calls).toEqual(["output a", "output b", "exit", "close complete"]);
	});

	it("says before the end what the wrapper left out, and what it never got to hand over", async () => {
		const { data, last, events, recorder } = setUp();
		data.write(encodeMessage({ kind: "start", start: START }));
		data.end(encodeEvent(output(1, "abc")));
		last.write(encodeEvent({ kind: "gap", at: 9, reason: "slow", lostBytes: 7 }));
		last.end(encodeEvent({ kind: "exit", at: 9, code: 0, sentBytes: 8 }));
		await recorder.finished();
		expect(events.map((event) => event.kind)).toEqual(["output", "gap", "gap", "exit"]);
		expect(lostIn(events)).toBe(7 + 5);
	});

	it("closes a session as lost when the wrapper vanished in the middle of a record", async () => {
		const { data, last, calls, recorder } = setUp();
		data.write(encodeMessage({ kind: "start", start: START }));
		data.write(encodeEvent(output(1, "a")));
		data.end(encodeEvent(output(2, "torn")).subarray(0, 9));
		last.end();
		expect(await recorder.finished()).toBe("closed");
		expect(calls).toEqual(["output a", "close lost"]);
	});

	it("closes a session as failed when the command never ran", async () => {
		const { data, last, calls, recorder } = setUp();
		data.end(encodeMessage({ kind: "start", start: { ...START, childPid: undefined } }));
		last.end(encodeEvent({ kind: "exit", at: 1, code: 126 }));
		await recorder.finished();
		expect(calls).toEqual(["exit", "close failed"]);
	});

	it("ends when there never was a session", async () => {
		const { data, last, calls, recorder } = setUp();
		data.end();
		last.end();
		expect(await recorder.finished()).toBe("closed");
		expect(calls).toEqual([]);
	});

	it("reports why it gives up, in one line without content, and saves what it can", async () => {
		const fail = () => {
			throw new CtraceError("disk-full", "the disk is full\nsecond line");
		};
		const { data, calls, report, recorder } = setUp({ feed: fail });
		data.write(encodeMessage({ kind: "start", start: START }));
		data.write(encodeEvent(output(1, "secret")));
		expect(await recorder.finished()).toBe("failed");
		expect(String(report.read())).toBe("the disk is full\n");
		expect(calls).toEqual(["close lost"]);
	});

	it("gives up on bytes that are no records, without saying what they were", async () => {
		const { data, report, recorder } = setUp();
		data.write(Buffer.from("this is not a record at all"));
		expect(await recorder.finished()).toBe("failed");
		expect(String(report.read())).toBe("the recorder made a mistake of its own\n");
	});

	it("lets time pass for the pipeline while nothing happens, and never backwards", async () => {
		const { data, last, calls, times, recorder, setTime } = setUp();
		const finished = recorder.finished();
		data.write(encodeMessage({ kind: "start", start: START }));
		setTime(500);
		await waitFor(() => calls.includes("tick"));
		data.write(encodeEvent(output(400, "on its way while time passed")));
		await waitFor(() => calls.some((call) => call.startsWith("output")));
		data.end();
		last.end();
		await finished;
		expect(times).toEqual([...times].sort((a, b) => a - b));
	});
});

describe("the queue before the pipeline", () => {
	const event = fc.oneof(
		fc.record({
			kind: fc.constant("output" as const),
			at: fc.nat(),
			data: fc.uint8Array({ minLength: 1, maxLength: 20 }),
		}),
		fc.record({ kind: fc.constant("resize" as const), at: fc.nat(), cols: fc.nat(99), rows: fc.nat(99) }),
	);

	it("hands over at most its limit at once, and the rest as lost", () => {
		const queue = new EventQueue(60);
		for (let at = 0; at < 100; at += 1) queue.push(output(at, "0123456789"));
		const taken: TerminalEvent[] = [];
		for (let one = queue.shift(); one !== undefined; one = queue.shift()) taken.push(one);
		expect(bytesIn(taken)).toBe(60);
		expect(lostIn(taken)).toBe(940);
	});

	it("accounts for every byte in order", () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(event, fc.constant("take" as const)), { maxLength: 80 }), (steps) => {
				const queue = new EventQueue(60);
				const taken: TerminalEvent[] = [];
				const take = () => {
					const one = queue.shift();
					if (one !== undefined) taken.push(one);
					return one !== undefined;
				};
				for (const step of steps) {
					if (step === "take") take();
					else queue.push(step);
				}
				while (take());
				const pushed = steps.flatMap((step) => (step === "take" ? [] : [step]));
				expect(bytesIn(taken) + lostIn(taken)).toBe(bytesIn(pushed));
				expect(taken.filter((one) => one.kind === "resize")).toEqual(
					pushed.filter((one) => one.kind === "resize"),
				);
				expect(queue.isEmpty).toBe(true);
			}),
		);
	});

	it("makes one gap of a flood, where the bytes are missing", () => {
		const queue = new EventQueue(10);
		for (let at = 1; at <= 5; at += 1) queue.push(output(at, "12345"));
		queue.push({ kind: "resize", at: 6, cols: 1, rows: 1 });
		const kinds: string[] = [];
		for (let one = queue.shift(); one !== undefined; one = queue.shift()) kinds.push(one.kind);
		expect(kinds).toEqual(["output", "output", "gap", "resize"]);
	});
});

function bytesIn(events: readonly TerminalEvent[]): number {
	return events.reduce((sum, one) => sum + ("data" in one ? one.data.length : 0), 0);
}

function lostIn(events: readonly TerminalEvent[]): number {
	return events.reduce((sum, one) => sum + (one.kind === "gap" ? one.lostBytes : 0), 0);
}

async function waitFor(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}
