/** Invented texts of a programmer's days: some words very common, most rare, identifiers and paths among them. */
import type { Chance } from "./chance.ts";

const USUAL =
	"the a to is in it and of file test error we that this for on with not function run fix add code should be can when line type return value build from use make change check new read write call set name list server data request branch commit merge update string number array object class module import export async await promise config option path folder package version release deploy database query table index column row schema migration user session token key header cookie page button form style layout render component state hook effect event handler click input output stream buffer byte parse token lexer cache queue worker thread lock race retry timeout deadline memory leak profile slow fast small large missing unused broken failing passing green red warning lint format review refactor rename move copy remove delete insert select join group order limit cursor page offset search filter facet sort".split(
		" ",
	);
const HEADS =
	"get set load save parse render find make read write check open close begin end merge split map fold".split(
		" ",
	);
const TAILS =
	"User Session Token Config File Line Row Index Page Store Queue Cache Frame Turn Item Event Stream Buffer Schema Query".split(
		" ",
	);
const FOLDERS = "src lib test app server client core api web cli docs scripts".split(" ");
const ENDINGS = "ts tsx py go rs md json yml sql css".split(" ");
const SENTENCES = 60_000;
const RARE_WORDS = 400_000;

export interface Texts {
	prompt(): string;
	answer(): string;
	command(): string;
	output(): string;
	path(): string;
}

/** Sentences are made once and then put together: millions of texts in minutes. */
export function inventTexts(chance: Chance): Texts {
	const word = () => {
		if (chance.is(0.82)) return USUAL[chance.zipf(USUAL.length)] ?? "the";
		if (chance.is(0.6))
			return `${chance.pick(HEADS)}${chance.pick(TAILS)}${chance.is(0.3) ? chance.pick(TAILS) : ""}`;
		return `w${chance.zipf(RARE_WORDS).toString(36)}`;
	};
	const sentence = () => Array.from({ length: 6 + chance.below(9) }, word).join(" ");
	const sentences = Array.from({ length: SENTENCES }, sentence);
	const path = () =>
		`${chance.pick(FOLDERS)}/${chance.pick(TAILS).toLowerCase()}-${chance.zipf(5000)}.${chance.pick(ENDINGS)}`;
	return {
		path,
		prompt: () => `${chance.pick(sentences)}${chance.is(0.3) ? ` in ${path()}` : ""}`,
		answer: () =>
			`${chance.pick(sentences)}. \`${path()}\`: ${chance.pick(sentences)}${chance.is(0.4) ? `.\n\n- ${chance.pick(sentences)}` : ""}`,
		command: () => `${chance.pick(["npm test", "git diff", "git log", "rg", "ls", "node", "cat"])} ${path()}`,
		output: () => `${chance.pick(sentences)}\n${chance.hex(12)} ${chance.pick(sentences)}`,
	};
}
