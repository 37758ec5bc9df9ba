/** Recall and false alarms: what survives of labelled secrets, and what is masked of clean text. */
import type { Masker } from "../../src/masking/masker.ts";
import type { Case } from "./corpus.ts";

/** *Masked* means that no run of the secret this long is left. */
const RUN = 8;
const PLACEHOLDER = /\[\[[^[\]\n]{1,80}\]\]/g;
/** Rules about people rather than about access: not counted among false alarms on secrets. */
export const PERSONAL =
	/^(?:email|phone|phone-national|card|iban|us-ssn|my-number|ip-address|ipv6|home-user|host-name|pii-.*)$/;

/** A run that stands elsewhere in the original, outside any secret, is a word and no secret's remnant. */
export function survives(output: string, secret: string, original: string): boolean {
	const rest = output.replace(PLACEHOLDER, "\u0000");
	const outside = original.replaceAll(secret, "\u0000");
	if (secret.length <= RUN) return rest.split(secret).length > outside.split(secret).length;
	for (let i = 0; i + RUN <= secret.length; i += 1) {
		const run = secret.slice(i, i + RUN);
		if (rest.includes(run) && !outside.includes(run)) return true;
	}
	return false;
}

export interface Recall {
	readonly masked: number;
	readonly total: number;
	readonly missed: readonly Case[];
}

export function measureRecall(cases: readonly Case[], masker: Masker): Recall {
	const labelled = cases.filter((c) => c.label === "pos" && (c.secrets?.length ?? 0) > 0);
	const missed = labelled.filter((c) => {
		const { text } = masker.maskText(c.text);
		return (c.secrets ?? []).some((secret) => survives(text, secret, c.text));
	});
	return { masked: labelled.length - missed.length, total: labelled.length, missed };
}

export interface FalseAlarms {
	readonly perMegabyte: number;
	readonly byRule: Readonly<Record<string, number>>;
	readonly changedTexts: number;
	readonly samples: readonly string[];
}

export function measureFalseAlarms(texts: readonly string[], masker: Masker): FalseAlarms {
	const byRule: Record<string, number> = {};
	const samples: string[] = [];
	let characters = 0;
	let alarms = 0;
	let changedTexts = 0;
	for (const text of texts) {
		characters += text.length;
		const masked = masker.maskText(text);
		if (masked.text !== text) changedTexts += 1;
		for (const span of masked.spans) {
			if (PERSONAL.test(span.ruleId)) continue;
			alarms += 1;
			byRule[span.ruleId] = (byRule[span.ruleId] ?? 0) + 1;
			samples.push(
				`${span.ruleId}: ${JSON.stringify(text.slice(Math.max(0, span.start - 40), span.end + 10))}`,
			);
		}
	}
	return { perMegabyte: alarms / (characters / 1_000_000), byRule, changedTexts, samples };
}
