/**
 * One session's recorder: what the wrapper hands over becomes the pipeline's food.
 *
 *   data channel ─► decoder ─► queue ─► pipeline        reading always goes first
 *   last channel ─► the end of the session, kept apart so that a full data channel cannot hold it up
 *
 *   waiting ─start─► recording ─both channels ended─► draining ─queue empty─► closed
 *        any state ─pipeline gives up─► failed
 */
import type { Readable, Writable } from "node:stream";
import { CtraceError } from "../core/errors.ts";
import type { TerminalEvent } from "../core/event.ts";
import type { SessionStatus } from "../core/session.ts";
import { noteLine, type SessionStart, WireDecoder, type WireMessage } from "../core/wire.ts";
import { EventQueue } from "./event-queue.ts";
import type { Pipeline } from "./pipeline.ts";

/** Frames settle and turns are saved by time, also when nothing is said: four times within the promised second. */
export const TICK_MS = 250;
/** How long the pipeline may work before the channels are looked at again. */
const SLICE_MS = 8;

/** Why the end of a flood may be missing. */
const TOO_LATE = "the command ended before its last output could be handed over";

/** The recording was paused, or goes on. */
export type TellPause = (isPaused: boolean) => void;

export type CreatePipeline = (start: SessionStart, tell: TellPause) => Pipeline;

export interface RecorderOptions {
	readonly data: Readable;
	readonly last: Readable;
	/** Where the wrapper is told, in one line, why there is no recording any more. */
	readonly report: Writable;
	readonly createPipeline: CreatePipeline;
	/** Milliseconds since the Unix epoch. */
	readonly now: () => number;
}

type State =
	| { readonly kind: "waiting" }
	| { readonly kind: "recording"; readonly start: SessionStart; readonly pipeline: Pipeline }
	| { readonly kind: "over" };

export class Recorder {
	readonly #options: RecorderOptions;
	readonly #queue = new EventQueue();
	readonly #dataDecoder = new WireDecoder();
	readonly #lastDecoder = new WireDecoder();
	readonly #lastWords: TerminalEvent[] = [];
	readonly #done: Promise<"closed" | "failed">;
	#settle: (outcome: "closed" | "failed") => void = () => {};
	#state: State = { kind: "waiting" };
	#openChannels = 2;
	#pumping: NodeJS.Immediate | undefined;
	#lastAt = 0;
	#receivedBytes = 0;
	#finish: Pipeline["finish"];

