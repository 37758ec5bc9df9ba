import { Duplex, PassThrough, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import { WireDecoder, type WireMessage } from "../../src/core/wire.ts";
import { FAREWELL_MS, QUEUE_MAX_BYTES, RecorderLink } from "../../src/wrap/recorder-link.ts";

const MEGABYTE = new Uint8Array(1024 * 1024);
const output = (at: number, data: Uint8Array): TerminalEvent => ({ kind: "output", at, data });

/** A recorder that takes one write at a time, when it is told to. */
class SlowRecorder extends Duplex {
	readonly messages: WireMessage[] = [];
	readonly #decoder = new WireDecoder();
	#waiting: (() => void)[] = [];
	#isAwake = false;

	override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
		this.messages.push(...this.#decoder.feed(new Uint8Array(chunk)));
		if (this.#isAwake) done();
		else this.#waiting.push(done);
	}

	override _read(): void {}

	wakeUp(): void {
		this.#isAwake = true;
		for (const done of this.#waiting.splice(0)) done();
	}
}

function setUp() {
	const data = new SlowRecorder();
	const last = new PassThrough();
	const link = new RecorderLink({ channels: { data, last }, now: () => 5 });
	return { data, last, link };
}

describe("the link to the recorder", () => {
	it("keeps a bounded amount for a slow recorder, then counts, and admits the gap once there is room", async () => {
		const { data, link } = setUp();
		const sent = QUEUE_MAX_BYTES / MEGABYTE.length + 10;
		for (let at = 0; at < sent; at += 1) link.observe(output(at, MEGABYTE));
		expect(data.writableLength).toBeLessThanOrEqual(QUEUE_MAX_BYTES + MEGABYTE.length);
		data.wakeUp();
		while (data.writableLength > 0) await new Promise((resolve) => setImmediate(resolve));
		link.observe(output(99, new Uint8Array([7])));
		while (data.writableLength > 0) await new Promise((resolve) => setImmediate(resolve));
		const events = data.messages.flatMap((message) => (message.kind === "event" ? [message.event] : []));
		const kept = events.reduce((sum, event) => sum + (event.kind === "output" ? event.data.length : 0), 0);
		const lost = events.reduce((sum, event) => sum + (event.kind === "gap" ? event.lostBytes : 0), 0);
		expect(lost).toBeGreaterThan(0);
		expect(kept + lost).toBe(sent * MEGABYTE.length + 1);
		expect(events.at(-1)).toMatchObject({ kind: "output", at: 99 });
	});

	it("hands over what was there when it passed, whatever becomes of that memory", async () => {
		const { data, link } = setUp();
		const memory = new Uint8Array(60_000);
		for (let value = 1; value <= 200; value += 1) {
			link.observe(output(value, memory.fill(value).subarray(0, value * 300)));
			if (value === 150) data.wakeUp(); // from here on pages come back
			await new Promise((resolve) => setImmediate(resolve));
		}
		while (data.writableLength > 0) await new Promise((resolve) => setImmediate(resolve));
		const events = data.messages.flatMap((message) => (message.kind === "event" ? [message.event] : []));
		expect(events).toHaveLength(200);
		for (const [index, event] of events.entries()) {
			const bytes = event.kind === "output" ? event.data : new Uint8Array();
			expect([bytes.length, bytes.every((byte) => byte === index + 1)]).toEqual([(index + 1) * 300, true]);
		}
	});

	it("never holds the user back longer than the farewell, and still says the end", async () => {
		const { last, link } = setUp();
		link.observe(output(1, MEGABYTE));
		link.observe({ kind: "exit", at: 2, code: 0 });
		const before = performance.now();
		await link.close();
		expect(performance.now() - before).toBeLessThan(FAREWELL_MS + 150);
		const [message] = new WireDecoder().feed(last.read());
		expect(message).toEqual({
			kind: "event",
			event: { kind: "exit", at: 2, code: 0, sentBytes: MEGABYTE.length },
		});
	});

	it("does not wait at all when the recorder has everything", async () => {
		const { data, link } = setUp();
		data.wakeUp();
		await new Promise((resolve) => setImmediate(resolve));
		link.observe({ kind: "exit", at: 2, code: 0 });
		const before = performance.now();
		await link.close();
		expect(performance.now() - before).toBeLessThan(FAREWELL_MS / 2);
		expect(link.failure).toBeUndefined();
	});

	it("remembers the first reason the recorder gives, and takes nothing more", () => {
		const { data, link } = setUp();
		data.push("the disk is full\n");
		data.read(0);
		return new Promise<void>((resolve) => {
			setImmediate(() => {
				expect(link.failure).toEqual({ at: 5, reason: "the disk is full" });
				link.observe(output(1, MEGABYTE));
				expect(data.destroyed).toBe(true);
				resolve();
			});
		});
	});

	it("notices a recorder that is simply gone", async () => {
		const { data, link } = setUp();
		data.destroy(new Error("EPIPE"));
		await new Promise((resolve) => setImmediate(resolve));
		expect(link.failure?.reason).toBe("the recorder stopped unexpectedly");
		expect(() => link.observe({ kind: "exit", at: 2, code: 0 })).not.toThrow();
		await link.close();
	});

	it("notices a recorder that is dying, and has not closed everything yet", async () => {
		const { data, last, link } = setUp();
		data.wakeUp();
		last.destroy();
		await new Promise((resolve) => setImmediate(resolve));
		link.observe(output(1, new Uint8Array([1])));
		link.observe({ kind: "exit", at: 2, code: 0 });
		await link.close();
		expect(link.failure).toEqual({ at: 5, reason: "the recorder stopped unexpectedly" });
	});

	it("survives a channel that breaks while it says goodbye, and knows it", async () => {
		const data = new SlowRecorder();
		const last = new Writable({ write: (_chunk, _encoding, done) => done(new Error("EPIPE")) });
		const link = new RecorderLink({ channels: { data, last }, now: () => 5 });
		link.observe({ kind: "exit", at: 2, code: 0 });
		await expect(link.close()).resolves.toBeUndefined();
		expect(link.failure?.reason).toBe("the recorder stopped unexpectedly");
	});
});
