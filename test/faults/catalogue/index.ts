import type { Fault } from "../fault.ts";
import { DEATHS } from "./deaths.ts";
import { DISKS } from "./disks.ts";
import { LIMITS } from "./limits.ts";
import { STORES } from "./stores.ts";
import { TERMINALS } from "./terminals.ts";

/** Those that wait longest come first: a run is over sooner. */
export const FAULTS: readonly Fault[] = [...STORES, ...DEATHS, ...DISKS, ...LIMITS, ...TERMINALS];
