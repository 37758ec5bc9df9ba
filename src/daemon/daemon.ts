/** The daemon put together: its places, log, socket, watchers and the supervisor of its components. */
import { setTimeout as wait } from "node:timers/promises";
import type { Config } from "../config/config.ts";
import { type Claim, claimPlaces } from "./claim.ts";
import { type Component, intervalOf } from "./component.ts";
import { ComponentProcess } from "./component-process.ts";
import { ControlServer } from "./control-server.ts";
import { describeFailure } from "./failure.ts";
import { adviseOn } from "./failure-advice.ts";
import { isLoud, type LogEvent, type LogFields } from "./log-event.ts";
import { LogFile } from "./log-file.ts";
import { type DaemonPlaces, daemonPlaces } from "./places.ts";
import type { DaemonProblem, DaemonStatus, Reply, Request } from "./protocol.ts";
import { residentMemory } from "./resident-memory.ts";
import { readSavedState, type SavedDaemon } from "./saved-state.ts";
import { StateKeeper } from "./state-keeper.ts";
import { componentStatus } from "./status.ts";
import { Supervisor } from "./supervisor.ts";
import { Watchers } from "./watchers.ts";

/** How often it looks whether its own files are still where people look for them. */
const KEEP_MS = 30_000;

export interface DaemonSetup {
	readonly version: string;
	readonly bootId: string | undefined;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly components: readonly Component[];
	/** File that becomes a component's process when it is run with `component NAME`. */
	readonly script: string;
	/** Throws `config`. */
	readonly readConfig: () => Config;
	/** Where events go besides the log. */
	readonly echo?: (event: LogEvent) => void;
}

export class Daemon {
	readonly #setup: DaemonSetup;
	readonly #places: DaemonPlaces;
	readonly #log: LogFile;
	readonly #server: ControlServer;
	readonly #watchers: Watchers;
	readonly #supervisor: Supervisor;
	readonly #keeper: StateKeeper;
	readonly #startedAt = now();
	readonly #processorBefore = process.cpuUsage();
	#config: Config;
	#claim: Claim;
	#timer: NodeJS.Timeout | undefined;
	#lastKept = now().mono;
	#placesFailure: string | undefined;
	#stopping: Promise<void> | undefined;
	#settleEnd: (exitCode: number) => void = () => {};
	/** Resolves with the process's exit code when it came to its end, whoever wanted it. */
	readonly ended = new Promise<number>((resolve) => {
		this.#settleEnd = resolve;
	});

