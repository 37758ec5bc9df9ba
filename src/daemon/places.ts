/** What the daemon keeps in ctrace's state directory. Pure. */
import { posix } from "node:path";

export interface DaemonPlaces {
	/** Lock, socket and state; 0700. */
	readonly folder: string;
	readonly lock: string;
	/** Name of the control socket inside `folder`. */
	readonly socketName: string;
	readonly socket: string;
	readonly state: string;
	/** 0700. */
	readonly logs: string;
}

export function daemonPlaces(stateDir: string): DaemonPlaces {
	const folder = posix.join(stateDir, "daemon");
	const socketName = "control.sock";
	return {
		folder,
		lock: posix.join(folder, "lock"),
		socketName,
		socket: posix.join(folder, socketName),
		state: posix.join(folder, "state.json"),
		logs: posix.join(stateDir, "logs"),
	};
}
