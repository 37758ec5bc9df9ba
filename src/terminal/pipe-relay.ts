/** Passes on what a child writes into a pipe, byte for byte, with the back pressure and the broken pipe of the real sink. */
import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { Socket } from "node:net";
import type { OutputPipe } from "./fifo.ts";
import { OrderedWriter } from "./ordered-writer.ts";

/** After the child's exit its own bytes are all in the pipe; silence of this length means they have been read. */
const PIPE_QUIET_MS = 20;

export interface OutputRelayOptions {
	readonly pipe: OutputPipe;
	/** Our own descriptor that the child's output is meant for. */
	readonly sinkFd: number;
	readonly onData: (bytes: Uint8Array) => void;
}

export class OutputRelay {
	readonly #pipe: OutputPipe;
	readonly #sinkFd: number;
	readonly #source: Socket;
	readonly #writer: OrderedWriter;
	readonly #ended: Promise<"ended">;
	#lastData = 0;
	#state: "relaying" | "broken" = "relaying";

	constructor(options: OutputRelayOptions) {
		this.#pipe = options.pipe;
		this.#sinkFd = options.sinkFd;
		this.#source = new Socket({ fd: options.pipe.ours, readable: true, writable: false });
		this.#writer = new OrderedWriter({
			fd: options.sinkFd,
			onDrain: () => this.#source.resume(),
			onBroken: () => this.#breakOff(),
		});
		this.#ended = new Promise((resolve) => {
			for (const event of ["end", "error", "close"]) this.#source.on(event, () => resolve("ended"));
		});
		this.#source.on("data", (bytes: Buffer) => {
			this.#lastData += 1;
			const canTakeMore = this.#writer.write(bytes);
			if (!canTakeMore) this.#source.pause();
			options.onData(bytes);
		});
	}

	/** The child has its end by now: ours must not keep the pipe from ending. */
	childHasIt(): void {
		closeSync(this.#pipe.theirs);
	}

	/** The child has exited: passes on the rest. A background process that keeps the pipe gets a `cat` to take over. */
	async finish(): Promise<void> {
		while (true) {
			const before = this.#lastData;
			const outcome = await Promise.race([this.#ended, quietFor(PIPE_QUIET_MS)]);
			if (outcome === "ended") break;
			if (this.#source.isPaused() || this.#lastData !== before) continue;
			await this.#writer.flushed();
			await this.#handOver();
			return;
		}
		await this.#writer.flushed();
	}

	/** Nobody reads the real sink any more: the child is to learn it just as it would without us. */
	#breakOff(): void {
		if (this.#state === "broken") return;
		this.#state = "broken";
		this.#source.destroy();
		closeSync(this.#pipe.spare);
	}

	async #handOver(): Promise<void> {
		if (this.#state === "broken") return;
		this.#source.destroy();
		const cat = spawn("cat", [], {
			stdio: [this.#pipe.spare, this.#sinkFd, "ignore"],
			detached: true,
			cwd: "/",
		});
		await new Promise<void>((resolve) => {
			cat.on("spawn", resolve);
			cat.on("error", () => resolve());
		});
		cat.unref();
	}
}

function quietFor(ms: number): Promise<"quiet"> {
	return new Promise((resolve) => {
		setTimeout(() => resolve("quiet"), ms);
	});
}
