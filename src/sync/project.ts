/** Which project, and the way there. */

export interface ProjectAddress {
	readonly url: string;
	/** The publishable (or anon) key: it names the project and permits nothing. */
	readonly key: string;
}

export type Fetch = typeof fetch;
