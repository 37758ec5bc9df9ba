/** Writes the daemon's state down when it changed. A disk that refuses is told once, and tried again each time. */
import { describeFailure } from "./failure.ts";
import { type SavedDaemon, writeSavedState } from "./saved-state.ts";

export class StateKeeper {
	readonly #path: string;
	readonly #onFailure: (code: string) => void;
	#written = "";
	#failure: string | undefined;

	constructor(path: string, onFailure: (code: string) => void) {
		this.#path = path;
		this.#onFailure = onFailure;
	}

	/** Why the last attempt failed. */
	get failure(): string | undefined {
		return this.#failure;
	}

	save(state: SavedDaemon): void {
		const text = JSON.stringify(state);
		if (text === this.#written) return;
		try {
			writeSavedState(this.#path, state);
			this.#written = text;
			this.#failure = undefined;
		} catch (error) {
			const { code } = describeFailure(error);
			const isNews = this.#failure !== code;
			this.#failure = code;
			if (isNews) this.#onFailure(code);
		}
	}
}
