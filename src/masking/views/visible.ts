/** What is seen of a text with colours in it: the escape sequences left out. */
import { plainView, type View, ViewBuilder } from "./view.ts";

const ESCAPE =
	/\u001b(?:\[[0-?]*[ -/]*[@-~]|[ -/]*[0-~])|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200d\u2060\ufeff\ufffd]/g;

const HIDDEN =
	/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200d\u2060\ufeff\ufffd]/;

/** Escapes, and characters of no width: nobody sees them, and between two letters they would hide a secret. */
export function visibleView(text: string): View {
	if (!HIDDEN.test(text)) return plainView(text);
	let built: View | undefined;
	return {
		text: text.replace(ESCAPE, ""),
		locate(range) {
			built ??= withPlaces(text); // most texts hold no secret: then nobody asks where anything lay
			return built.locate(range);
		},
	};
}

function withPlaces(text: string): View {
	const builder = new ViewBuilder(text);
	let kept = 0;
	for (const found of text.matchAll(ESCAPE)) {
		builder.verbatim(kept, found.index);
		kept = found.index + found[0].length;
	}
	builder.verbatim(kept, text.length);
	return builder.build();
}