	constructor(setup: DaemonSetup, config: Config, claim: Claim) {
		this.#setup = setup;
		this.#config = config;
		this.#claim = claim;
		this.#places = daemonPlaces(config.paths.state);
		this.#log = new LogFile({ folder: this.#places.logs, level: config.logLevel });
		const before = readSavedState(this.#places.state);
		this.#tellOfBefore(before);
		this.#supervisor = this.#createSupervisor(typeof before === "string" ? {} : before.components);
		this.#watchers = new Watchers({
			components: setup.components,
			wake: (name) => this.#supervisor.wake(name),
			onFailure: (component, failure) =>
				this.#write({ level: "warn", component, event: "watch-failed", fields: { ...failure } }),
		});
		this.#server = new ControlServer({
			places: this.#places,
			directory: process,
			answer: (request) => this.#answer(request),
			onError: (error) => this.#tell("error", "socket-failed", { ...describeFailure(error) }),
		});
		this.#keeper = new StateKeeper(this.#places.state, (code) =>
			this.#tell("error", "state-not-saved", { code }),
		);
	}

	/** Resolves when it can be spoken to. Throws what its socket's place refuses. */
	async open(): Promise<void> {
		await this.#server.open();
		this.#tell("info", "started", { pid: process.pid, version: this.#setup.version });
		this.#watchers.ensure(this.#config);
		this.#look();
	}

	/** Finishes what is in hand; `ended` resolves when nothing of the daemon is left. The first reason counts. */
	stop(fields: LogFields = {}, exitCode = 0): void {
		this.#stopping ??= this.#end(fields).then(() => this.#settleEnd(exitCode));
	}

	/** Reads the settings anew; gives the names of what changed. Throws `config`, and goes on with the old ones. */
	reload(): readonly string[] {
		try {
			const config = this.#setup.readConfig();
			const changed = config.logLevel === this.#config.logLevel ? [] : ["LOG_LEVEL"];
			this.#config = config;
			this.#log.setLevel(config.logLevel);
			this.#watchers.close();
			this.#watchers.ensure(config);
			this.#supervisor.reschedule();
			void this.#keepPlaces();
			this.#tell("info", "reloaded", { changed: changed.length, level: config.logLevel });
			return changed;
		} catch (error) {
			this.#tell("error", "not-reloaded", { ...describeFailure(error) });
			throw error;
		}
	}

	/** Something nobody foresaw: told without what it may quote, then the end. */
	fail(error: unknown): void {
		this.#tell("error", "uncaught", { ...describeFailure(error) });
		this.stop({}, 1);
	}

	#createSupervisor(saved: SavedDaemon["components"]): Supervisor {
		const { components, script, env } = this.#setup;
		const supervised = components.map(({ name, summary, limitMs, lingerMs, intervalMs }) => ({
			name,
			summary,
			intervalMs: () => intervalOf({ intervalMs }, this.#config),
			limitMs,
			runner: new ComponentProcess({
				name,
				script,
				args: ["component", name],
				env,
				lingerMs,
				onEvent: (event) => this.#write({ component: name, ...event }),
			}),
		}));
		return new Supervisor({
			components: supervised,
			saved,
			now,
			random: Math.random,
			log: (event) => this.#write(event),
			onChange: () => this.#look(),
		});
	}

	#tellOfBefore(before: SavedDaemon | "absent" | "damaged"): void {
		if (before === "damaged") this.#tell("warn", "state-reset");
		else if (before !== "absent" && before.stoppedAt === undefined)
			this.#tell("warn", "predecessor-died", { pid: before.pid });
	}

	/** Does what is due, and comes back when there is something to do again. */
	#look(): void {
		if (this.#stopping !== undefined) return;
		clearTimeout(this.#timer);
		const waitMs = this.#supervisor.tick();
		this.#save();
		this.#timer = setTimeout(() => this.#look(), waitMs);
		if (now().mono - this.#lastKept < KEEP_MS) return;
		this.#lastKept = now().mono;
		this.#watchers.ensure(this.#config);
		void this.#keepPlaces();
	}

	/** Somebody may have cleaned up: what people need to find us is put back. */
	async #keepPlaces(): Promise<void> {
		try {
			if (!this.#claim.isInPlace) {
				const again = claimPlaces(this.#places);
				if (again === undefined) {
					this.#tell("warn", "replaced");
					return this.stop();
				}
				this.#claim.release();
				this.#claim = again;
				this.#tell("warn", "places-restored");
			}
			if (!this.#server.isInPlace && this.#stopping === undefined) await this.#server.open();
			this.#placesFailure = undefined;
		} catch (error) {
			const failure = describeFailure(error);
			if (this.#placesFailure !== failure.code) this.#tell("error", "places-lost", { ...failure });
			this.#placesFailure = failure.code;
		}
	}

	async #answer(request: Request): Promise<Reply> {
		switch (request.ask) {
			case "status":
				return { kind: "status", status: this.#status() };
			case "stop":
				setImmediate(() => this.stop());
				return { kind: "stopping" };
			case "reload":
				return this.#answerReload();
			case "run":
				return this.#answerRun(request.component);
		}
	}

	#answerReload(): Reply {
		try {
			return { kind: "reloaded", changed: [...this.reload()] };
		} catch {
			return { kind: "refused", reason: "config" }; // the log has it, and the caller can read the settings itself
		}
	}

	async #answerRun(name: string): Promise<Reply> {
		const outcome = await this.#supervisor.runNow(name);
		if (outcome === undefined)
			return { kind: "refused", reason: this.#stopping === undefined ? "component" : "stopping" };
		return outcome.kind === "done"
			? { kind: "ran", counts: { ...outcome.counts } }
			: { kind: "ran", code: outcome.code, counts: {} };
	}

	#status(): DaemonStatus {
		const at = now();
		const memoryBytes = process.memoryUsage.rss();
		const components = this.#supervisor
			.states()
			.map(({ component, state }) => componentStatus(component, state, at));
		const others = components.flatMap(({ pid }) => (pid === undefined ? [] : (residentMemory(pid) ?? [])));
		const { user, system } = process.cpuUsage(this.#processorBefore);
		return {
			version: this.#setup.version,
			pid: process.pid,
			startedAt: this.#startedAt.wall,
			uptimeMs: Math.round(at.mono - this.#startedAt.mono),
			memoryBytes,
			totalMemoryBytes: others.reduce((sum, bytes) => sum + bytes, memoryBytes),
			cpuMs: Math.round((user + system) / 1000),
			logLevel: this.#log.level,
			lostEvents: this.#log.lost,
			problems: this.#problems(),
			components,
		};
	}

	#problems(): DaemonProblem[] {
		const codes = [this.#keeper.failure, this.#log.failure, this.#placesFailure].filter(
			(code) => code !== undefined,
		);
		return [...new Set(codes)].map((code) => {
			const { what, hint } = adviseOn(code);
			return { what: `its own files cannot be written: ${what}`, hint };
		});
	}

	#save(stoppedAt?: number): void {
		const states = this.#supervisor.states().map(({ component, state }) => {
			const { failures, lastSuccess, lastFailure, queue } = state;
			return [component.name, { failures, lastSuccess, lastFailure, queue }] as const;
		});
		this.#keeper.save({
			version: this.#setup.version,
			pid: process.pid,
			bootId: this.#setup.bootId,
			startedAt: this.#startedAt.wall,
			stoppedAt,
			components: Object.fromEntries(states),
		});
	}

	async #end(fields: LogFields): Promise<void> {
		this.#tell("info", "stopping", fields);
		clearTimeout(this.#timer);
		this.#watchers.close();
		await this.#supervisor.stop((ms) => wait(ms, undefined, { ref: false }));
		this.#save(now().wall);
		this.#tell("info", "stopped", { ms: Math.round(now().mono - this.#startedAt.mono) });
		this.#log.close();
		// In this order: a successor may come as soon as the lock is free, and then the socket's path is its own.
		this.#server.stopListening();
		this.#claim.release();
		this.#server.dropConnections();
	}

	#tell(level: LogEvent["level"], event: string, fields: LogFields = {}): void {
		this.#write({ level, component: "daemon", event, fields });
	}

	#write(event: Omit<LogEvent, "time">): void {
		const timed = { ...event, time: Date.now() };
		this.#log.write(timed);
		if (isLoud(event.level, this.#log.level)) this.#setup.echo?.(timed);
	}
}

function now(): { readonly wall: number; readonly mono: number } {
	return { wall: Date.now(), mono: performance.now() };
}
