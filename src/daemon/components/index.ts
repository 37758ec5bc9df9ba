/** The components of the daemon. What a component works with is loaded in its own process, when it works. */
import type { Component } from "../component.ts";
import { backup } from "./backup.ts";
import { collect } from "./collect.ts";
import { figures } from "./figures.ts";
import { report } from "./report.ts";
import { retention } from "./retention.ts";
import { sync } from "./sync.ts";
import { upkeep } from "./upkeep.ts";

export const COMPONENTS: readonly Component[] = [collect, sync, backup, figures, report, retention, upkeep];
