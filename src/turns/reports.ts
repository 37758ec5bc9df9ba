/** Which turns changed since they were told last, and when to tell of them. */
import type { TurnChange } from "../core/change.ts";
import type { OpenTurn } from "./open-turn.ts";
import { RecognitionCount } from "./recognition.ts";
import { ReportPace } from "./report-pace.ts";
import { ItemsOfTurn, type ReportOptions, toChange } from "./to-turn.ts";

export class Reports {
	readonly recognition = new RecognitionCount();
	readonly #options: ReportOptions;
	readonly #pace = new ReportPace();
	readonly #items = new ItemsOfTurn();
	/** Places of those that may have changed. */
	readonly #dirty = new Set<number>();

	constructor(options: ReportOptions) {
		this.#options = options;
	}

	/** The turn with this index may have changed. */
	mark(index: number): void {
		this.#dirty.add(index);
	}

	/** It was taken back. */
	forget(index: number, seq: number): void {
		this.#dirty.delete(index);
		this.recognition.forget(seq);
	}

	/** The next report is due at once. */
	hurry(): void {
		this.#pace.hurry();
	}

	/** What is to be told, if that is due: `at` as the frame has it; infinity when the session is over. */
	due(at: number, turns: readonly OpenTurn[]): TurnChange[] | undefined {
		if (this.#dirty.size === 0 || !this.#pace.isDue(at, turns.at(-1))) return undefined;
		const told = [...this.#dirty].sort((a, b) => a - b).map((index) => turns[index]);
		this.#dirty.clear();
		const changed = told.filter((turn) => turn !== undefined);
		const changes = changed.map((turn) => toChange(this.#options, turn, this.#items));
		return [...changes.filter((change) => change !== undefined), ...this.recognition.note(changed)];
	}
}
