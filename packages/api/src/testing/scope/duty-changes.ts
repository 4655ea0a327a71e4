import { type User, userOf } from './accounts.ts'
import type { Answer } from './harness.ts'
import { NOW } from './tree.ts'

const DAY_MS = 86_400_000
const OWNER = userOf('clerk', 'A11')
const OFFICE = userOf('clerk', 'A1')

/** A day after the present of these tests, or before it, at 08:00. */
function at(days: number, hours = 8): string {
  const day = new Date(NOW + 8 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10)
  return `${day}T${String(hours).padStart(2, '0')}:00:00+08:00`
}

const shift = (person: string, day: number) => ({
  role: 'officer',
  person,
  startsAt: at(day),
  endsAt: at(day + 1),
  post: null,
  phone: null,
})
const keyOf = (person: string, day: number) => ({ role: 'officer', person, startsAt: at(day) })
const SAID = { askedBy: '甲一', agreedBy: '科长', reason: '外出培训' }
const PEOPLE = ['甲一', '乙二', '丙三']

/** Every change of rosters and duty rooms, in an order in which each is possible. */
export function dutySteps(call: (user: User, path: string, input: object) => Promise<Answer>) {
  const own = (path: string, input: object) => () => call(OWNER, path, { unitCode: 'A11', ...input })
  const days = { from: at(0).slice(0, 10), to: at(5).slice(0, 10) }
  const about = { unitCode: 'A11', reason: '核对当班人员' }
  return [
    {
      action: 'roster.plan',
      run: own('roster.plan', { shifts: PEOPLE.map((person, n) => shift(person, 40 + n)), reason: null }),
    },
    {
      action: 'roster.swap',
      run: own('roster.swap', { first: keyOf('甲一', 40), second: keyOf('乙二', 41), ...SAID }),
    },
    {
      action: 'roster.replace',
      run: own('roster.replace', {
        shift: keyOf('乙二', 40),
        person: '丁四',
        post: null,
        phone: null,
        from: at(40),
        to: at(41),
        ...SAID,
      }),
    },
    { action: 'roster.withdraw', run: own('roster.withdraw', { shifts: [keyOf('丙三', 42)], reason: '改排' }) },
    {
      action: 'roster.changeLine',
      run: own('roster.changeLine', {
        line: 'alternate',
        number: '0199-0765432',
        forwardingUntil: null,
        forwardingReason: null,
        fromAt: at(-1),
        reason: '新装',
      }),
    },
    { action: 'roster.reveal', run: () => call(OFFICE, 'roster.reveal', { ...about, ...days }) },
    { action: 'roster.revealAsked', run: () => call(OFFICE, 'roster.revealAsked', { ...about, at: at(0) }) },
    {
      action: 'dutyRoom.saveItems',
      run: () => call(OFFICE, 'dutyRoom.saveItems', { version: 0, items: [{ key: null, label: '备用电源' }] }),
    },
    {
      action: 'dutyRoom.assess',
      run: () =>
        call(OFFICE, 'dutyRoom.assess', {
          unitCode: 'A11',
          lookedOn: at(-1).slice(0, 10),
          answers: [
            { item: 'room', answer: 'has' },
            { item: 'own-1', answer: 'has_not' },
          ],
          staffing: { regular: 4, other: 1, atOnce: 1 },
          note: '现场查看',
          checkCode: null,
          files: [],
        }),
    },
    {
      action: 'dutyRoom.recordTraining',
      run: own('dutyRoom.recordTraining', {
        heldOn: at(-2).slice(0, 10),
        topic: '接报流程',
        minutes: 90,
        persons: 5,
        note: null,
        files: [],
        replaces: null,
        isWithdrawn: false,
      }),
    },
    {
      action: 'dutyRoom.announceFile',
      run: own('dutyRoom.announceFile', { sha256: '1'.repeat(64), type: 'image/jpeg', bytes: 100, name: '照片.jpg' }),
    },
  ]
}
