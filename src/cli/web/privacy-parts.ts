/** What is masked, and trying it out: with the very masker that the recorder has. */
import { appliesIn, parsePrivacyMode } from "../../masking/privacy-mode.ts";
import type { Store } from "../../store/store.ts";
import type { WebParts } from "../../web/web-parts.ts";
import type { CliContext } from "../context.ts";
import { patternRows } from "../text/pattern-rows.ts";

export function createPrivacyParts(
	context: CliContext,
	store: Store,
): Pick<WebParts, "patterns" | "tryMasking"> {
	return {
		patterns: () => {
			const { privacyMode } = context.config;
			const masked = store.browse.countMasked();
			const { mode } = parsePrivacyMode(privacyMode);
			return {
				mode,
				patterns: patternRows(context.openMasker("strict").rules).map((row) => ({
					...row,
					isActive: appliesIn(mode, row.level),
					masked: masked[row.id] ?? 0,
				})),
			};
		},
		tryMasking: ({ text, mode }) => {
			const { text: masked, spans, counts } = context.openMasker(mode).masker.maskText(text);
			return {
				masked,
				spans: spans.map(({ start, end, ruleId, level }) => ({ start, end, rule: ruleId, level })),
				counts,
			};
		},
	};
}
