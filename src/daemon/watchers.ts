/** The components' watchers, kept open: one that fails is tried again, and the others do not notice. */
import type { Config } from "../config/config.ts";
import type { Component, Watch } from "./component.ts";
import { describeFailure, type FailureFacts } from "./failure.ts";

export interface WatchersOptions {
	readonly components: readonly Pick<Component, "name" | "watch">[];
	readonly wake: (name: string) => void;
	readonly onFailure: (name: string, failure: FailureFacts) => void;
}

export class Watchers {
	readonly #options: WatchersOptions;
	readonly #open = new Map<string, Watch>();
	/** Said once, until it works again. */
	readonly #failing = new Set<string>();

	constructor(options: WatchersOptions) {
		this.#options = options;
	}

	/** Opens those that are not open. */
	ensure(config: Config): void {
		for (const { name, watch } of this.#options.components) {
			if (watch === undefined || this.#isOpen(name)) continue;
			try {
				this.#open.set(
					name,
					watch(() => this.#options.wake(name), config),
				);
				this.#failing.delete(name);
			} catch (error) {
				if (!this.#failing.has(name)) this.#options.onFailure(name, describeFailure(error));
				this.#failing.add(name);
			}
		}
	}

	#isOpen(name: string): boolean {
		const watcher = this.#open.get(name);
		if (watcher === undefined || watcher.isOpen) return watcher !== undefined;
		watcher[Symbol.dispose]();
		this.#open.delete(name);
		return false;
	}

	close(): void {
		for (const watcher of this.#open.values()) watcher[Symbol.dispose]();
		this.#open.clear();
	}
}
