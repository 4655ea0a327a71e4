import { type Kysely, sql } from 'kysely'

const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const REFUSED = `using errcode = 'insufficient_privilege'`
const OF_CASE = `exists (select from supervision_case c where c.case_id = new.case_id
  and c.unit_code = new.unit_code and c.office_code = new.office_code)`
const OF_APPEAL = `exists (select from appeal a where a.appeal_id = new.case_id
  and a.unit_code = new.unit_code and a.office_code = new.office_code)`
const OF_DECISION = `exists (select from meeting_decision d where d.decision_id = new.case_id
  and d.unit_code = new.unit_code and d.office_code = new.office_code)`

/** The unit brings files to each of what `owners` says, the office to those it opened on a suspicion. */
function checkFile(owners: readonly string[]): string {
  return `create or replace function check_case_file() returns trigger language plpgsql ${DEFINER} as $$
    begin
      new.brought_by := coalesce(new.brought_by, new.unit_code);
      if exists (select from misreport_case c where c.case_id = new.case_id and c.unit_code = new.unit_code
            and c.office_code = new.office_code and new.brought_by in (new.unit_code, new.office_code)) then
        return new;
      end if;
      if new.brought_by <> new.unit_code or not (${owners.join(' or ')}) then
        raise exception 'a file is of a case, an appeal or a decision' ${REFUSED};
      end if;
      return new;
    end $$`
}

/** What a unit reports of a decision may bear files, of which each is there whole. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `alter table meeting_decision_step add column files text[] not null default '{}'
      check (files = '{}' or kind = 'reported')`,
    checkFile([OF_CASE, OF_APPEAL, OF_DECISION]),
    `create function check_decision_files() returns trigger language plpgsql ${DEFINER} as $$
      begin
        if exists (select from unnest(new.files) as hash where not exists (
            select from case_file f where f.case_id = new.decision_id and f.sha256 = hash and f.bytes = (select
              sum(octet_length(p.content)) from case_file_part p where p.case_id = f.case_id and p.sha256 = hash))) then
          raise exception 'a file of the step is not there' ${REFUSED};
        end if;
        return new;
      end $$`,
    `create trigger meeting_decision_step_has_its_files before insert on meeting_decision_step
      for each row execute function check_decision_files()`,
    `revoke all on function check_decision_files() from public`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const back = [
    // Their parts go first: what is handed in is otherwise kept.
    `alter table case_file_part disable trigger user`,
    `alter table case_file disable trigger user`,
    `delete from case_file f using meeting_decision d where d.decision_id = f.case_id`,
    `alter table case_file_part enable trigger user`,
    `alter table case_file enable trigger user`,
    checkFile([OF_CASE, OF_APPEAL]),
    `drop trigger meeting_decision_step_has_its_files on meeting_decision_step`,
    `drop function check_decision_files`,
    `alter table meeting_decision_step drop column files`,
  ]
  for (const statement of back) await sql.raw(statement).execute(db)
}
