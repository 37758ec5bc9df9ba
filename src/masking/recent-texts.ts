/** Short texts of late, in memory: a terminal shows the same rows again and again. */

/** Forgotten together when there are more … */
const MOST_TEXTS = 1000;
/** … and never kept when longer: half a megabyte in all. */
const LONGEST_TEXT = 400;

export interface RecentTexts {
	has(text: string): boolean;
	add(text: string): void;
}

export function createRecentTexts(): RecentTexts {
	const texts = new Set<string>();
	return {
		// A text is read whole to be looked up: not one that is never kept.
		has: (text) => text.length <= LONGEST_TEXT && texts.has(text),
		add(text) {
			if (text.length > LONGEST_TEXT) return;
			if (texts.size >= MOST_TEXTS) texts.clear();
			texts.add(text);
		},
	};
}
