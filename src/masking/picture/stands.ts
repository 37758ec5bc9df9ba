/** Since when the rows of each picture have said what they say, wherever they were painted meanwhile. */
import type { RowReading, Standing } from "./row-reading.ts";

/** So many rows are looked for one by one; for more a table is made. */
const FEW = 6;

interface Before {
	readonly readings: readonly RowReading[];
	readonly stands: readonly Standing[];
}

export class Stands {
	#before: Before | undefined;
	/** Of the pictures seen: their number. */
	#seen = 0;

	/** Of the next picture, which was taken at `at`; one for each of its rows. */
	of(readings: readonly RowReading[], at: number): readonly Standing[] {
		const before = this.#before;
		if (before?.readings === readings) return before.stands;
		const find = before === undefined ? undefined : new Search(before);
		const now = this.#seen + 1;
		const stands = new Array<Standing>(readings.length);
		let below = "";
		for (let y = readings.length - 1; y >= 0; y -= 1) {
			const reading = readings[y] as RowReading;
			let known = before?.readings[y] === reading ? before.stands[y] : undefined;
			if (known === undefined && reading.seenIn === this.#seen) known = reading.standing;
			// What was painted anew just as it was has stood there all the time, wherever that is.
			const standing = known ?? find?.byText(reading.text) ?? { since: at, below };
			stands[y] = standing;
			reading.standing = standing;
			reading.seenIn = now;
			if (reading.text !== "") below = reading.text;
		}
		this.#before = { readings, stands };
		this.#seen = now;
		return stands;
	}
}

class Search {
	readonly #before: Before;
	#asked = 0;
	#table: ReadonlyMap<string, Standing> | undefined;

	constructor(before: Before) {
		this.#before = before;
	}

	byText(text: string): Standing | undefined {
		const { readings, stands } = this.#before;
		this.#asked += 1;
		if (this.#asked > FEW) {
			this.#table ??= new Map(readings.map((one, index) => [one.text, stands[index] as Standing]));
			return this.#table.get(text);
		}
		for (let y = readings.length - 1; y >= 0; y -= 1) if (readings[y]?.text === text) return stands[y];
		return undefined;
	}
}
