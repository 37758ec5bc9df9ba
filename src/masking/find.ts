/** Everything that is found in a text, in all the ways a person may read it. */
import type { Finding, Located } from "./finding.ts";
import { Reading } from "./reading.ts";
import { meanSurprise } from "./surprise.ts";
import { isNameWithFigures } from "./value-shape.ts";
import { base64Views } from "./views/base64.ts";
import { unescapedViews } from "./views/decoded.ts";
import { hexdumpView } from "./views/hexdump.ts";
import { crossesJoint, type JoinedView, joinedView } from "./views/joined.ts";
import { composeViews, type View } from "./views/view.ts";
import { visibleView } from "./views/visible.ts";
import type { WorkMeter } from "./work-meter.ts";

/** Searches one text; knows nothing of views. */
export interface Search {
	/** All that is looked for. */
	readonly all: (reading: Reading, meter: WorkMeter) => Finding[];
	/** Known values alone; undefined when there are none. */
	readonly known: ((reading: Reading) => Finding[]) | undefined;
}

/** Words lie below this, in bits a letter pair: see `meanSurprise`. */
const WORDLIKE = 5;

export function findEverywhere(whole: Reading, search: Search, meter: WorkMeter): Located[] {
	const visible = visibleView(whole);
	const reading = visible.text === whole.text ? whole : new Reading(visible.text);
	const located = search.all(reading, meter).map((finding) => locate(finding, visible));
	for (const view of rereadings(visible, reading)) {
		for (const finding of search.all(new Reading(view.text), meter)) located.push(locate(finding, view));
	}
	if (visible.text.includes("\n")) {
		located.push(...findAcrossRows(visible, { words: false, find: (r) => search.all(r, meter) }, located));
		const { known } = search;
		if (known !== undefined) located.push(...findAcrossRows(visible, { words: true, find: known }, []));
	}
	return located;
}

/** What must follow a secret may be the next row's: the `@` of an address, and its host. */
const LOOKED_AT = 2;

interface RowSearch {
	readonly words: boolean;
	readonly find: (reading: Reading) => Finding[];
}

function findAcrossRows(visible: View, { words, find }: RowSearch, found: readonly Located[]): Located[] {
	const joined = joinedView(visible.text, { words });
	if (joined === undefined) return [];
	const whole = composeViews(joined, visible);
	const seen = new Set(found.map(keyOf));
	const reading = new Reading(joined.text);
	const coded = words ? [] : base64Views(reading).map((view) => composeViews(view, whole));
	const decoded = coded.flatMap((view) =>
		find(new Reading(view.text)).map((finding) => locate(finding, view)),
	);
	const plain = find(reading)
		.filter(({ from, start, end }) => crossesJoint(joined, { start: from ?? start, end: end + LOOKED_AT }))
		.map((finding) => locate(finding, whole))
		.filter((one) => words || !isWordAfter(joined, one, seen));
	return [...plain, ...decoded];
}

/** Decoded forms; a code inside a code is decoded once more. */
function rereadings(visible: View, reading: Reading): View[] {
	const views = [...unescapedViews(reading)];
	for (const view of base64Views(reading)) {
		views.push(view);
		for (const inner of base64Views(new Reading(view.text))) views.push(composeViews(inner, view));
	}
	const dump = hexdumpView(visible.text);
	if (dump !== undefined) views.push(dump);
	return views.map((view) => composeViews(view, visible));
}

function locate(finding: Finding, view: View): Located {
	return { finding, pieces: view.locate(finding) };
}

function keyOf({ finding, pieces }: Located): string {
	return `${finding.ruleId} ${pieces[0]?.start}`;
}

/**
 * A secret that was whole on its row, and a next row that begins with a word: the word is not part of it. A value that
 * only its name makes a secret would have been seen on its own row.
 */
function isWordAfter(joined: JoinedView, one: Located, seen: ReadonlySet<string>): boolean {
	const { finding } = one;
	if (finding.level === "MAXIMUM" && !seen.has(keyOf(one))) return false;
	const joint = joined.joints.find((at) => at > finding.start) ?? finding.end;
	const rest = joined.text.slice(joint, finding.end);
	if (rest === "") return false; // its name was broken, or its name from it
	if (finding.level !== "MAXIMUM" && isNameWithFigures(rest)) return true;
	if (/^[a-z]{1,4}$/.test(rest)) return true; // `npm`, `git`: too short to judge, and too short to matter
	return !/\d/.test(rest) && !isOddlyCased(rest) && meanSurprise(rest) < WORDLIKE;
}

/** Capitals as no word has them, several words written as one included; a name's end is no `_`. */
function isOddlyCased(rest: string): boolean {
	const humps = rest.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g)?.length ?? 0;
	return ODDLY_CASED.test(rest) || humps > 1 + MOST_HUMPS * rest.length;
}

const MOST_HUMPS = 0.34;
const ODDLY_CASED = /[a-z][A-Z]{2,}[a-z]|[a-z][A-Z](?![A-Za-z])|^[a-z][A-Z]|_$/;
