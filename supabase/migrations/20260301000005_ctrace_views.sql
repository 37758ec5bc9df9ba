-- ctrace: what a dashboard asks for, what is watched live, and what `ctrace supabase check` compares.

create view public.session_overview with (security_invoker = true) as
select s.id, s.user_id, s.team_id, s.agent, s.agent_version, s.cwd, s.host, s.started_at, s.ended_at, s.status, s.title,
	t.turn_count, t.first_prompt, t.input_tokens, t.output_tokens, t.cost_usd
from public.sessions s
cross join lateral (
	select count(*) as turn_count,
		(array_agg(u.prompt order by u.seq) filter (where u.prompt_kind <> 'none'))[1] as first_prompt,
		sum(u.input_tokens) as input_tokens, sum(u.output_tokens) as output_tokens, sum(u.cost_usd) as cost_usd
	from public.turns u where u.session_id = s.id and not u.is_withdrawn
) t;

create view public.usage_by_day with (security_invoker = true) as
select t.user_id, (t.started_at at time zone 'UTC')::date as day, count(*) as turns,
	sum(t.input_tokens) as input_tokens, sum(t.output_tokens) as output_tokens,
	sum(t.cache_read_tokens) as cache_read_tokens, sum(t.cache_write_tokens) as cache_write_tokens,
	sum(t.cost_usd) as cost_usd
from public.turns t where not t.is_withdrawn
group by t.user_id, day;

revoke all on public.session_overview, public.usage_by_day from public, anon, authenticated;
grant select on public.session_overview, public.usage_by_day to authenticated, service_role;

-- Turns alone: a change of a session (its end, its title) is read together with them.
-- REPLICA IDENTITY stays at its default: an update then carries the key of the old row and nothing of its text, and a
-- deletion, which is told to every subscriber, the number of a session and no more.
do $$ begin
	if not exists (select from pg_publication where pubname = 'supabase_realtime') then
		create publication supabase_realtime;
	end if;
	alter publication supabase_realtime add table public.turns;
end $$;

-- Names and switches of ctrace's own tables; nothing of what is in them.
create function public.ctrace_schema() returns jsonb
	language sql stable security definer set search_path = '' as
$$
	select jsonb_build_object(
		'version', 1,
		'tables', coalesce((
			select jsonb_object_agg(c.relname, jsonb_build_object(
				'rls', c.relrowsecurity,
				'policies', (select count(*) from pg_catalog.pg_policy p where p.polrelid = c.oid),
				'anon', has_table_privilege('anon', c.oid, 'select, insert, update, delete'),
				'columns', (
					select jsonb_agg(a.attname order by a.attnum) from pg_catalog.pg_attribute a
					where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)))
			from pg_catalog.pg_class c
			where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname in ('teams', 'members',
				'invitations', 'sessions', 'turns', 'items', 'recordings', 'insights', 'deletions')), '{}'),
		'triggers', coalesce((
			select jsonb_agg(c.relname || '.' || t.tgname order by c.relname, t.tgname)
			from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid
			where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and t.tgenabled <> 'D'
				and c.relname in ('members', 'sessions', 'turns', 'items', 'recordings', 'insights', 'deletions')), '[]'),
		'realtime', coalesce((
			select jsonb_agg(p.tablename order by p.tablename) from pg_catalog.pg_publication_tables p
			where p.pubname = 'supabase_realtime' and p.schemaname = 'public' and p.tablename = 'turns'), '[]'))
$$;
revoke all on function public.ctrace_schema() from public, anon;
grant execute on function public.ctrace_schema() to authenticated, service_role;
