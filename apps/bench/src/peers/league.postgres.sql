-- The league table of a peer group from the fact tables alone: the sample rules of the contract, paragraph 5.
-- $1 first and $2 last day of the quarter, $3 as of, $4 peer group. Points in hundredths; local time is UTC+08:00.
with member as (
  select u.unit_code, u.position
  from unit u
  join unit_period p on p.unit_code = u.unit_code and p.replaced_at is null
  where p.peer_group = $4
    and (p.valid_from is null or p.valid_from <= $2::date) and (p.valid_to is null or $2::date < p.valid_to)
),
open_span as (
  select unit_code, duty_mode,
    coalesce(timezone(interval '8 hours', valid_from::timestamp), '-infinity') as from_at,
    coalesce(timezone(interval '8 hours', valid_to::timestamp), 'infinity') as to_at
  from unit_period
  where replaced_at is null and unit_code in (select unit_code from member)
),
deadline (level, phone_limit, written_limit, by_occurrence) as (
  values ('I', interval '15 minutes', interval '35 minutes', true),
    ('II', interval '15 minutes', interval '35 minutes', true),
    ('III', null, interval '60 minutes', false),
    ('IV', null, interval '120 minutes', false)
),
-- One pass over the reports: every row beside the judged row of its event and the reports that bound it.
report_in_event as (
  select unit_code, event_code, stage, written_at, phoned_at, elements,
    first_value(level) over judging as level,
    first_value(occurred_at) over judging as occurred_at,
    first_value(learned_at) over judging as learned_at,
    max(written_at) filter (where stage = 'first' and written_at <= $3) over event as first_at,
    max(written_at) filter (where stage = 'final' and written_at <= $3) over event as final_at
  from report
  where replaced_at is null
  window event as (partition by unit_code, event_code),
    judging as (event order by stage <> 'first', learned_at, stage = 'final', sequence)
),
-- Slots are counted through: twice a day, at 08:00 and 17:00. A report meets the first slot at or after it.
in_seconds as (
  select r.*, clock_at, clock_at + phone_limit as phone_due_at, clock_at + written_limit as written_due_at,
    extract(epoch from first_at)::bigint + 36000 as earliest,
    extract(epoch from coalesce(final_at, $3))::bigint + 28800 as latest,
    case when stage <> 'first' and written_at > first_at and r.level <> 'IV'
      then extract(epoch from written_at)::bigint + 28800 end as answered
  from report_in_event r
  join deadline d on d.level = r.level
  cross join lateral (select case when by_occurrence then occurred_at else learned_at end) clock (clock_at)
  where learned_at <= $3 and clock_at >= timezone(interval '8 hours', $1::date::timestamp)
    and clock_at < timezone(interval '8 hours', ($2::date + 1)::timestamp)
),
in_slots as (
  select *,
    earliest / 86400 * 2 + (earliest % 86400 > 28800)::int + (earliest % 86400 > 61200)::int as first_slot,
    latest / 86400 * 2 - 1 + (latest % 86400 >= 28800)::int + (latest % 86400 >= 61200)::int as last_slot,
    answered / 86400 * 2 + (answered % 86400 > 28800)::int + (answered % 86400 > 61200)::int as slot
  from in_seconds
),
event as (
  select unit_code, event_code,
    min(clock_at) as clock_at,
    min(phone_due_at) as phone_due_at,
    min(written_due_at) as written_due_at,
    min(first_at) as first_at,
    min(phoned_at) as phoned_at,
    case when min(level) <> 'IV' then greatest(min(last_slot) - min(first_slot) + 1, 0) else 0 end as slot_count,
    count(distinct greatest(slot, first_slot)) filter (where slot <= last_slot) as met_count,
    bit_count(bit_or(elements) filter (where written_at <= first_at + interval '24 hours')::bit(12))::int as element_count
  from in_slots
  group by unit_code, event_code
),
misreport_now as (
  select m.unit_code, m.event_code, m.kind
  from misreport m
  where m.replaced_at is null and m.confirmed_on between $1::date and $2::date
    and timezone(interval '8 hours', m.confirmed_on::timestamp) <= $3
),
outcome as (
  select e.unit_code,
    case
      when first_at <= written_due_at then 'on_time'
      when first_at is not null then 'late'
      when $3 <= written_due_at then 'not_yet_due'
      else 'missing'
    end as outcome,
    case
      when first_at > written_due_at then least(100 * ceil(extract(epoch from first_at - written_due_at) / 3600)::int, 500)
      when first_at is null and $3 > written_due_at then 800
      else 0
    end as written_points,
    case
      when $3 <= phone_due_at or least(phoned_at, first_at) <= phone_due_at then 0
      when phone_due_at is null then 0
      else 100
    end as phone_points,
    least(coalesce(slot_count, 0) - met_count, 3) * 100 as slot_points,
    case when first_at + interval '24 hours' <= $3 then element_count else 0 end as element_part,
    case
      when first_at is null and $3 > written_due_at then 12
      when first_at + interval '24 hours' <= $3 then 12
      else 0
    end as element_whole,
    absorbed.event_code is not null as is_absorbed
  from event e
  left join (
    select distinct unit_code, event_code from misreport_now where kind in ('omitted', 'concealed')
  ) absorbed on absorbed.unit_code = e.unit_code and absorbed.event_code = e.event_code
  where exists (
    select from open_span s where s.unit_code = e.unit_code and s.from_at <= clock_at and clock_at < s.to_at
  )
),
of_events as (
  select unit_code,
    count(*) filter (where outcome = 'on_time')::int as on_time,
    count(*) filter (where outcome = 'late')::int as late,
    count(*) filter (where outcome = 'missing')::int as missing,
    count(*) filter (where outcome = 'not_yet_due')::int as not_yet_due,
    sum(element_part)::int as element_part,
    sum(element_whole)::int as element_whole,
    coalesce(sum(written_points + phone_points + slot_points) filter (where not is_absorbed), 0)::int as lost_timeliness,
    coalesce(sum(least(element_whole - element_part, 4) * 100) filter (where not is_absorbed), 0)::int as lost_completeness
  from outcome
  group by unit_code
),
price (finding, points) as (
  values ('absent', 500), ('no_answer', 500), ('call_forwarded', 400), ('invalid_number', 300),
    ('leader_unreachable', 300), ('not_as_rostered', 200), ('unfamiliar', 100), ('log_missing', 100),
    ('equipment_missing', 100)
),
of_checks as (
  select unit_code, count(*)::int as total, count(*) filter (where points = 0)::int as passed, sum(points)::int as lost
  from (
    select c.unit_code, (
      select coalesce(sum(price.points), 0)
      from unnest(c.findings) found (finding)
      join price using (finding)
      where found.finding <> 'call_forwarded' or s.duty_mode = 'room'
    ) as points
    from check_record c
    join open_span s on s.unit_code = c.unit_code and s.from_at <= c.checked_at and c.checked_at < s.to_at
    where c.replaced_at is null and c.checked_at <= $3
      and c.checked_at >= timezone(interval '8 hours', $1::date::timestamp)
      and c.checked_at < timezone(interval '8 hours', ($2::date + 1)::timestamp)
  ) judged_check
  group by unit_code
),
of_misreports as (
  select unit_code, bool_or(kind = 'concealed') as has_concealed, sum(
    case kind when 'understated' then 400 when 'false' then 800 when 'omitted' then 1200 else 2000 end
  )::int as lost
  from misreport_now
  group by unit_code
),
of_filings as (
  select s.unit_code, sum(
    case when f.received_at < overdue_at then 0 when f.received_at <= $3 then 50 when $3 >= overdue_at then 100 else 0 end
  )::int as lost
  from holiday h
  cross join (values ('whereabouts'), ('roster')) forms (form)
  cross join lateral (select timezone(interval '8 hours', (h.first_day_off - 4)::timestamp)) due (overdue_at)
  join open_span s on s.from_at < overdue_at and overdue_at <= s.to_at
  left join filing f on f.unit_code = s.unit_code and f.holiday_year = h.year and f.holiday_name = h.name
    and f.form = forms.form and f.replaced_at is null
  where h.first_day_off - 5 between $1::date and $2::date
  group by s.unit_code
),
of_bonuses as (
  select b.unit_code, least(sum(
    case b.kind when 'instruction_national' then 500 when 'instruction_province' then 400
      when 'instruction_city' then 300 else 100 end
  ), 500)::int as points
  from bonus b
  where b.replaced_at is null and b.awarded_on between $1::date and $2::date
    and timezone(interval '8 hours', b.awarded_on::timestamp) <= $3
  group by b.unit_code
),
summed as (
  select m.unit_code, m.position,
    coalesce(e.on_time, 0) as on_time, coalesce(e.late, 0) as late,
    coalesce(e.missing, 0) as missing, coalesce(e.not_yet_due, 0) as not_yet_due,
    coalesce(e.element_part, 0) as element_part, coalesce(e.element_whole, 0) as element_whole,
    coalesce(c.passed, 0) as check_passed, coalesce(c.total, 0) as check_total,
    coalesce(e.lost_timeliness, 0) as lost_timeliness, coalesce(e.lost_completeness, 0) as lost_completeness,
    coalesce(t.lost, 0) as lost_truthfulness, coalesce(c.lost, 0) as lost_discipline, coalesce(f.lost, 0) as lost_filing,
    coalesce(b.points, 0) as bonus, coalesce(t.has_concealed, false) as has_concealed,
    e.unit_code is not null or c.unit_code is not null as is_measured
  from member m
  left join of_events e using (unit_code)
  left join of_checks c using (unit_code)
  left join of_misreports t using (unit_code)
  left join of_filings f using (unit_code)
  left join of_bonuses b using (unit_code)
),
scored as (
  select summed.*, greatest(3000 - lost_timeliness, 0) + greatest(2000 - lost_completeness, 0)
    + greatest(2000 - lost_truthfulness, 0) + greatest(2000 - lost_discipline, 0) + greatest(1000 - lost_filing, 0) as total
  from summed
)
select unit_code as "unitCode",
  case when is_measured then rank() over (partition by is_measured order by total + bonus desc)::int end as rank,
  case when is_measured then total + bonus end as score,
  case
    when not is_measured then null
    when has_concealed or total < 6000 then '较差'
    when total >= 9000 then '优秀'
    when total >= 8000 then '良好'
    else '一般'
  end as grade,
  lost_timeliness as "lostTimeliness", lost_completeness as "lostCompleteness",
  lost_truthfulness as "lostTruthfulness", lost_discipline as "lostDiscipline", lost_filing as "lostFiling",
  bonus, on_time as "onTime", late, missing, not_yet_due as "notYetDue",
  element_part as "elementPart", element_whole as "elementWhole",
  check_passed as "checkPassed", check_total as "checkTotal"
from scored
order by rank nulls last, position
