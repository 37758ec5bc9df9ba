/**
 * Writes bytes to a descriptor in order, without ever blocking the event loop: a terminal that has been
 * stopped with Ctrl-S, or a pipe nobody reads, holds back this queue and nothing else.
 *
 * What the other side can take is written at once, where a descriptor that cannot block is at hand: a key's echo does not
 * go through a queue of other threads. The rest waits there.
 */
import { writeSync, writev } from "node:fs";
import { Pages, type Room } from "./pages.ts";

/** Chunks handed to the kernel at once: enough to empty a burst, well below every platform's IOV_MAX (1024). */
const CHUNKS_PER_WRITE = 64;
/** Wait before asking a full non-blocking descriptor again; short against what a person notices. */
const RETRY_MS = 4;

export interface OrderedWriterOptions {
	readonly fd: number;
	/** A non-blocking descriptor of the same thing (it may be `fd` itself). */
	readonly quickFd?: number | undefined;
	/** Called when the queue has shrunk to `lowWater` after `write` had returned false. */
	readonly onDrain?: () => void;
	/** Called once when the other side is gone for good. */
	readonly onBroken?: (error: NodeJS.ErrnoException) => void;
	/** Start without writing, until `release()`. */
	readonly held?: boolean;
}

/**
 * Above this much unwritten data the source should pause. Whatever waits here stands before the echo of the next key: a few
 * screens are enough to keep a terminal busy.
 */
const HIGH_WATER_BYTES = 16 * 1024;
const LOW_WATER_BYTES = 4 * 1024;
const PAGE_BYTES = 64 * 1024;

interface Waiting {
	readonly bytes: Uint8Array;
	/** The memory that they stand in. */
	readonly room: Room | undefined;
}

export class OrderedWriter {
	readonly #fd: number;
	readonly #quickFd: number | undefined;
	readonly #onDrain: () => void;
	readonly #onBroken: (error: NodeJS.ErrnoException) => void;
	readonly #pages = new Pages(PAGE_BYTES, HIGH_WATER_BYTES + 2 * PAGE_BYTES);
	#queue: Waiting[] = [];
	#pending = 0;
	#state: "held" | "idle" | "writing" | "broken";
	#wantsDrain = false;
	#wantsHold = false;
	#waiters: (() => void)[] = [];

	constructor(options: OrderedWriterOptions) {
		this.#fd = options.fd;
		this.#quickFd = options.quickFd;
		this.#onDrain = options.onDrain ?? (() => {});
		this.#onBroken = options.onBroken ?? (() => {});
		this.#state = options.held === true ? "held" : "idle";
	}

	get pendingBytes(): number {
		return this.#pending;
	}

	/** Nothing stands before what would be written now. */
	get isIdle(): boolean {
		return this.#state === "idle";
	}

	/** Queues a chunk, by a copy where it has to wait; false asks the source to pause until `onDrain`. */
	write(chunk: Uint8Array): boolean {
		if (this.#state === "broken" || chunk.length === 0) return true;
		const rest = this.#state === "idle" ? this.#writeNow(chunk) : chunk;
		if (rest.length === 0) return true;
		this.#queue.push(this.#keep(rest));
		this.#pending += rest.length;
		if (this.#state === "idle") this.#pump();
		if (this.#pending <= HIGH_WATER_BYTES) return true;
		this.#wantsDrain = true;
		return false;
	}

	/** Holds everything back from now on; what is being written is finished. */
	hold(): void {
		if (this.#state === "idle") this.#state = "held";
		else if (this.#state === "writing") this.#wantsHold = true;
	}

	release(): void {
		this.#wantsHold = false;
		if (this.#state !== "held") return;
		this.#state = "idle";
		this.#pump();
	}

	/** Resolves when everything queued so far has been taken, or can no longer be. */
	async flushed(): Promise<void> {
		while (this.#pending > 0 && this.#state !== "broken") await this.#nextSettle();
	}

	/** What could not be written without waiting. In the idle state nothing stands before it. */
	#writeNow(chunk: Uint8Array): Uint8Array {
		if (this.#quickFd === undefined) return chunk;
		try {
			return chunk.subarray(writeSync(this.#quickFd, chunk));
		} catch {
			return chunk; // full, or gone: the other way waits for the one and tells of the other
		}
	}

	#keep(bytes: Uint8Array): Waiting {
		const room = this.#pages.take(bytes.length);
		if (room === undefined) return { bytes: new Uint8Array(bytes), room };
		room.bytes.set(bytes);
		return { bytes: room.bytes, room };
	}

	#nextSettle(): Promise<void> {
		return new Promise((resolve) => {
			this.#waiters.push(resolve);
		});
	}

	#pump(): void {
		if (this.#queue.length === 0) return;
		this.#state = "writing";
		const chunks = this.#queue.slice(0, CHUNKS_PER_WRITE).map(({ bytes }) => bytes);
		writev(this.#fd, chunks, (error, written) => {
			if (error === null) this.#took(written);
			else if (error.code === "EAGAIN" || error.code === "EINTR") setTimeout(() => this.#pump(), RETRY_MS);
			else this.#break(error);
		});
	}

	#took(written: number): void {
		this.#pending -= written;
		let left = written;
		while (left > 0) {
			const first = this.#queue[0];
			if (first === undefined) break;
			if (left < first.bytes.length) {
				this.#queue[0] = { ...first, bytes: first.bytes.subarray(left) };
				break;
			}
			left -= first.bytes.length;
			this.#queue.shift();
			this.#pages.giveBack(first.room);
		}
		this.#state = this.#wantsHold ? "held" : "idle";
		this.#wantsHold = false;
		this.#settle();
		if (this.#state === "idle") this.#pump();
		if (this.#wantsDrain && this.#pending <= LOW_WATER_BYTES) {
			this.#wantsDrain = false;
			this.#onDrain();
		}
	}

	#break(error: NodeJS.ErrnoException): void {
		this.#state = "broken";
		this.#queue = [];
		this.#pending = 0;
		this.#settle();
		this.#onBroken(error);
		if (this.#wantsDrain) this.#onDrain();
	}

	#settle(): void {
		const waiters = this.#waiters;
		this.#waiters = [];
		for (const resolve of waiters) resolve();
	}
}
