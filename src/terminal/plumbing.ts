/**
 * A pseudo-terminal takes all three of a child's standard descriptors. When our own input or error is no terminal, the
 * child must not get one either: a shell, replaced by the command at once, puts a pipe in its place.
 */
import { closeSync, existsSync } from "node:fs";
import type { Readable } from "node:stream";
import {
	type FifoFolder,
	type InputPipe,
	makeFifos,
	type OutputPipe,
	openForInput,
	openForOutput,
} from "./fifo.ts";
import { relayInput } from "./input-relay.ts";
import { OutputRelay } from "./pipe-relay.ts";

/** $1: input or nothing, $2: error or nothing, $3: the folder of both, no longer needed once they are open. */
const SHIM = '[ -z "$1" ] || exec <"$1"; [ -z "$2" ] || exec 2>"$2"; rm -rf -- "$3"; shift 3; exec "$@"';
/** How often to look whether the shell has opened the pipes: a matter of a few milliseconds. */
const LOOK_MS = 5;

export interface Plumbing {
	/** What to start so that the command gets its pipes. */
	adapt(command: { readonly file: string; readonly args: readonly string[] }): {
		readonly file: string;
		readonly args: readonly string[];
	};
	/** Starts passing on, once the child runs. */
	connect(ends: {
		readonly input: () => Readable;
		readonly onInput: (bytes: Uint8Array) => void;
		readonly onError: (bytes: Uint8Array) => void;
	}): void;
	/** The child has ended: passes on the rest and tidies up. */
	finish(): Promise<void>;
}

const NO_PLUMBING: Plumbing = {
	adapt: ({ file, args }) => ({ file, args }),
	connect: () => {},
	finish: () => Promise.resolve(),
};

export async function preparePlumbing(
	needs: { readonly relayInput: boolean; readonly relayError: boolean },
	temporary: string,
): Promise<Plumbing> {
	if (!needs.relayInput && !needs.relayError) return NO_PLUMBING;
	const fifos = await makeFifos(temporary, ["input", "error"]);
	const [inputPath = "", errorPath = ""] = fifos.paths;
	return new PipePlumbing({
		fifos,
		input: needs.relayInput ? { path: inputPath, pipe: openForInput(inputPath) } : undefined,
		error: needs.relayError ? { path: errorPath, pipe: openForOutput(errorPath) } : undefined,
	});
}

interface PipeEnds {
	readonly fifos: FifoFolder;
	readonly input: { readonly path: string; readonly pipe: InputPipe } | undefined;
	readonly error: { readonly path: string; readonly pipe: OutputPipe } | undefined;
}

class PipePlumbing implements Plumbing {
	readonly #ends: PipeEnds;
	#errors: OutputRelay | undefined;

	constructor(ends: PipeEnds) {
		this.#ends = ends;
	}

	adapt(command: { readonly file: string; readonly args: readonly string[] }) {
		const { input, error, fifos } = this.#ends;
		const pipes = [input?.path ?? "", error?.path ?? "", fifos.folder];
		return { file: "sh", args: ["-c", SHIM, "ctrace", ...pipes, command.file, ...command.args] };
	}

	connect(ends: Parameters<Plumbing["connect"]>[0]): void {
		const { input, error, fifos } = this.#ends;
		const opened = untilGone(fifos.folder);
		if (input !== undefined) {
			relayInput({ source: ends.input(), fd: input.pipe.ours, onData: ends.onInput, childHasIt: opened });
			void opened.then(() => closeSync(input.pipe.theirs));
		}
		if (error !== undefined) {
			const errors = new OutputRelay({ pipe: error.pipe, sinkFd: 2, onData: ends.onError });
			this.#errors = errors;
			void opened.then(() => errors.childHasIt());
		}
	}

	async finish(): Promise<void> {
		this.#ends.fifos.remove();
		await this.#errors?.finish();
	}
}

async function untilGone(path: string): Promise<void> {
	while (existsSync(path)) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}