	constructor(options: RecorderOptions) {
		this.#options = options;
		this.#done = new Promise((resolve) => {
			this.#settle = resolve;
		});
		this.#listen(options.data, this.#dataDecoder, (event) => this.#receive(event));
		this.#listen(options.last, this.#lastDecoder, (event) => this.#lastWords.push(event));
	}

	/** Resolves when the session is closed and everything is durable, or when recording had to be given up. */
	async finished(): Promise<"closed" | "failed"> {
		const ticking = setInterval(() => this.#guard(() => this.#tick()), TICK_MS);
		const outcome = await this.#done;
		clearInterval(ticking);
		if (outcome === "closed") await this.#finish?.();
		return outcome;
	}

	/** The machine goes down: closes what there is, at once. */
	stop(): void {
		this.#finish = undefined;
		this.#guard(() => this.#drainAndClose());
	}

	#listen(channel: Readable, decoder: WireDecoder, take: (event: TerminalEvent) => void): void {
		let isOpen = true;
		const ended = () => {
			if (!isOpen) return;
			isOpen = false;
			this.#openChannels -= 1;
			this.#schedule();
		};
		channel.on("data", (bytes: Buffer) => {
			this.#guard(() => {
				for (const message of decoder.feed(bytes)) this.#take(message, take);
			});
			this.#schedule();
		});
		for (const event of ["end", "error", "close"]) channel.on(event, ended); // an error is the wrapper's death
	}

	#receive(event: TerminalEvent): void {
		if ("data" in event) this.#receivedBytes += event.data.length;
		this.#queue.push(event);
	}

	#take(message: WireMessage, take: (event: TerminalEvent) => void): void {
		if (message.kind === "event") take(message.event);
		else if (this.#state.kind === "waiting") {
			const pipeline = this.#options.createPipeline(message.start, (isPaused) => {
				if (this.#options.report.writable) this.#options.report.write(noteLine(isPaused));
			});
			this.#state = { kind: "recording", start: message.start, pipeline };
			this.#finish = () => pipeline.finish?.() ?? Promise.resolve();
		}
	}

	#schedule(): void {
		this.#pumping ??= setImmediate(() => {
			this.#pumping = undefined;
			this.#guard(() => this.#pump());
		});
	}

	/** One slice of work; when nothing more will come and nothing is left, the end. */
	#pump(): void {
		this.#feedUntil(this.#options.now() + SLICE_MS);
		if (!this.#queue.isEmpty) this.#schedule();
		else if (this.#openChannels === 0) this.#drainAndClose();
	}

	#feedUntil(deadline: number): void {
		if (this.#state.kind !== "recording") return;
		while (!this.#queue.isEmpty && this.#options.now() < deadline) {
			const event = this.#queue.shift();
			if (event !== undefined) this.#feed(this.#state.pipeline, event);
		}
	}

	#feed(pipeline: Pipeline, event: TerminalEvent): void {
		this.#lastAt = Math.max(this.#lastAt, event.at);
		pipeline.feed(event.at === this.#lastAt ? event : { ...event, at: this.#lastAt });
	}

	#tick(): void {
		if (this.#state.kind !== "recording" || !this.#queue.isEmpty) return;
		this.#lastAt = Math.max(this.#lastAt, this.#options.now() - this.#state.start.startedAt);
		this.#state.pipeline.tick(this.#lastAt);
	}

	#drainAndClose(): void {
		const state = this.#state;
		if (state.kind === "over") return;
		if (state.kind === "recording") {
			this.#feedUntil(Number.POSITIVE_INFINITY);
			for (const event of this.#lastWords) this.#sayLast(state.pipeline, event);
			state.pipeline.close(this.#lastAt, this.#status(state.start));
		}
		this.#state = { kind: "over" };
		this.#settle("closed");
	}

	/** The wrapper does not wait for a full channel: what was still in it when it left is missing, and that is said. */
	#sayLast(pipeline: Pipeline, event: TerminalEvent): void {
		const missing = event.kind === "exit" ? (event.sentBytes ?? 0) - this.#receivedBytes : 0;
		if (missing > 0)
			this.#feed(pipeline, { kind: "gap", at: event.at, reason: TOO_LATE, lostBytes: missing });
		this.#feed(pipeline, event);
	}

	#status(start: SessionStart): SessionStatus {
		if (start.childPid === undefined) return "failed";
		return this.#lastWords.some((event) => event.kind === "exit") ? "complete" : "lost";
	}

	/** Whatever the pipeline throws ends the recording, never more. */
	#guard(step: () => void): void {
		if (this.#state.kind === "over") return;
		try {
			step();
		} catch (error) {
			const state = this.#state;
			this.#state = { kind: "over" };
			this.#options.report.write(`${describe(error)}\n`);
			if (state.kind === "recording") closeQuietly(state.pipeline, this.#lastAt);
			this.#settle("failed");
		}
	}
}

/** Saves what can still be saved; the reason has been reported already. */
function closeQuietly(pipeline: Pipeline, at: number): void {
	try {
		pipeline.close(at, "lost");
	} catch {
		// The same disk is still full.
	}
}

/** One line without content: what went wrong, not what was being recorded. */
function describe(error: unknown): string {
	if (error instanceof CtraceError) return error.message.split("\n", 1)[0] ?? error.code;
	return "the recorder made a mistake of its own";
}
