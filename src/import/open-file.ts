/** A file in chunks, however large it is, and its digest. */
import { createHash, createHmac } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Large enough to read at the disk's speed, small enough that progress and Ctrl-C stay lively. */
const CHUNK_BYTES = 256 * 1024;

export interface OpenFile extends Disposable {
	readonly bytes: number;
	readonly modifiedAt: number;
	/** From the beginning; `onRead` is told after each chunk. */
	readonly chunks: (onRead?: (bytes: number) => void) => Generator<Uint8Array, void>;
	/** Size and time of change are what they were when it was opened. */
	readonly isUnchanged: () => boolean;
}

export function openFile(path: string): OpenFile {
	const file = openSync(path, "r");
	const { size, mtimeMs } = fstatSync(file);
	return {
		bytes: size,
		modifiedAt: mtimeMs,
		chunks: (onRead) => readChunks(file, onRead),
		isUnchanged: () => {
			const now = fstatSync(file);
			return now.size === size && now.mtimeMs === mtimeMs;
		},
		[Symbol.dispose]: () => closeSync(file),
	};
}

function* readChunks(file: number, onRead?: (bytes: number) => void): Generator<Uint8Array, void> {
	for (let position = 0; ; ) {
		const chunk = new Uint8Array(CHUNK_BYTES);
		const count = readSync(file, chunk, 0, CHUNK_BYTES, position);
		if (count === 0) return;
		position += count;
		onRead?.(count);
		yield chunk.subarray(0, count);
	}
}

/**
 * The same for the same bytes, and without the installation's key no way back to what a short recording said: a bare
 * digest could be guessed.
 */
export function fingerprintOf(key: Uint8Array, files: readonly OpenFile[]): string {
	const keyed = createHmac("sha256", key).update("ctrace import");
	for (const file of files) {
		const hash = createHash("sha256");
		for (const chunk of file.chunks()) hash.update(chunk);
		keyed.update(hash.digest());
	}
	return keyed.digest("hex");
}
