/** A recorder with a small real pipeline for tests: one JSON line per call, appended to `CTRACE_HOME/session-PID.jsonl`. */
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { CtraceError } from "../../src/core/errors.ts";
import { runRecorder } from "../../src/recorder/run-recorder.ts";

await runRecorder((start) => {
	const home = process.env.CTRACE_HOME ?? "";
	if (process.env.TEST_RECORDER === "full") throw new CtraceError("disk-full", "the disk is full");
	mkdirSync(home, { recursive: true });
	const file = join(home, `session-${start.wrapperPid}.jsonl`);
	const line = (value: object) => appendFileSync(file, `${JSON.stringify(value)}\n`);
	line({ kind: "start", recorderPid: process.pid, start });
	return {
		feed: (event) => {
			if ("data" in event) {
				const text = Buffer.from(event.data).toString("base64");
				if (process.env.TEST_RECORDER === "full-later")
					throw new CtraceError("disk-full", "the disk is full");
				line({ ...event, data: text });
			} else line(event);
		},
		tick: () => {},
		close: (at, status) => line({ kind: "close", at, status }),
	};
});
