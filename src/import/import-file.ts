/** One recording, through the stages of a live session, into the store: whole, or not at all. */
import { isAbsolute } from "node:path";
import { CtraceError } from "../core/errors.ts";
import type { TerminalSize } from "../core/event.ts";
import type { SessionStart } from "../core/wire.ts";
import { openSession, type Stages } from "../recorder/open-session.ts";
import { createTurnSource } from "../recorder/turn-source.ts";
import { openRecording } from "../recordings/open-recording.ts";
import type { Recording, RecordingFormat } from "../recordings/recording.ts";
import type { Recorder } from "../store/store.ts";
import type { FoundFile } from "./find-recordings.ts";
import { fingerprintOf, type OpenFile, openFile } from "./open-file.ts";
import { withoutTimes } from "./untimed.ts";

export interface ImportTools {
	readonly stages: Stages;
	readonly recorder: Recorder;
	readonly size?: TerminalSize;
	readonly timing?: string;
	/** Tells of bytes that were read, and lets others work; throws to stop where it is. */
	readonly pause: (newBytes: number) => Promise<void>;
}

export type FileOutcome =
	| {
			readonly kind: "imported";
			readonly file: string;
			readonly format: RecordingFormat;
			readonly sessionId: string;
			readonly turns: number;
	  }
	| { readonly kind: "unchanged"; readonly file: string; readonly sessionId: string };

/** Throws what is wrong with the file, or with the store. */
export async function importFile(found: FoundFile, tools: ImportTools): Promise<FileOutcome> {
	using file = openFile(found.file);
	using timing = tools.timing === undefined ? undefined : openFile(tools.timing);
	const { store, key } = tools.stages;
	const fingerprint = fingerprintOf(key, timing === undefined ? [file] : [file, timing]);
	const known = store.findImport(fingerprint);
	if (known !== undefined) {
		await tools.pause(file.bytes);
		return { kind: "unchanged", file: found.file, sessionId: known };
	}
	return await record(found, { file, timing, fingerprint }, tools);
}

interface Source {
	readonly file: OpenFile;
	readonly timing: OpenFile | undefined;
	readonly fingerprint: string;
}

async function record(found: FoundFile, source: Source, tools: ImportTools): Promise<FileOutcome> {
	const { file, timing, fingerprint } = source;
	let unread = 0;
	const chunks = file.chunks((bytes) => {
		unread += bytes;
	});
	const recording = openRecording(found.format, {
		chunks,
		...(timing === undefined ? {} : { timing: timing.chunks() }),
		...(tools.size === undefined ? {} : { size: tools.size }),
	});
	const session = startSession(recording, file, { ...tools, fingerprint });
	let at = 0;
	for (const event of recording.events) {
		at = event.at;
		session.feed(event);
		if (unread > 0) {
			await tools.pause(unread);
			unread = 0;
		}
	}
	if (!file.isUnchanged()) throw new CtraceError("input", "it was changed while it was read");
	const sessionId = session.finish(at);
	const turns = tools.stages.store.readSession(sessionId).turns.length;
	return { kind: "imported", file: found.file, format: found.format, sessionId, turns };
}

/** Who recorded it is unknown, and so is on which machine: that is left out, not filled in with this one. */
function startSession(
	recording: Recording,
	file: OpenFile,
	tools: ImportTools & { readonly fingerprint: string },
) {
	const { stages, recorder, fingerprint } = tools;
	const start = toStart(recording, file.modifiedAt);
	const source = createTurnSource(start, stages.look);
	const id = stages.ids();
	const pipeline = openSession(stages, {
		id,
		start,
		recorder,
		source: recording.hasTimes ? source : withoutTimes(source, start.startedAt),
		facts: {
			agent: "generic",
			hasTimes: recording.hasTimes,
			...(recording.title === undefined ? {} : { title: recording.title }),
		},
		isStoredWhole: true,
		alsoStore: () => stages.store.noteImport(id, fingerprint),
	});
	return {
		feed: pipeline.feed.bind(pipeline),
		finish: (at: number) => {
			pipeline.close(at, "complete");
			return id;
		},
	};
}

function toStart(recording: Recording, modifiedAt: number): SessionStart {
	const { command, cwd, size, startedAt = modifiedAt } = recording;
	return {
		command,
		cwd: isAbsolute(cwd) ? cwd : "",
		startedAt: Math.round(startedAt),
		...size,
		attachment: "pty",
		wrapperPid: 0,
		transcripts: false,
	};
}
