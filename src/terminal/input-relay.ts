/** Passes our own input on to a child through a pipe: back pressure, end of input and a child that stops reading included. */
import { closeSync } from "node:fs";
import type { Readable } from "node:stream";
import { OrderedWriter } from "./ordered-writer.ts";

export interface InputRelayOptions {
	readonly source: Readable;
	/** Writing end of the child's input. */
	readonly fd: number;
	readonly onData: (bytes: Uint8Array) => void;
	/** Resolves when the child surely has its end open: only then may ours be closed. */
	readonly childHasIt: Promise<void>;
}

export function relayInput(options: InputRelayOptions): void {
	const { source } = options;
	let isOpen = true;
	const close = () => {
		if (isOpen) closeSync(options.fd);
		isOpen = false;
	};
	const writer = new OrderedWriter({
		fd: options.fd,
		onDrain: () => source.resume(),
		onBroken: () => {
			source.pause();
			close();
		},
	});
	source.on("data", (bytes: Buffer) => {
		if (!writer.write(bytes)) source.pause();
		options.onData(bytes);
	});
	const end = async () => {
		await writer.flushed();
		await options.childHasIt;
		close();
	};
	source.on("end", () => void end());
	source.on("error", () => void end());
}
