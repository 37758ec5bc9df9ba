/** Recall and false alarms: what survives of labelled secrets, and what is masked of clean text. */
import type { Masker } from "../../src/masking/masker.ts";
import type { Case } from "./corpus.ts";

/** *Masked* means that no run of the secret this long is left. */
const RUN = 8;
const PLACEHOLDER = /\[\[[^[\]\n]{1,80}\]\]/g;
/** Rules about people rather than about access: not counted among false alarms on secrets. */
export const PERSONAL =
	/^(?:email|phone|phone-national|card|iban|us-ssn|my-number|ip-address|ipv6|home-user|host-name|pii-.*)$/;

/**
 * Whether anything of the secret can still be read, as it stands or decoded. `outside` is the text without its secrets:
 * a run that stands there too is a word and no secret's remnant.
 */
export function survives(output: string, secret: string, outside: string): boolean {
	const rest = output.replace(PLACEHOLDER, "\u0000");
	return readings(rest).some((reading) => shows(reading, secret, outside));
}

function shows(reading: string, secret: string, outside: string): boolean {
	if (secret.length <= RUN) return reading.split(secret).length > outside.split(secret).length;
	for (let i = 0; i + RUN <= secret.length; i += 1) {
		const run = secret.slice(i, i + RUN);
		if (reading.includes(run) && !outside.includes(run)) return true;
	}
	return false;
}

/** The text, and the text with every code undone that a corpus uses. */
function readings(text: string): string[] {
	const seen = text.replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, "");
	const unescaped = seen
		.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
		.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	const coded = Array.from(seen.matchAll(/[A-Za-z0-9+/]{12,}/g), ([code]) =>
		Buffer.from(code, "base64").toString("latin1"),
	);
	const dumped = Array.from(seen.matchAll(/^[0-9a-f]{8}: ((?:[0-9a-f]{2,4} ?)+)/gim), ([, digits = ""]) =>
		digits.replace(/ /g, ""),
	);
	return [text, seen, unescaped, ...coded, Buffer.from(dumped.join(""), "hex").toString("latin1")];
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
	return secrets.reduce((rest, secret) => (secret === "" ? rest : rest.replaceAll(secret, "\u0000")), text);
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
		const outside = withoutSecrets(c.text, c.secrets ?? []);
		return (c.secrets ?? []).some((secret) => survives(text, secret, outside));
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

/** The text of a mutation in which its secret stood whole, without it. */
export function outsideOf(c: Case): string {
	return withoutSecrets(c.plain ?? c.text, [c.secret ?? ""]);
}
