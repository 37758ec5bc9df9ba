/** Invented prose for the scripted answers: every paragraph differs, so that a lost or doubled one shows. */
const SUBJECTS = [
	"the old gardener",
	"a patient neighbour",
	"the youngest child",
	"our tired postman",
	"every careful visitor",
];
const VERBS = ["waters", "remembers", "measures", "describes", "protects", "counts"];
const OBJECTS = [
	"the row of beans",
	"a basket of pears",
	"the north fence",
	"that crooked apple tree",
	"seven small lanterns",
];
const ENDINGS = [
	"before the first frost of the season arrives",
	"while the kettle sings in the kitchen",
	"because nobody else would think of it",
	"and writes the number on a wooden label",
];

/** `count` numbered paragraphs about a topic, separated by blank lines. */
export function longAnswer(topic: string, count: number): string {
	return Array.from({ length: count }, (_, index) => paragraph(topic, index + 1)).join("\n\n");
}

function paragraph(topic: string, number: number): string {
	const sentence = `${pick(SUBJECTS, number)} ${pick(VERBS, number * 3)} ${pick(OBJECTS, number * 2)} ${pick(ENDINGS, number)}`;
	const more =
		number % 3 === 0
			? `, and ${pick(SUBJECTS, number + 2)} ${pick(VERBS, number)} ${pick(OBJECTS, number + 1)} too`
			: "";
	return `${topic} note ${number}: ${sentence}${more}.`;
}

function pick(list: readonly string[], index: number): string {
	return list[index % list.length] ?? "";
}
