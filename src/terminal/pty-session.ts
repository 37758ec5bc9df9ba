/**
 * One command on a pseudo-terminal, mirrored to the user's own:
 *
 *   keys    outer terminal ─► child         output   child ─► outer terminal
 *                     └─ copy                           └─ copy, and the modes left on
 *
 * Mirror first, observe after. The child's end is passed on when its last byte has been shown.
 */
import type { TerminalSize } from "../core/event.ts";
import type { ChildExit } from "./child-exit.ts";
import { directWay, sequencePicker } from "./direct-way.ts";
import { ModeTracker } from "./mode-tracker.ts";
import type { PtyChild } from "./native-pty.ts";
import { type Observe, shielded } from "./observer.ts";
import { OrderedWriter } from "./ordered-writer.ts";
import type { OuterTerminal } from "./outer-terminal.ts";
import { PtyReader } from "./pty-reader.ts";
import { hasSuspendKey } from "./suspend-key.ts";

/**
 * After the child's exit its terminal ends as soon as nobody else has it open. A background process may keep it
 * for ever: then silence of this length means that the child's own last bytes have all arrived.
 */
export const DRAIN_QUIET_MS = 100;
/** And a background process that keeps talking cannot hold the prompt back longer than this. */
export const DRAIN_LIMIT_MS = 1000;
const DRAIN_STEP_MS = 10;
/** A program that stops says a last word before; this is how long it may be on its way through the system. */
const LAST_WORDS_MS = 20;

export interface PtySessionOptions {
	readonly child: PtyChild;
	readonly outer: OuterTerminal;
	readonly observe: Observe;
	/** Milliseconds since the session started. */
	readonly now: () => number;
	readonly size: TerminalSize;
	/** The key that suspends was typed. */
	readonly onSuspendKey: () => void;
}

export class PtySession {
	readonly #child: PtyChild;
	readonly #outer: OuterTerminal;
	readonly #observe: Observe;
	readonly #now: () => number;
	readonly #modes = new ModeTracker(sequencePicker());
	readonly #master: PtyReader;
	readonly #toUser: OrderedWriter;
	readonly #toChild: OrderedWriter;
	#size: TerminalSize;
	#lastOutput = 0;

	constructor(options: PtySessionOptions) {
		this.#child = options.child;
		this.#outer = options.outer;
		this.#observe = shielded(options.observe);
		this.#now = options.now;
		this.#size = options.size;
		this.#master = new PtyReader(
			options.child.fd,
			(bytes, passed) => this.#mirrorOutput(bytes, passed),
			directWay({
				from: options.child.fd,
				to: options.outer.quickOutputFd,
				isFree: () => this.#toUser.isIdle,
				keys: () => options.outer.keysFd,
			}),
		);
		this.#toUser = new OrderedWriter({
			fd: options.outer.outputFd,
			quickFd: options.outer.quickOutputFd,
			held: true, // until the user's terminal no longer changes what passes
			onDrain: () => this.#master.resume(),
		});
		this.#toChild = new OrderedWriter({
			fd: options.child.fd,
			quickFd: options.child.fd,
			onDrain: () => options.outer.resumeKeys(),
		});
		options.outer.onKeys((keys) => this.#mirrorKeys(keys, options.onSuspendKey));
	}

	/** From now on output is shown. */
	show(): void {
		this.#toUser.release();
	}

	/** Shows what is under way, then lets output wait, while the user's terminal is in the hands of somebody else. */
	async hide(): Promise<void> {
		await delay(LAST_WORDS_MS);
		await this.#toUser.flushed();
		this.#toUser.hold();
	}

	/** Takes over the outer terminal's size. */
	resize(): void {
		const size = this.#outer.size();
		if (size.cols === this.#size.cols && size.rows === this.#size.rows) return;
		this.#size = size;
		tryResize(this.#child, size);
		this.#observe({ kind: "resize", at: this.#now(), ...size });
	}

	/** Resolves when the child has ended and everything it said is on the user's terminal. */
	async finished(): Promise<ChildExit> {
		const exit = await this.#child.exited;
		await this.#drained();
		this.#observe({ kind: "exit", at: this.#now(), code: exit.code, signal: exit.signal });
		const reset = this.#modes.resetFor(exit);
		if (reset !== "") this.#toUser.write(Buffer.from(reset, "latin1"));
		await this.#toUser.flushed();
		return exit;
	}

	#mirrorOutput(bytes: Uint8Array, passed: number): void {
		const canTakeMore = this.#toUser.write(bytes.subarray(passed));
		if (!canTakeMore) this.#master.pause();
		this.#lastOutput = this.#now();
		this.#observe({ kind: "output", at: this.#lastOutput, data: bytes });
		this.#modes.feed(bytes);
	}

	#mirrorKeys(keys: Uint8Array, onSuspendKey: () => void): void {
		const canTakeMore = this.#toChild.write(keys);
		if (!canTakeMore) this.#outer.pauseKeys();
		this.#observe({ kind: "input", at: this.#now(), data: keys });
		if (hasSuspendKey(keys)) onSuspendKey();
	}

	async #drained(): Promise<void> {
		let isOver = false;
		const ended = this.#master.ended.then(() => {
			isOver = true;
		});
		let spent = 0;
		let quiet = 0;
		while (spent < DRAIN_LIMIT_MS && quiet < DRAIN_QUIET_MS) {
			const before = this.#lastOutput;
			await Promise.race([ended, delay(DRAIN_STEP_MS)]);
			if (isOver) return;
			if (this.#master.isPaused) continue; // the user's terminal is the slow one: that is not the child's time
			spent += DRAIN_STEP_MS;
			quiet = this.#lastOutput === before ? quiet + DRAIN_STEP_MS : 0;
		}
	}
}

function delay(ms: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, ms);
	});
}

function tryResize(child: PtyChild, size: TerminalSize): void {
	try {
		child.resize(size);
	} catch {
		// The child closed its terminal: there is nothing to resize.
	}
}
