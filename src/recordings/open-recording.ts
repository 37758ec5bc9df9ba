/** A recording's bytes → its facts and its events, whichever format it is in. Pure: bytes are handed in. */
import { openAsciicast } from "./asciicast.ts";
import { openAsciicastV1 } from "./asciicast-v1.ts";
import { broken } from "./broken.ts";
import { paceOutput } from "./pace.ts";
import { NOTHING_KNOWN, type Recording, type RecordingFormat, type RecordingSource } from "./recording.ts";
import { openTypescript } from "./typescript.ts";

/** Reads the head at once and the rest as events are asked for. Throws `CtraceError("input")`. */
export function openRecording(format: RecordingFormat, source: RecordingSource): Recording {
	switch (format) {
		case "asciicast-v1":
			return openAsciicastV1(source.chunks);
		case "asciicast-v2":
		case "asciicast-v3":
			return openAsciicast(source.chunks);
		case "typescript":
			return openTypescript(source);
		case "raw":
			return openRaw(source);
	}
}

function openRaw({ chunks, size }: RecordingSource): Recording {
	if (size === undefined) throw broken("the terminal's size is unknown", "Say it: --size COLSxROWS");
	return { format: "raw", size, ...NOTHING_KNOWN, hasTimes: false, events: paceOutput(chunks) };
}
