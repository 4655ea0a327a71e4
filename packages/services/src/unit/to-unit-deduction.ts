import type { DeductionEvidence, UnitDeduction } from '@zhidu/contract'
import {
  type CheckFact,
  clauseOf,
  type Deduction,
  type DeductionCode,
  FILING_DEDUCTION_CODES,
  type FilingJudgement,
  FINDINGS,
  LOG_DEDUCTION_CODES,
  type LogItem,
  MISREPORT_KINDS,
  type MisreportFact,
  maskNumbers,
  type Regulation,
  toLocalIso,
  writtenAtOf,
} from '@zhidu/domain'
import type { JudgedCase } from '../event/load-judgements.ts'
import { toLeagueDeduction } from '../league/shape.ts'

/** The facts of a unit's quarter by the reference under which deductions name them. */
export interface EvidenceIndex {
  readonly cases: ReadonlyMap<string, JudgedCase>
  readonly checks: ReadonlyMap<string, CheckFact>
  readonly misreports: ReadonlyMap<string, MisreportFact>
  /** By `HOLIDAY/FORM`. */
  readonly filings: ReadonlyMap<string, FilingJudgement>
  readonly logItems: ReadonlyMap<string, LogItem>
}

function need<T>(found: T | undefined, deduction: Deduction): T {
  if (found === undefined) throw new RangeError(`nothing behind ${deduction.code} of ${deduction.ref}`)
  return found
}

/** What kind of fact a deduction rests on, whichever dimension its rules put it under. */
function familyOf(code: DeductionCode): 'event' | 'misreport' | 'finding' | 'filing' | 'log' {
  const isIn = (list: readonly string[]): boolean => list.includes(code)
  if (isIn(MISREPORT_KINDS)) return 'misreport'
  if (isIn(FINDINGS)) return 'finding'
  if (isIn(LOG_DEDUCTION_CODES)) return 'log'
  return isIn(FILING_DEDUCTION_CODES) ? 'filing' : 'event'
}

function toEvidence(deduction: Deduction, index: EvidenceIndex): DeductionEvidence {
  const { code, ref } = deduction
  switch (familyOf(code)) {
    case 'event': {
      const { judgement } = need(index.cases.get(ref), deduction)
      const late = { phone_late: judgement.phone?.lateSeconds, written_late: judgement.written.lateSeconds }
      return {
        kind: 'event',
        eventCode: ref,
        category: judgement.judged.category,
        level: judgement.level,
        lateSeconds: code === 'phone_late' || code === 'written_late' ? (late[code] ?? null) : null,
        missingElements: code === 'element_missing' ? [...judgement.completeness.missing] : [],
      }
    }
    case 'misreport': {
      const misreport = need(index.misreports.get(ref), deduction)
      return {
        kind: 'misreport',
        misreportCode: ref,
        misreportKind: misreport.kind,
        eventCode: misreport.eventCode,
        basis: maskNumbers(misreport.basis),
      }
    }
    case 'finding': {
      const check = need(index.checks.get(ref), deduction)
      const finding = need(
        FINDINGS.find((one) => one === code),
        deduction,
      )
      return { kind: 'check', checkCode: ref, method: check.method, finding }
    }
    case 'filing': {
      const filing = need(index.filings.get(ref), deduction)
      return {
        kind: 'filing',
        holiday: filing.holiday,
        form: filing.form,
        dueOn: filing.dueOn,
        receivedAt: filing.receivedAt === null ? null : toLocalIso(filing.receivedAt),
      }
    }
    case 'log': {
      const item = need(index.logItems.get(ref), deduction)
      const closedAt = item.openings.at(-1)?.closedAt ?? null
      return {
        kind: 'log',
        entryCode: ref,
        receivedAt: toLocalIso(item.receivedAt),
        writtenAt: toLocalIso(writtenAtOf(item)),
        closedAt: closedAt === null ? null : toLocalIso(closedAt),
      }
    }
  }
}

/** A deduction with the fact behind it. Throws RangeError when there is none, which would be a fault of the rules. */
export function toUnitDeduction(deduction: Deduction, index: EvidenceIndex, regulation: Regulation): UnitDeduction {
  return {
    ...toLeagueDeduction(deduction),
    clause: clauseOf(regulation, deduction.clause).label,
    evidence: toEvidence(deduction, index),
  }
}
