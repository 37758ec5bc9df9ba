/** A commit as a stream for `git fast-import`: no working tree, all of it or nothing. Pure. */
import type { RepositoryFile } from "../layout/files.ts";

export interface CommitFacts {
	/** A ref of ctrace's own. */
	readonly ref: string;
	/** The commit it stands on; absent: the first one. */
	readonly parent?: string;
	readonly message: string;
	/** `Name <address>` */
	readonly author: string;
	/** Seconds since the Unix epoch. */
	readonly at: number;
	readonly write: readonly RepositoryFile[];
	readonly remove: readonly string[];
}

export function* commitStream(commit: CommitFacts): Generator<Uint8Array> {
	const { ref, parent, message, author, at, write, remove } = commit;
	yield Buffer.from(`feature done\ncommit ${ref}\ncommitter ${author} ${Math.floor(at)} +0000\n`);
	yield data(Buffer.from(message));
	yield Buffer.from(`\n${parent === undefined ? "" : `from ${parent}\n`}`);
	for (const path of remove) yield Buffer.from(`D ${path}\n`);
	for (const { path, bytes } of write) {
		yield Buffer.from(`M 100644 inline ${path}\n`);
		yield data(bytes);
		yield Buffer.from("\n");
	}
	yield Buffer.from("\ndone\n");
}

function data(bytes: Uint8Array): Uint8Array {
	return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes]);
}
