import type { ReportDocument } from '@zhidu/contract'
import { MOST_ELEMENT_CHARACTERS, type ReportFact, type ReportTimes, refusesTimes } from '@zhidu/domain'
import { ServiceError } from '../service-error.ts'

export function timesOf({ learnedAt, occurredAt, phonedAt }: ReportDocument): ReportTimes {
  return {
    occurredAt: Date.parse(occurredAt),
    learnedAt: Date.parse(learnedAt),
    phonedAt: phonedAt === null ? null : Date.parse(phonedAt),
  }
}

/** Throws ServiceError `invalid` for clocks that cannot be and texts that are too long; `now`: epoch ms. */
export function assertDocument(document: ReportDocument, now: number): void {
  for (const [element, text] of Object.entries(document.texts)) {
    if (text.length > MOST_ELEMENT_CHARACTERS) {
      const params = { element, length: String(text.length), most: String(MOST_ELEMENT_CHARACTERS) }
      throw new ServiceError('invalid', 'report_text_too_long', params)
    }
  }
  const refusal = refusesTimes(timesOf(document), now)
  if (refusal !== null) throw new ServiceError('invalid', `report_${refusal}`)
  if (document.stage !== 'first' && document.phonedAt !== null) {
    throw new ServiceError('invalid', 'report_claim_of_first_only')
  }
}

/** A call on the office's record cannot lie before the unit knew what it was about. */
export function assertAfterLearned({ learnedAt, phonedAt }: Pick<ReportFact, 'learnedAt' | 'phonedAt'>): void {
  if (phonedAt !== null && phonedAt < learnedAt) throw new ServiceError('conflict', 'report_call_before_learned')
}
