import { putUnitQuarters } from '../queries/put-unit-quarters.ts'
import type { TestDatabase } from './create-test-database.ts'
import { rollupRow } from './rollup-row.ts'

const DIGITS = ['1', '2', '3'] as const

/** 1 + 3 + 9 + 27 units; a code is its superior's with one digit more. */
export const TREE_CODES: readonly string[] = [1, 2, 3]
  .reduce<string[][]>(
    (levels) => [...levels, (levels.at(-1) ?? []).flatMap((code) => DIGITS.map((digit) => `${code}${digit}`))],
    [['A']],
  )
  .flat()

/** A quarter in which A3 alone has a rollup. */
export const ONLY_A3 = '2025Q1'

/** Every protected table holds one row of each unit; codes end in the unit's: `E-A11`, `K-A11`. */
const ROWS = [
  `insert into unit select u, n from codes`,
  `insert into import_file (import_id, kind, file_name, sha256, row_count, created_count, updated_count, unchanged_count,
     rejected_count, imported_at, unit_code)
   select overlay(md5(u) placing '4' from 13)::uuid, 'units', u, '00', 1, 1, 0, 0, 0, '2026-07-01+08', u from codes`,
  `insert into unit_period (unit_code, name, parent_code, tier, peer_group, duty_mode, import_id, recorded_at)
   select u, u, nullif(left(u, -1), ''), 'county', '组', 'room', i, r from codes`,
  `insert into report (event_code, unit_code, stage, sequence, category, level, occurred_at, learned_at, elements, import_id,
     recorded_at)
   select 'E-' || u, u, 'first', 0, 'accident', 'IV', r, r, 0, i, r from codes`,
  `insert into event_case (unit_code, event_code, category, level, occurred_at, learned_at)
   select u, 'E-' || u, 'accident', 'IV', r, r from codes`,
  `insert into check_record (check_code, unit_code, method, checked_at, inspectors, findings, import_id, recorded_at)
   select 'K-' || u, u, 'phone', r, '{}', '{}', i, r from codes`,
  `insert into misreport (misreport_code, unit_code, event_code, kind, confirmed_on, basis, import_id, recorded_at)
   select 'M-' || u, u, 'E-' || u, 'omitted', '2026-07-03', '依据', i, r from codes`,
  `insert into filing (unit_code, holiday_year, holiday_name, form, import_id, recorded_at)
   select u, 2026, '中秋节', 'roster', i, r from codes`,
  `insert into lead (lead_code, source, seen_at, unit_code, summary, import_id, recorded_at)
   select 'X-' || u, 'media', r, u, '摘要', i, r from codes`,
  `insert into bonus (bonus_code, unit_code, kind, awarded_on, import_id, recorded_at)
   select 'B-' || u, u, 'media', '2026-07-03', i, r from codes`,
  `insert into pre_report (event_code, unit_code, pre_reported_at, reason, import_id, recorded_at)
   select 'E-' || u, u, r, '缘由', i, r from codes`,
  `insert into adoption (event_code, unit_code, use, used_on, import_id, recorded_at)
   select 'E-' || u, u, 'digest', '2026-07-03', i, r from codes`,
  `insert into duty_line (unit_code, line, number, is_withdrawn, import_id, recorded_at)
   select u, 'duty_room', '0199-0123456', false, i, r from codes`,
  // One person, so that whoever brings a shift of theirs is told where else they are.
  `insert into roster_shift (unit_code, role, starts_at, ends_at, person, is_withdrawn, import_id, recorded_at)
   select u, 'officer', r, r + interval '1 day', '某人', false, i, r from codes`,
  `insert into reopening (reopening_id, unit_code, obligation, ref, until, reason, reopened_at, reopened_by)
   select gen_random_uuid(), u, 'written', 'E-' || u, r + interval '1 day', '缘由', r, '某人' from codes`,
  // Splits, which leave the tree as it is: those of a subtree's own within it, that of its superior outside.
  `insert into unit_succession (succession_id, act_id, unit_code, successor_code, on_date, kind, reason, recorded_at, recorded_by)
   select gen_random_uuid(), gen_random_uuid(), u,
     case length(u) when 4 then left(u, 3) when 3 then u || '1' when 2 then u || '2' else 'A2' end,
     '2026-07-03', 'split', '缘由', r, '某人' from codes`,
  `insert into obligation (unit_code, quarter, kind, ref, level, arises_at, due_at, regulation_id, regulation_version, clause,
     cause, recorded_at, turns_at, turns_to)
   select u, '2026Q3', 'written', 'E-' || u, 'IV', r, r + interval '2 hours', 'sample', '1', 'c', 'arose', r, array[r],
     array['on_time'] from codes`,
  `insert into draw_plan (plan_id, version, unit_code, document, written_at, written_by, written_by_id, approved_at, approved_by,
     approved_by_id)
   select i, 1, u, '{}', r, '某人', gen_random_uuid(), r, '某人', gen_random_uuid() from codes`,
  `insert into draw (draw_id, unit_code, plan_id, plan_version, quarter, is_last_of_quarter, seed, declared_at, declared_by,
     declared_by_id)
   select i, u, i, 1, '2026Q3', false, '{"kind":"officers"}', r, '某人', gen_random_uuid() from codes`,
  `insert into draw_step (draw_id, seq, unit_code, kind, content, content_hash, at, by_name, by_id)
   select i, 1, u, 'committed', u, 'sha256:' || encode(sha256(convert_to(u, 'UTF8')), 'hex'), r, '某人', gen_random_uuid() from codes`,
  // Told about a draw of the superior.
  `insert into draw_notice (draw_id, unit_code, kind, office_name, title, quarter, content, at)
   select i, u, 'frozen', '上级', '方案', '2026Q3', 'sha256:', r from codes`,
  `insert into checklist (id, version, unit_code, content, written_at, written_by, written_by_id)
   select 'phone', 2, u, u, r, '某人', gen_random_uuid() from codes`,
  `insert into inspection (inspection_id, check_code, unit_code, office_code, reader_code, method, purpose, at, uncertainty_ms,
     clock_basis, device_error_ms, elapsed_ms, inspectors, recorded_by, recorded_by_id, received_at, checklist_id,
     checklist_version, checklist, regulation_id, regulation_version, document, content_hash, result)
   select i, 'CC-' || u, u, u, u, 'phone', 'ordered', r, 0, 'monotonic', 0, 1, '{某人}', '某人', gen_random_uuid(), r, 'phone', 1,
     '{}', 'sample', '1', to_json(u)::text, 'sha256:' || encode(sha256(convert_to(to_json(u)::text, 'UTF8')), 'hex'), 'findings'
     from codes`,
  `insert into inspection_order (order_id, unit_code, office_code, kind, first_id, inspectors, reason, ordered_at, ordered_by,
     ordered_by_id, due_at)
   select i, u, u, 'second', i, '{某人}', u, r, '某人', gen_random_uuid(), r + interval '1 day' from codes`,
  `insert into inspection_file (inspection_id, sha256, unit_code, office_code, reader_code, kind, type, bytes, name, taken_ms)
   select i, encode(sha256('x'), 'hex'), u, u, u, 'photo', 'image/jpeg', 1, u, 0 from codes`,
  `insert into inspection_file_part (inspection_id, sha256, start, unit_code, office_code, reader_code, content)
   select i, encode(sha256('x'), 'hex'), 0, u, u, u, 'x' from codes`,
  `insert into inspection_file_receipt (inspection_id, sha256, unit_code, office_code, reader_code, received_at, received_by,
     received_by_id)
   select i, encode(sha256('x'), 'hex'), u, u, u, r, '某人', gen_random_uuid() from codes`,
  `insert into inspection_finding (inspection_id, finding, unit_code, office_code, reader_code, clause, is_suspected, items, files)
   select i, 'log_missing', u, u, u, '1', false, '{}', '{}' from codes`,
  `insert into supervision_case (case_id, unit_code, office_code, inspection_id, finding, found_at, opened_at, office_name)
   select i, u, u, i, 'log_missing', r, r, u from codes`,
  `insert into report_content (content_id, unit_code, event_code, stage, sequence, version, received_at, receipt_code, client_key,
     sha256, document, category, level, occurred_at, learned_at, claimed_phoned_at, place, text, signer, year, number, by_name, by_id,
     frozen_quarters)
   select i, u, 'E-' || u, 'first', 0, 1, r, '22222-' || translate(upper(left(md5(u), 5)), '01', '23'), i,
     encode(sha256(convert_to(u, 'UTF8')), 'hex'), u, 'accident', 'IV', r, r, r, u, u, '某人', 2026, 1, '某人', i, '{}' from codes`,
  `insert into report_act (content_id, kind, unit_code, office_code, office_name, at, by_name, by_id)
   select i, 'signed_for', u, u, u, r, '某人', i from codes`,
  `insert into phone_record (record_id, unit_code, office_code, office_name, event_code, began_at, recorded_at, caller_name,
     category, level, occurred_at, learned_at, place, course, by_name, by_id)
   select i, u, u, u, 'E-' || u, r, r, '某人', 'accident', 'IV', r, r, u, u, '某人', i from codes`,
  `insert into report_draft (unit_code, draft_key, revision, document, saved_at, by_name, by_id)
   select u, 'E-' || u, 1, u, r, '某人', i from codes`,
  `insert into misreport_case (case_id, case_code, unit_code, office_code, office_name, kind, event_code, source, superior_at, opened_at)
   select i, 'RDA-' || u, u, u, u, 'omitted', 'E-' || u, 'media', r, r from codes`,
  `insert into misreport_step (case_id, position, unit_code, office_code, kind, at, by_name, by_id, note, files, is_against_rule)
   select i, 0, u, u, 'opened', r, '某人', i, u, '{}', false from codes`,
  `insert into lead_step (lead_code, position, unit_code, kind, at, by_name, by_id, note)
   select 'X-' || u, 0, u, 'false_lead', r, '某人', i, u from codes`,
  `insert into lead_inquiry (inquiry_id, inquiry_code, unit_code, office_code, office_name, lead_code, question, working_days, at, by_name, by_id)
   select i, 'HC-' || u, u, u, u, 'X-' || u, u, 3, r, '某人', i from codes`,
  `insert into lead_inquiry_step (inquiry_id, position, unit_code, office_code, kind, at, by_name, by_id, files)
   select i, 0, u, u, 'received', r, '某人', i, '{}' from codes`,
  `insert into lead_origin (lead_code, unit_code, channel, guid, at, by_name, by_id) select 'X-' || u, u, 'feed', u, r, '某人', i from codes`,
  `insert into lead_place (place_id, version, unit_code, name, aliases, is_withdrawn, at, by_name, by_id)
   select i, 1, u, u, '{}', false, r, '某人', i from codes`,
  `insert into informant_step (informant_id, position, unit_code, kind, at, by_name, by_id, name, village)
   select i, 0, u, 'registered', r, '某人', i, u, u from codes`,
  `insert into informant_message (message_id, receipt_code, informant_id, unit_code, at, what, photo) select i, u, i, u, r, u, 'x' from codes`,
  `insert into risk_mark (unit_code, marked_code, quarter, position, is_withdrawn, at, by_name, by_id)
   select u, u, '2026Q3', 0, false, r, '某人', i from codes`,
  `insert into commendation_step (unit_code, quarter, peer_group, position, kind, at, by_name, by_id, as_of, name_count)
   select u, '2026Q3', u, 0, 'decided', r, u, i, r, 1 from codes`,
  `insert into commendation_list (unit_code, quarter, peer_group, position, kind, named_code, name, rank, score, probability,
     certainty, is_proposed, is_named)
   select u, '2026Q3', u, 0, 'praise', u, u, 1, 9000, 0.9, 'likely', true, true from codes`,
  `insert into case_file (case_id, sha256, unit_code, office_code, type, bytes, name, announced_at, announced_by, announced_by_id)
   select i, encode(sha256('x'), 'hex'), u, u, 'image/jpeg', 1, u, r, '某人', gen_random_uuid() from codes`,
  `insert into case_file_part (case_id, sha256, start, unit_code, office_code, content)
   select i, encode(sha256('x'), 'hex'), 0, u, u, 'x' from codes`,
  ...['notified', 'explained', 'confirmed'].map(
    (
      kind,
      at,
    ) => `insert into case_step (case_id, position, unit_code, office_code, kind, at, by_name, by_id, note, working_days, files)
     select i, ${at}, u, u, '${kind}', r, '另一人', i, u, ${kind === 'notified' ? 3 : 'null'}, '{}' from codes`,
  ),
  `insert into inspection_decision (inspection_id, finding, unit_code, office_code, reader_code, outcome, reason, at, by_name, by_id)
   select i, 'log_missing', u, u, u, 'confirmed', '缘由', r, '另一人', i from codes`,
  `insert into roster_change (change_id, change_code, unit_code, kind, span_from, span_to, is_late, asked_by, agreed_by, reason,
     import_id, recorded_at, by_name, by_id)
   select i, 'R-' || u, u, 'replaced', r, r + interval '1 day', true, '某人', '某人', u,
     i, r, '某人', i from codes`,
  `insert into duty_line_change (change_id, unit_code, line, number, is_withdrawn, reason, from_at, import_id, recorded_at, by_name, by_id)
   select i, u, 'duty_room', '0199-0' || n, false, u, r, i, r, '某人', i from codes`,
  `insert into duty_room_list (unit_code, version, items, at, by_name, by_id) select u, 1, '[]', r, '某人', i from codes`,
  `insert into duty_room_file (unit_code, office_code, sha256, type, bytes, name, announced_at, by_name, by_id)
   select u, u, encode(sha256('x'), 'hex'), 'image/jpeg', 1, u, r, '某人', i from codes`,
  `insert into duty_room_file_part (unit_code, office_code, sha256, start, content)
   select u, u, encode(sha256('x'), 'hex'), 0, 'x' from codes`,
  `insert into duty_room_assessment (assessment_id, unit_code, office_code, source, looked_on, answers, files, recorded_at, by_name, by_id)
   select i, u, u, 'declared', '2026-07-03', '{"room":"has"}', array[encode(sha256('x'), 'hex')], r, '某人', i from codes`,
  `insert into duty_training (training_id, unit_code, held_on, topic, minutes, persons, files, is_withdrawn, recorded_at, by_name, by_id)
   select i, u, '2026-07-03', u, 90, 5, '{}', false, r, '某人', i from codes`,
  `insert into bulletin (bulletin_id, unit_code, quarter, kind, frozen_version, created_at, created_by)
   select i, u, '2026Q2', 'bulletin', 1, r, '某人' from codes`,
  `insert into bulletin_revision (bulletin_id, revision, unit_code, base_revision, document, at, by_name)
   select i, 1, u, 0, u, r, '某人' from codes`,
  `insert into bulletin_step (bulletin_id, seq, unit_code, kind, revision, at, by_name, by_id)
   select i, 1, u, 'submitted', 1, r, u, gen_random_uuid() from codes`,
  `insert into meeting (meeting_id, unit_code, office_name, title, quarter, as_of, rules, at, by_name, by_id)
   select i, u, u, u, '2026Q2', r, u, r, u, gen_random_uuid() from codes`,
  `insert into meeting_revision (meeting_id, part, revision, unit_code, base_revision, document, at, by_name, by_id)
   select i, 'minutes', 1, u, 0, u, r, u, gen_random_uuid() from codes`,
  `insert into meeting_invitation (meeting_id, unit_code, round, office_code, office_name, title, quarter, held_at, place, answer_by,
     at, by_name, by_id)
   select i, u, 1, u, u, u, '2026Q2', r, u, '2026-07-04', r, u, gen_random_uuid() from codes`,
  `insert into meeting_reply (meeting_id, unit_code, position, office_code, round, kind, seat, person, at, by_name, by_id)
   select i, u, 0, u, 1, 'attend', 'head', u, r, u, gen_random_uuid() from codes`,
  `insert into meeting_decision (decision_id, meeting_id, unit_code, office_code, office_name, title, quarter, what, report, owner,
     last_day, at, by_name, by_id)
   select i, i, u, u, u, u, '2026Q2', u, u, u, '2026-08-01', r, u, gen_random_uuid() from codes`,
  `insert into meeting_decision_step (decision_id, position, unit_code, office_code, kind, at, by_name, by_id)
   select i, 0, u, u, 'received', r, u, gen_random_uuid() from codes`,
  `insert into meeting_step (meeting_id, seq, unit_code, kind, revision, at, by_name, by_id)
   select i, 1, u, 'submitted', 1, r, u, gen_random_uuid() from codes`,
  `insert into log_entry (entry_id, unit_code, entry_code, day, number, source, kind, received_at, content, at, by_name, by_id)
   select i, u, 'L-' || u, '2026-07-03', 1, 'call', 'matter', r, u, r, u, gen_random_uuid() from codes`,
  `insert into handover (handover_id, unit_code, change_at, at, by_name, by_id)
   select i, u, r, r, u, gen_random_uuid() from codes`,
  `insert into handover_step (handover_id, position, unit_code, kind, at, by_name, by_id, entries, notes, note, open_count)
   select i, 0, u, 'prepared', r, u, gen_random_uuid(), '{}', '{}', u, 0 from codes`,
  `insert into log_step (entry_id, position, unit_code, kind, at, by_name, by_id, note)
   select i, 0, u, 'disposed', r, u, gen_random_uuid(), u from codes`,
  `insert into log_day (unit_code, day, position, leader, weather, at, by_name, by_id)
   select u, '2026-07-03', 0, u, u, r, u, gen_random_uuid() from codes`,
  `insert into filing_source (unit_code, sha256, holiday_year, holiday_name, form, name, content, at, by_name, by_id)
   select u, encode(sha256('x'), 'hex'), 2026, '国庆节', 'roster', u, 'x', r, u, i from codes`,
  `insert into filing_draft (unit_code, holiday_year, holiday_name, form, content, at, by_name, by_id)
   select u, 2026, '国庆节', 'roster', u, r, u, i from codes`,
  `insert into filing_form (unit_code, holiday_year, holiday_name, form, version, receipt, content, content_hash, warnings, due_on,
     is_late, at, by_name, by_id)
   select u, 2026, '国庆节', 'roster', 1, translate(upper(left(md5(u), 5)), '01', 'XY') || '-22222', u, encode(sha256(convert_to(u, 'UTF8')), 'hex'), '[]',
     '2026-09-26', false, r, u, i from codes`,
  `insert into filing_reminder (reminder_id, unit_code, office_code, office_name, holiday_year, holiday_name, due_on, forms, at, by_name,
     by_id)
   select i, u, u, u, 2026, '国庆节', '2026-09-26', '{roster}', r, u, i from codes`,
  `insert into filing_reminder_seen (reminder_id, unit_code, at, by_name, by_id) select i, u, r, u, i from codes`,
  `insert into duty_setting (unit_code, version, reminder_days, from_on, at, by_name, by_id)
   select u, 1, '{5}', '2026-07-03', r, u, i from codes`,
  `insert into special_period (period_id, version, unit_code, kind, title, from_on, asks_double_leaders, asks_daily_report, note, basis,
     is_withdrawn, at, by_name, by_id)
   select i, 1, u, 'other', u, '2026-07-03', false, true, '', u, false, r, u, i from codes`,
  `insert into daily_report (unit_code, day, version, kind, at, by_name, by_id) select u, '2026-07-03', 1, 'zero', r, u, i from codes`,
  `insert into account (account_id, login_name, display_name, unit_code, created_at)
   select gen_random_uuid(), lower(u), u, u, r from codes`,
]

