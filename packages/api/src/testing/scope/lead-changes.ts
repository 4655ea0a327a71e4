import { type User, userOf } from './accounts.ts'
import type { Answer } from './harness.ts'
import { inquiryIdOf } from './leads.ts'

const CLERK = userOf('clerk', 'A1')
const OFFICER = userOf('clerk', 'A11')
const SEEN = {
  source: 'media',
  occurredAt: null,
  place: '青石镇',
  unitCode: 'A11',
  category: 'accident',
  summary: '厂房起火',
  deaths: null,
  injuries: null,
}
const MESSAGE = '6d6d6d6d-6d6d-4d6d-8d6d-6d6d6d6d6d6d'

function dataOf<T>({ text }: Answer): T {
  // Safe: the assertions that follow fail on anything else.
  return (JSON.parse(text) as { readonly result: { readonly data: T } }).result.data
}

/** Every change about leads and informants, in an order in which each is possible. */
export function leadSteps(call: (user: User | null, path: string, input: object) => Promise<Answer>) {
  const kept = { leadCode: '', informantId: '', secret: '' }
  const inquiryId = inquiryIdOf('A11')
  const place = { placeId: null, version: 0, unitCode: 'A11', name: '青石镇', aliases: [], isWithdrawn: false }
  const file = { sha256: '0'.repeat(64), type: 'image/jpeg', bytes: 100, name: '照片.jpg' }
  const said = { what: '山上塌方', place: null, occurredAt: null, deaths: null, injuries: null, photo: null }
  return [
    {
      action: 'lead.record',
      run: () =>
        call(CLERK, 'lead.record', {
          channel: 'typed',
          title: null,
          leads: [{ ...SEEN, seenAt: null, guid: null, link: null }],
        }),
      keep: (answer: Answer) => {
        kept.leadCode = dataOf<{ leadCodes: string[] }>(answer).leadCodes[0] ?? ''
      },
    },
    {
      action: 'lead.revise',
      run: () =>
        call(CLERK, 'lead.revise', {
          ...SEEN,
          injuries: 2,
          seenAt: '2026-08-01T10:00:00+08:00',
          leadCode: kept.leadCode,
          steps: 0,
        }),
    },
    {
      action: 'lead.handle',
      run: () => call(CLERK, 'lead.handle', { leadCode: kept.leadCode, steps: 0, kind: 'false_lead', note: '误传' }),
    },
    { action: 'lead.announceFile', run: () => call(OFFICER, 'lead.announceFile', { caseId: inquiryId, ...file }) },
    { action: 'lead.answer', run: () => call(OFFICER, 'lead.answer', { inquiryId, steps: 0, kind: 'received' }) },
    { action: 'lead.savePlaces', run: () => call(CLERK, 'lead.savePlaces', { places: [place] }) },
    {
      action: 'lead.markQuiet',
      run: () => call(CLERK, 'lead.markQuiet', { unitCode: 'A11', isWithdrawn: false, note: null }),
    },
    {
      action: 'informant.save',
      run: () =>
        call(CLERK, 'informant.save', {
          informantId: null,
          steps: 0,
          name: '某人',
          village: '某村',
          areaCode: 'A11',
          phone: null,
        }),
      keep: (answer: Answer) => {
        kept.informantId = dataOf<{ informantId: string }>(answer).informantId
      },
    },
    {
      action: 'informant.giveLink',
      run: () => call(CLERK, 'informant.giveLink', { informantId: kept.informantId, steps: 1, days: 30 }),
      keep: (answer: Answer) => {
        kept.secret = dataOf<{ secret: string }>(answer).secret
      },
    },
    {
      action: 'informant.checkLink',
      isNamed: false,
      run: () => call(null, 'informant.checkLink', { secret: kept.secret }),
    },
    {
      action: 'informant.send',
      isNamed: false,
      run: () => call(null, 'informant.send', { ...said, secret: kept.secret, messageId: MESSAGE }),
    },
    { action: 'informant.take', run: () => call(CLERK, 'informant.take', { messageId: MESSAGE }) },
    {
      action: 'informant.end',
      run: () => call(CLERK, 'informant.end', { informantId: kept.informantId, steps: 2, kind: 'revoked' }),
    },
  ]
}
