import type { RecordLeadsInput } from '@zhidu/contract'

type Lead = RecordLeadsInput['leads'][number]
/** Below what a request may weigh, whatever letters it is of. */
const MOST_LETTERS = 150_000
const MOST_LEADS = 250

/** In their order, as many at once as a request may bear. */
export function* inBatches(leads: readonly Lead[]): Generator<Lead[]> {
  let batch: Lead[] = []
  let letters = 0
  for (const lead of leads) {
    const own = lead.summary.length + (lead.place?.length ?? 0) + (lead.link?.length ?? 0) + 300
    if (batch.length > 0 && (batch.length >= MOST_LEADS || letters + own > MOST_LETTERS)) {
      yield batch
      batch = []
      letters = 0
    }
    batch.push(lead)
    letters += own
  }
  if (batch.length > 0) yield batch
}