/** Each with the office above; the top has none. */
const APPEALS = [
  `insert into assessment_step (office_code, quarter, position, kind, at, by_name, by_id, working_days, marks_appeals)
   select u, '2026Q3', 0, 'drafted', r, '某人', i, 5, false from codes`,
  `insert into appeal (appeal_id, unit_code, office_code, quarter, ref, code, at, dimension, clause, points, opened_at)
   select i, u, coalesce((select c.ancestor_code from unit_closure c where c.descendant_code = u and c.depth = 1 limit 1), u),
     '2026Q3', 'K-' || u, 'log_missing', r, 'discipline', '1', 100, r from codes`,
  ...['kept', 'submitted'].map(
    (
      kind,
      at,
    ) => `insert into appeal_step (appeal_id, position, unit_code, office_code, kind, at, by_name, by_id, note, files)
     select i, ${at}, u, (select a.office_code from appeal a where a.appeal_id = i), '${kind}', r, '另一人', i, u, '{}' from codes`,
  ),
]

export const FROZEN_ID = '00000000-0000-4000-8000-000000000001'

/** A frozen quarter: its head comes after its parts, in one transaction. */
const FROZEN = `begin;
  insert into frozen_part (frozen_id, file_name, part, unit_code, is_gzip, content)
    select '${FROZEN_ID}', 'results/units.jsonl', n, u, false, convert_to(u, 'UTF8')
    from unnest('{${TREE_CODES.join(',')}}'::text[]) with ordinality as t (u, n);
  insert into frozen_part (frozen_id, file_name, part, unit_code, is_gzip, content)
    values ('${FROZEN_ID}', 'facts/checks.jsonl', 0, 'A3', false, '');
  insert into frozen_quarter (frozen_id, quarter, version, as_of, regulation_id, regulation_version, method_version,
      program_version, manifest, manifest_sha256, unit_count, fact_count, high_water, frozen_at, frozen_by, is_demonstration)
    select '${FROZEN_ID}', '2026Q2', 1, '2026-07-01+08', 'r', '1', '1', '1', '{}', encode(sha256('{}'), 'hex'), 40, 0, '{}',
      '2026-07-02+08', '某人', false;
  commit`

/** Gives the account of each unit. */
export async function makeScopeTree({ db, pool }: TestDatabase): Promise<ReadonlyMap<string, string>> {
  const put = async (statement: string): Promise<void> => {
    const [insert, rest] = [statement.split(/\sselect\s/, 1)[0] ?? '', statement.slice(statement.search(/select\s/))]
    await pool.query(
      `with codes as (
         select u, n, '2026-07-03 14:00+08'::timestamptz as r, overlay(md5(u) placing '4' from 13)::uuid as i
         from unnest($1::text[]) with ordinality as t (u, n)
       ) ${insert} ${rest}`,
      [TREE_CODES],
    )
  }
  for (const statement of ROWS) await put(statement)
  await pool.query(FROZEN)
  await putUnitQuarters(db, [
    ...TREE_CODES.map((unitCode) => rollupRow({ unitCode })),
    rollupRow({ unitCode: 'A3', quarter: ONLY_A3 }),
  ])
  await pool.query('select rebuild_unit_closure()')
  for (const statement of APPEALS) await put(statement)
  const { rows } = await pool.query<{ id: string; code: string }>(
    'select account_id as id, unit_code as code from account',
  )
  return new Map(rows.map(({ code, id }) => [code, id]))
}
