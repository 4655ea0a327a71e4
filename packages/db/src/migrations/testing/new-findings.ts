export const NEW_FINDING = {
  check_record: `(check_code, unit_code, method, checked_at, inspectors, findings, import_id, recorded_at)
    select 'N-' || target, target, 'phone', now(), '{}', '{}', import_id, now()`,
  misreport: `(misreport_code, unit_code, kind, confirmed_on, basis, import_id, recorded_at)
    select 'N-' || target, target, 'omitted', '2026-07-03', '依据', import_id, now()`,
  adoption: `(event_code, unit_code, use, used_on, import_id, recorded_at)
    select 'N-' || target, target, 'digest', '2026-07-03', import_id, now()`,
  draw_notice: `(draw_id, unit_code, kind, office_name, title, quarter, content, at)
    select d.draw_id, target, 'voided', '上级', '方案', '2026Q3', '缘由', now() from (select draw_id from draw limit 1) d,`,
  inspection: `(inspection_id, check_code, unit_code, office_code, reader_code, method, purpose, at, uncertainty_ms, clock_basis,
      device_error_ms, elapsed_ms, inspectors, recorded_by, recorded_by_id, received_at, checklist_id, checklist_version, checklist,
      regulation_id, regulation_version, document, content_hash, result)
    select gen_random_uuid(), 'N-' || target, target, scope_unit(), target, 'phone', 'ordered', now(), 0, 'wall', 0, 1, '{某人}',
      '某人', gen_random_uuid(), now(), 'phone', 1, '{}', 'r', '1', '{}', 'sha256:' || encode(sha256('{}'), 'hex'), 'passed'`,
  inspection_order: `(order_id, unit_code, office_code, kind, first_id, inspectors, reason, ordered_at, ordered_by, ordered_by_id, due_at)
    select gen_random_uuid(), target, scope_unit(), 'second', overlay(md5(target) placing '4' from 13)::uuid, '{某人}', '缘由', now(),
      '某人', gen_random_uuid(), now() + interval '1 day'`,
  supervision_case: `(case_id, unit_code, office_code, inspection_id, finding, found_at, opened_at, office_name)
    select gen_random_uuid(), target, scope_unit(), overlay(md5(target) placing '4' from 13)::uuid, 'log_missing', now(), now(), '上级'`,
  misreport_case: `(case_id, case_code, unit_code, office_code, office_name, kind, source, superior_at, opened_at)
    select gen_random_uuid(), 'N-' || scope_unit() || target, target, scope_unit(), '上级', 'omitted', 'media', now(), now()`,
  phone_record: `(record_id, unit_code, office_code, office_name, event_code, began_at, recorded_at, caller_name, category, level,
      occurred_at, learned_at, place, course, by_name, by_id)
    select gen_random_uuid(), target, scope_unit(), '上级', 'N-' || target, now(), now(), '某人', 'accident', 'IV', now(), now(), '',
      '起火', '某人', gen_random_uuid()`,
  reopening: `(reopening_id, unit_code, obligation, ref, until, reason, reopened_at, reopened_by)
    select gen_random_uuid(), target, 'written', 'N-' || target, '2026-07-05', '缘由', '2026-07-04', '某人'`,
} as const
