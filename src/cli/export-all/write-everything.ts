/** Every session in forms that need no ctrace: to read, to work on, to play. What was masked stays masked. */
import { setImmediate as letOthersRun } from "node:timers/promises";
import { exportSession } from "../../store/export-v1.ts";
import type { Store, StoredSession } from "../../store/store.ts";
import type { CliContext } from "../context.ts";
import { renderExport } from "../render/export-formats.ts";
import { renderScreen } from "../render/screen-export.ts";
import { formatBytes } from "../text/bytes.ts";
import { openPlace, type Place } from "./place.ts";

const INTERRUPTED_EXIT = 130;

const READ_ME = `Everything that ctrace kept, as it kept it: masked.

index.json           the sessions, oldest first, with the names of their files
sessions/…/ID.json   a session with its turns: the published form, version 1
sessions/…/ID.md     the same, to read
sessions/…/ID.cast   what the screen looked like, where it was kept: an asciicast, for asciinema
`;

export async function writeEverything(context: CliContext, path: string): Promise<number> {
	const isInterrupted = context.untilInterrupted();
	using store = context.openStore();
	const ids = store.listSessions().map(({ session }) => session.id);
	const place = openPlace(path);
	try {
		const bytes = await writeAll({ context, store, place, isInterrupted }, ids.reverse());
		clearLine(context);
		if (bytes === undefined) {
			await place.giveUp();
			context.stderr.write("Broken off; nothing was kept.\n");
			return INTERRUPTED_EXIT;
		}
		await place.finish();
		context.stdout.write(
			`${ids.length} session${ids.length === 1 ? "" : "s"}, ${formatBytes(bytes)}: ${path}\n`,
		);
		return 0;
	} catch (error) {
		await place.giveUp();
		throw error;
	}
}

interface Writing {
	readonly context: CliContext;
	readonly store: Store;
	readonly place: Place;
	readonly isInterrupted: () => boolean;
}

/** Gives how much it was before packing; undefined: it was broken off. */
async function writeAll(writing: Writing, ids: readonly string[]): Promise<number | undefined> {
	const { context, store, place, isInterrupted } = writing;
	const index: object[] = [];
	let bytes = 0;
	for (const [done, id] of ids.entries()) {
		if (isInterrupted()) return undefined;
		if (context.stderr.isTerminal) context.stderr.write(`\r\x1b[K${done + 1} of ${ids.length} sessions`);
		const stored = store.readSession(id);
		const files = filesOf(context, store, stored);
		for (const [name, text] of files) {
			await place.put(name, text, stored.session.startedAt);
			bytes += Buffer.byteLength(text);
		}
		index.push({ ...exportSession(stored.session, context), files: files.map(([name]) => name) });
		await letOthersRun(); // so that a wish to stop is heard
	}
	await place.put("index.json", `${JSON.stringify(index, undefined, "\t")}\n`, context.now());
	await place.put("README.txt", READ_ME, context.now());
	return bytes;
}

function filesOf(
	context: CliContext,
	store: Store,
	stored: StoredSession,
): readonly (readonly [name: string, text: string])[] {
	const { id, startedAt } = stored.session;
	const month = new Date(startedAt).toISOString().slice(0, 7).replace("-", "/");
	const base = `sessions/${month}/${id}`;
	const isRecorded = store.recordings.places(id).length > 0;
	return [
		[`${base}.json`, renderExport("json", stored, context)],
		[`${base}.md`, renderExport("markdown", stored, context)],
		...(isRecorded ? [[`${base}.cast`, renderScreen("cast", { store, stored })] as const] : []),
	];
}

function clearLine({ stderr }: CliContext): void {
	if (stderr.isTerminal) stderr.write("\r\x1b[K");
}
