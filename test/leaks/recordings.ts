/** What the screen looked like, as it is stored: every chunk unpacked, and every picture as its rows read. */
import { join } from "node:path";
import Database from "better-sqlite3";
import { textOfRow } from "../../src/core/picture.ts";
import type { RecordingChunk } from "../../src/core/recording.ts";
import { decodeChunk } from "../../src/replay/decode.ts";
import { unpack } from "../../src/replay/pack.ts";
import type { Place } from "./place.ts";
import type { Source } from "./search.ts";

interface ChunkRow extends Pick<RecordingChunk, "seq" | "encoding" | "bytes"> {
	readonly session_key: number;
}

export interface Recordings {
	readonly sources: readonly Source[];
	readonly pictures: number;
}

/** Copies the rows: whoever asks must be done before the files are searched. */
export function collectRecordings(place: Place): Recordings {
	const db = new Database(join(place.ctraceHome, "data", "ctrace.db"), { readonly: true });
	const rows = db
		.prepare<[], ChunkRow>("SELECT session_key, seq, encoding, bytes FROM recording_chunks")
		.all();
	db.close();
	let pictures = 0;
	const sources = rows.flatMap((row) => {
		const raw = unpack(row);
		const texts = decodeChunk(raw).flatMap((moment) =>
			moment.kind === "picture" ? [moment.picture.rows.map(textOfRow)] : [],
		);
		pictures += texts.length;
		const name = `recording ${row.session_key}/${row.seq}`;
		return [
			{ name: `${name}, unpacked`, bytes: raw },
			{ name: `${name}, its rows`, bytes: Buffer.from(texts.map((lines) => lines.join("\n")).join("\n\n")) },
			{ name: `${name}, joined`, bytes: Buffer.from(texts.map((lines) => lines.join("")).join("\n\n")) },
		];
	});
	return { sources, pictures };
}
