/**
 * The wrapper's side of the pipe to the recorder. It takes copies, never waits, and never throws: when the
 * recorder is slow it keeps a bounded amount and then counts what it drops; when the recorder is gone it
 * remembers why, for the one line after the command's exit.
 *
 * Two channels: `data` carries the session, `last` carries only the end of it, so that the exit never
 * stands behind a full pipe.
 */
import type { Duplex, Writable } from "node:stream";
import type { TerminalEvent } from "../core/event.ts";
import { encodeEvent, RECORD_HEAD_BYTES, readNote } from "../core/wire.ts";
import { Pages } from "../terminal/pages.ts";
import { PASS_BYTES } from "../terminal/pty-reader.ts";

/** Copies that may wait for the recorder, which reads at once and has a larger queue of its own; small beside the wrapper itself. */
export const QUEUE_MAX_BYTES = 8 * 1024 * 1024;
/** At the command's end the user waits at most this long for the recorder to take the rest of the queue. */
export const FAREWELL_MS = 150;
/**
 * What passes within so long goes to the recorder together: woken at each key and again at its echo, it would take the processor
 * from the command that is about to answer.
 */
const GATHER_MS = 4;
/** A report of the recorder is one short line. */
const MAX_REPORT_BYTES = 4096;

export interface RecorderChannels {
	readonly data: Duplex;
	readonly last: Writable;
}

export interface LinkFailure {
	/** Milliseconds since the session started. */
	readonly at: number;
	readonly reason: string;
}

export class RecorderLink {
	readonly #now: () => number;
	readonly #channels: RecorderChannels;
	readonly #pages = new Pages(PASS_BYTES + RECORD_HEAD_BYTES, QUEUE_MAX_BYTES);
	#failure: LinkFailure | undefined;
	#lostBytes = 0;
	#sentBytes = 0;
	#report = "";
	#pauses = { isPaused: false, count: 0 };
	#state: "open" | "closing" | "failed" = "open";
	#isGathering = false;
	/** The other channel is closed, which the recorder holds open as long as it lives; dying, it may take a while to close this one. */
	#isDying = false;

	constructor(options: {
		readonly channels: RecorderChannels;
		readonly now: () => number;
	}) {
		this.#now = options.now;
		this.#channels = options.channels;
		this.#listen();
	}

	/** What went wrong, if anything did. */
	get failure(): LinkFailure | undefined {
		return this.#failure;
	}

	/** The recorder is gone, or gave up. The first reason stays. */
	fail(reason: string): void {
		if (this.#state === "failed") return;
		this.#state = "failed";
		this.#failure = { reason, at: this.#now() };
		this.#channels.data.destroy();
		this.#channels.last.destroy();
	}

	/** How often the person paused the recording, and whether it still is. */
	get pauses(): { readonly isPaused: boolean; readonly count: number } {
		return this.#pauses;
	}

	observe(event: TerminalEvent): void {
		if (this.#state !== "open") return;
		if (event.kind === "exit") this.#sayGoodbye(event);
		else this.#copy(event);
	}

	#copy(event: TerminalEvent): void {
		const size = "data" in event ? event.data.length : 0;
		if (this.#channels.data.writableLength + size > QUEUE_MAX_BYTES) {
			this.#lostBytes += size;
			return;
		}
		if (this.#lostBytes > 0 && this.#hasRoom()) this.#admitLoss(event.at);
		if (this.#lostBytes > 0 && size > 0) this.#lostBytes += size;
		else {
			this.#sentBytes += size;
			this.#gather();
			const room = size === 0 ? undefined : this.#pages.take(size + RECORD_HEAD_BYTES);
			this.#channels.data.write(encodeEvent(event, room?.bytes), () => this.#pages.giveBack(room));
		}
	}

	#gather(): void {
		if (this.#isGathering) return;
		const { data } = this.#channels;
		this.#isGathering = true;
		data.cork();
		setTimeout(() => {
			this.#isGathering = false;
			data.uncork();
		}, GATHER_MS);
	}

	/** Resolves when the recorder has everything, or the farewell time is over; it knows how much there was. */
	async close(): Promise<void> {
		if (this.#state !== "closing") return;
		const { data } = this.#channels;
		await new Promise((resolve) => setImmediate(resolve)); // a recorder that is gone says so by now
		if (this.#isDying) this.fail(GONE);
		if (data.writableLength > 0 && !data.destroyed) await settled(data, FAREWELL_MS);
	}

	#sayGoodbye(exit: TerminalEvent & { readonly kind: "exit" }): void {
		this.#state = "closing";
		const { data, last } = this.#channels;
		if (this.#lostBytes > 0) {
			last.write(encodeEvent({ kind: "gap", at: exit.at, reason: SLOW, lostBytes: this.#lostBytes }));
		}
		last.write(encodeEvent({ ...exit, sentBytes: this.#sentBytes }));
		data.end();
	}

	#hasRoom(): boolean {
		return this.#channels.data.writableLength < QUEUE_MAX_BYTES / 2;
	}

	#admitLoss(at: number): void {
		this.#channels.data.write(encodeEvent({ kind: "gap", at, reason: SLOW, lostBytes: this.#lostBytes }));
		this.#lostBytes = 0;
	}

	#listen(): void {
		const gone = () => {
			if (this.#state === "open") this.fail(GONE); // later, its end is expected
		};
		const { data, last } = this.#channels;
		const broken = () => this.fail(GONE);
		data.on("error", broken);
		last.on("error", broken);
		data.on("close", gone);
		last.on("close", () => {
			this.#isDying ||= this.#state === "open";
		});
		data.on("data", (bytes: Buffer) => {
			this.#report = (this.#report + bytes.toString("utf8")).slice(0, MAX_REPORT_BYTES);
			for (let end = this.#report.indexOf("\n"); end !== -1; end = this.#report.indexOf("\n")) {
				this.#hear(this.#report.slice(0, end));
				this.#report = this.#report.slice(end + 1);
			}
		});
	}

	#hear(line: string): void {
		const note = readNote(line);
		if (note === undefined) this.fail(line);
		else
			this.#pauses = { isPaused: note === "paused", count: this.#pauses.count + Number(note === "paused") };
	}
}

const GONE = "the recorder stopped unexpectedly";
/** Why the wrapper itself had to leave something out. */
const SLOW = "the recorder could not keep up";

function settled(stream: Writable, limitMs: number): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, limitMs);
		const done = () => {
			clearTimeout(timer);
			resolve();
		};
		stream.once("finish", done);
		stream.once("close", done);
	});
}
