import type { GapReason } from "../../core/recording.ts";

/** What stands on the screen while nothing was recorded. */
export const GAP_WORDS: Readonly<Record<GapReason, string>> = {
	paused: "The recording was paused here.",
	withheld: "What was here could not be masked: it was not recorded.",
	missed: "Some output was missed here.",
};
