/** The same way, with a secret that is let through on purpose: the search has to find it, or its silence means nothing. */
import { type Kind, makeSecret } from "./kinds.ts";
import { Needles } from "./needles.ts";
import { makePlace, ourFiles, recordersEnded } from "./place.ts";
import { playing, record, type Scene } from "./scene.ts";
import { findLeaks } from "./search.ts";

/** An address of a person: the mode that masks least lets it through. */
const KIND: Kind = {
	name: "mail address",
	said: "written by *@garden.example.org",
	parts: [["alnum", 16]],
};

export async function controlFindsLeak(repository: string, { random, count }: Scene): Promise<boolean> {
	const place = makePlace(repository);
	const scene: Scene = { place, random, needles: new Needles(), count };
	try {
		const secret = makeSecret(KIND, random);
		scene.needles.add(secret, KIND.name);
		await record(scene, {
			command: playing(scene, [[`${secret.said}\r\n`, 0]]),
			env: { CTRACE_PRIVACY_MODE: "minimal" },
		});
		await recordersEnded(scene.place);
		const sources = ourFiles(place).map(({ path, bytes }) => ({ name: path, bytes }));
		const isFound = findLeaks(scene.needles, sources).length > 0;
		console.log(
			isFound ? "Control: a secret that was let through is found." : "Control FAILED: the search is blind.",
		);
		return isFound;
	} finally {
		place.remove();
	}
}
