/** Where everything is written: a new folder, or an archive. Either is whole, or plainly not there. */

import { once } from "node:events";
import {
	createWriteStream,
	mkdirSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { createGzip } from "node:zlib";
import { CtraceError } from "../../core/errors.ts";
import { tarEnd, tarEntry } from "./tar.ts";

export interface Place {
	/** `name`: a relative path. */
	put(name: string, text: string, modifiedAt: number): Promise<void>;
	/** All of it is there. */
	finish(): Promise<void>;
	/** What was written of it goes. */
	giveUp(): Promise<void>;
}

const OWNER_ONLY = { file: 0o600, folder: 0o700 } as const;
const ARCHIVE = /\.(?:tar\.gz|tgz)$/;

/** Throws `usage` where something is there already, `permission` where nothing can be made. */
export function openPlace(path: string): Place {
	if (isTaken(path))
		throw new CtraceError("usage", `${path} is there already`, {
			hint: "Name a new folder, or a new archive that ends in .tar.gz.",
		});
	try {
		mkdirSync(dirname(path), { recursive: true });
		return ARCHIVE.test(path) ? openArchive(path) : openFolder(path);
	} catch (cause) {
		throw new CtraceError("permission", `${path} cannot be made`, { cause });
	}
}

function isTaken(path: string): boolean {
	const stats = statSync(path, { throwIfNoEntry: false });
	return stats !== undefined && !(stats.isDirectory() && readdirSync(path).length === 0);
}

function openFolder(path: string): Place {
	mkdirSync(path, { recursive: true, mode: OWNER_ONLY.folder });
	return {
		put: async (name, text) => {
			const file = join(path, name);
			mkdirSync(dirname(file), { recursive: true, mode: OWNER_ONLY.folder });
			writeFileSync(file, text, { mode: OWNER_ONLY.file, flag: "wx" });
		},
		finish: async () => {},
		giveUp: async () => rmSync(path, { recursive: true, force: true }),
	};
}

function openArchive(path: string): Place {
	const draft = `${path}.part`;
	const file = createWriteStream(draft, { mode: OWNER_ONLY.file });
	const gzip = createGzip();
	let failure: Error | undefined;
	for (const stream of [file, gzip])
		stream.on("error", (error: Error) => {
			failure ??= error;
		});
	gzip.pipe(file);
	const write = async (bytes: Buffer) => {
		if (failure !== undefined) throw failure;
		if (!gzip.write(bytes)) await Promise.race([once(gzip, "drain"), once(file, "error")]);
	};
	return {
		put: (name, text, modifiedAt) => write(tarEntry(`ctrace/${name}`, Buffer.from(text), modifiedAt)),
		finish: async () => {
			await write(tarEnd());
			const done = once(file, "close");
			gzip.end();
			await done;
			if (failure !== undefined) throw failure;
			renameSync(draft, path);
		},
		giveUp: async () => {
			gzip.destroy();
			file.destroy();
			rmSync(draft, { force: true });
		},
	};
}
