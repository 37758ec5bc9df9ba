/** What the wrapped command says: numbered lines that can be found again, and secrets that must be found nowhere. */
import { KINDS, type Kind, makeSecret } from "../leaks/kinds.ts";
import { Needles } from "../leaks/needles.ts";
import type { Random } from "../leaks/random.ts";
import type { Scene } from "./fault.ts";

/** The speaker is silent for a moment here, and shows nothing. */
const SILENCE = "\u001f";
const WORDS = ["the garden", "rain", "a grey heron", "moss and stone", "seven green pears", "the old gate"];
const SECRETS = 6;
/** Masking may take a word along that stands beside a secret: it must not be a number. */
const BESIDE = "- - -";
/** Those that stand on a line alone. */
const KINDS_ON_A_LINE = KINDS.filter(({ parts }) => !parts.includes("\n"));

export interface Said {
	readonly text: string;
	readonly needles: Needles;
}

/** A person's address: what masks least lets it through. */
const MAIL: Kind = { name: "mail address", said: "written by *@garden.example.org", parts: [["alnum", 16]] };

type TextOptions = Pick<Scene, "lines" | "longLine" | "hasMail">;

/** `lines` numbered lines, `SECRETS` of another kind each between them, some broken off in the middle for a moment. */
export function makeText(random: Random, { lines, longLine = 0, hasMail = false }: TextOptions): Said {
	const needles = new Needles();
	const secretBefore = new Map<number, string>();
	const kinds = Array.from({ length: SECRETS }, () => random.pick(KINDS_ON_A_LINE));
	for (const kind of hasMail ? [...kinds, MAIL] : kinds) {
		const secret = makeSecret(kind, random);
		needles.add(secret, secret.kind);
		secretBefore.set(random.between(1, lines), secret.said);
	}
	const rows = Array.from({ length: lines }, (_, index) => {
		const number = index + 1;
		const secret = secretBefore.get(number);
		const row = `${tagOf(number)} ${random.pick(WORDS)} and ${random.pick(WORDS)}`;
		return secret === undefined ? row : `${BESIDE}\n${brokenOff(secret, random)}\n${BESIDE}\n${row}`;
	});
	if (longLine > 0) rows.splice(Math.floor(lines / 2), 0, longRow(longLine));
	return { text: `${rows.join("\n")}\n`, needles };
}

function longRow(length: number): string {
	const words = "moss and stone and rain and ";
	return words.repeat(Math.ceil(length / words.length)).slice(0, length);
}

function tagOf(number: number): string {
	return `line ${String(number).padStart(5, "0")};`;
}

function brokenOff(text: string, random: Random): string {
	const at = random.between(1, text.length - 1);
	return `${text.slice(0, at)}${SILENCE}${text.slice(at)}`;
}

export interface Tag {
	readonly tag: string;
	/** Where it ends. */
	readonly end: number;
}

const TAG = /line \d{5,8};/gu;

export function tagsIn(text: string): readonly Tag[] {
	return Array.from(text.matchAll(TAG), (match) => ({ tag: match[0], end: match.index + match[0].length }));
}
