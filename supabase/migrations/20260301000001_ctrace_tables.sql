-- ctrace: sessions, turns and items as one person's machines hand them over.
--
-- Every row belongs to a person (user_id). `version` grows with every change on the machine that made it, and an older or
-- equal one never replaces what is there: a message that arrives twice, late or out of order changes nothing.
-- What a machine deletes leaves a tombstone behind, so that a late message cannot bring it back.

create schema if not exists ctrace_private;
revoke all on schema ctrace_private from public;

create table public.teams (
	id uuid primary key default gen_random_uuid(),
	name text not null check (length(btrim(name)) between 1 and 80),
	created_by uuid references auth.users (id) on delete set null,
	created_at timestamptz not null default now()
);

create table public.members (
	team_id uuid not null references public.teams (id) on delete cascade,
	user_id uuid not null references auth.users (id) on delete cascade,
	role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
	email text,
	joined_at timestamptz not null default now(),
	primary key (team_id, user_id)
);
create index members_by_user on public.members (user_id);

create table public.invitations (
	id uuid primary key default gen_random_uuid(),
	team_id uuid not null references public.teams (id) on delete cascade,
	email text not null,
	role text not null check (role in ('admin', 'member', 'viewer')),
	code_hash text not null unique,
	created_by uuid references auth.users (id) on delete set null,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null default now() + interval '7 days',
	accepted_at timestamptz
);
create index invitations_by_team on public.invitations (team_id);

create table public.sessions (
	id uuid primary key,
	user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
	-- Null: private. A team: its members may read.
	team_id uuid references public.teams (id) on delete set null,
	machine_id text not null,
	agent text not null,
	agent_version text,
	agent_session_ids jsonb not null default '[]',
	command jsonb not null default '[]',
	cwd text not null,
	git jsonb,
	host text,
	user_name text,
	started_at timestamptz not null,
	ended_at timestamptz,
	status text not null,
	exit jsonb,
	terminal jsonb not null default '{}',
	usage jsonb,
	masked_count jsonb not null default '{}',
	gaps jsonb not null default '[]',
	title text,
	recognition jsonb,
	-- What a newer ctrace knows of it besides.
	facts jsonb,
	version bigint not null,
	synced_at timestamptz not null default clock_timestamp(),
	-- What turns and items refer to: nobody can hang a turn on another person's session.
	unique (id, user_id)
);
create index sessions_by_user on public.sessions (user_id, started_at desc);
create index sessions_by_team on public.sessions (team_id, started_at desc) where team_id is not null;
create index sessions_by_sync on public.sessions (user_id, synced_at);

create table public.turns (
	session_id uuid not null,
	seq integer not null,
	user_id uuid not null default auth.uid(),
	id uuid not null,
	machine_id text not null default '',
	prompt_kind text not null,
	prompt text not null default '',
	started_at timestamptz not null,
	ended_at timestamptz,
	status text not null,
	durations jsonb,
	usage jsonb,
	input_tokens numeric generated always as ((usage ->> 'inputTokens')::numeric) stored,
	output_tokens numeric generated always as ((usage ->> 'outputTokens')::numeric) stored,
	cache_read_tokens numeric generated always as ((usage ->> 'cacheReadTokens')::numeric) stored,
	cache_write_tokens numeric generated always as ((usage ->> 'cacheWriteTokens')::numeric) stored,
	cost_usd numeric generated always as ((usage ->> 'costUsd')::numeric) stored,
	source text not null,
	recording jsonb,
	recogniser text,
	-- What a newer ctrace knows of it besides.
	facts jsonb,
	item_count integer not null,
	-- A prompt that was taken back: kept as a marker, so that an older message cannot bring it back.
	is_withdrawn boolean not null default false,
	version bigint not null,
	synced_at timestamptz not null default clock_timestamp(),
	primary key (session_id, seq),
	foreign key (session_id, user_id) references public.sessions (id, user_id) on delete cascade
);
create index turns_by_user on public.turns (user_id, started_at desc);
create index turns_by_start on public.turns using brin (started_at);
create index turns_by_sync on public.turns using brin (synced_at) with (pages_per_range = 16);

create table public.items (
	session_id uuid not null,
	turn_seq integer not null,
	position integer not null,
	user_id uuid not null default auth.uid(),
	kind text not null,
	name text,
	status text,
	source text,
	text text,
	input jsonb,
	output text,
	facts jsonb,
	version bigint not null,
	primary key (session_id, turn_seq, position),
	foreign key (session_id, user_id) references public.sessions (id, user_id) on delete cascade
);

create table public.recordings (
	session_id uuid primary key,
	user_id uuid not null default auth.uid(),
	format text not null,
	bytes bigint not null,
	duration_ms bigint,
	sha256 text,
	storage_path text,
	version bigint not null,
	synced_at timestamptz not null default clock_timestamp(),
	foreign key (session_id, user_id) references public.sessions (id, user_id) on delete cascade
);

create table public.insights (
	id uuid primary key,
	user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
	-- Null: about many sessions.
	session_id uuid,
	kind text not null,
	period_start timestamptz,
	period_end timestamptz,
	content jsonb not null,
	model text,
	created_at timestamptz not null default now(),
	version bigint not null,
	synced_at timestamptz not null default clock_timestamp(),
	foreign key (session_id, user_id) references public.sessions (id, user_id) on delete cascade
);
create index insights_by_user on public.insights (user_id, created_at desc);
create index insights_by_session on public.insights (session_id) where session_id is not null;

create table public.deletions (
	user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
	session_id uuid not null,
	machine_id text not null,
	deleted_at timestamptz not null default now(),
	synced_at timestamptz not null default clock_timestamp(),
	primary key (user_id, session_id)
);
create index deletions_by_sync on public.deletions (user_id, synced_at);
