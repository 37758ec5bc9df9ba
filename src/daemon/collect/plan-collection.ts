/** Which paths are to be imported, from what lies there and what is stored already. Pure. */
import type { Project, SeenFile } from "./project-files.ts";

/** A conversation that a recorder follows at this moment: what it writes is the recorder's. */
export interface Followed {
	/** What the project's folder is called, or begins with. */
	readonly folder: string;
	readonly isCut: boolean;
	/** Milliseconds since the Unix epoch; older files are none of its. */
	readonly since: number;
}

/** Of one project. */
export interface Collection {
	/** As an import is told them. */
	readonly paths: readonly string[];
	/** What is new or has changed; the first one's lines say which directory the project is about. */
	readonly files: readonly [SeenFile, ...SeenFile[]];
}

export interface CollectionPlan {
	readonly collections: readonly Collection[];
	/** Files that wait for a recorder's end. */
	readonly held: number;
}

export function planCollection(
	projects: readonly Project[],
	facts: { readonly isKnown: (file: SeenFile) => boolean; readonly followed: readonly Followed[] },
): CollectionPlan {
	let held = 0;
	const collections = projects.flatMap((project): Collection[] => {
		const changed = project.conversations.filter(
			({ file, agents }) => ![file, ...agents].every(facts.isKnown),
		);
		const free = changed.filter(({ file }) => !isFollowed(project.name, file, facts.followed));
		const heldHere = changed.length - free.length;
		held += heldHere;
		const strays = project.strayAgents.filter((file) => !facts.isKnown(file));
		const [first, ...rest] = [...free.flatMap(({ file, agents }) => [file, ...agents]), ...strays];
		if (first === undefined) return [];
		const files: Collection["files"] = [first, ...rest];
		// Only all files of such a folder together tell whose agent is whose.
		if (project.strayAgents.length > 0) return heldHere > 0 ? [] : [{ paths: [project.folder], files }];
		const paths = free.flatMap(({ file, agents, agentsFolder }) =>
			agents.length === 0 ? [file.path] : [file.path, agentsFolder],
		);
		return [{ paths, files }];
	});
	return { collections, held };
}

/**
 * What somebody deleted does not come back by itself, however it grows. Agents of whom no name says whose they are may
 * belong to it: they stay away as well.
 */
export function withoutDeleted(project: Project, isDeleted: (file: SeenFile) => boolean): Project {
	const conversations = project.conversations.filter(({ file }) => !isDeleted(file));
	const isWhole = conversations.length === project.conversations.length;
	return isWhole ? project : { ...project, conversations, strayAgents: [] };
}

function isFollowed(project: string, file: SeenFile, followed: readonly Followed[]): boolean {
	return followed.some(
		({ folder, isCut, since }) =>
			(isCut ? project.startsWith(folder) : project === folder) && file.modifiedAt >= since,
	);
}
