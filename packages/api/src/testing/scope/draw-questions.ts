import type { User } from './accounts.ts'
import { drawIdOf, planIdOf } from './draws.ts'
import { type IdField, kinOf, NO_UUID, NOBODY, outsideOf, type Registered } from './question-parts.ts'

export const drawField: IdField = {
  field: 'drawId',
  foreign: (user) => outsideOf(user).map((code) => drawIdOf(code)),
  nothing: NO_UUID,
}
const planField: IdField = {
  field: 'planId',
  foreign: (user) => outsideOf(user).map((code) => planIdOf(code)),
  nothing: NO_UUID,
}
const PLAN = {
  title: '夜间抽查',
  isNight: true,
  everyUnitWithinQuarters: null,
  mostPerMonth: null,
  mostNightPerQuarter: null,
  mostPerInspector: null,
  strata: [{ group: '乡镇组', size: 1, substitutes: 1 }],
  weights: [],
  exclusions: [],
  inspectors: [],
} as const
const HASH_OF_NOTHING = `sha256:${'0'.repeat(64)}`
const drawsOfKin = (user: User): readonly object[] => kinOf(user).map((code) => ({ drawId: drawIdOf(code) }))
// Each world has a key of its own, which is the installation's and no unit's.
const DRAW_FILES = ['pool.json', 'certificate.txt'] as const

/** A step of a draw: asked about draws of others, it changes nothing. */
function drawStep(more: object): Registered {
  return { type: 'mutation', inputs: () => [{ drawId: NO_UUID, ...more }], ids: [drawField] }
}

/** Every procedure of draws. */
export const DRAW_PROCEDURES: Readonly<Record<string, Registered>> = {
  'draw.list': { type: 'query', inputs: () => [{}] },
  'draw.get': { type: 'query', inputs: drawsOfKin, ids: [drawField] },
  'draw.told': { type: 'query', inputs: () => [{}] },
  'draw.getTold': { type: 'query', inputs: drawsOfKin, ids: [drawField] },
  'draw.prepare': { type: 'query', inputs: () => [{}] },
  'draw.savePlan': {
    type: 'mutation',
    inputs: () => [{ planId: NO_UUID, version: 1, document: PLAN }],
    ids: [planField],
  },
  'draw.approvePlan': {
    type: 'mutation',
    inputs: () => [{ planId: NO_UUID, version: 1 }],
    ids: [planField],
  },
  'draw.declare': {
    type: 'mutation',
    inputs: () => [{ planId: NO_UUID, version: 1, isLastOfQuarter: false, seed: { kind: 'officers' } }],
    ids: [planField],
  },
  'draw.commit': drawStep({ officer: '某人', commitment: HASH_OF_NOTHING }),
  'draw.freeze': drawStep({}),
  'draw.reveal': drawStep({ nonce: '0'.repeat(32), text: '数' }),
  'draw.enterNumber': drawStep({ value: '0123456789' }),
  'draw.void': drawStep({ reason: '随机串遗失' }),
  // The unit that was not visited is named in the draw's own list.
  'draw.substitute': { ...drawStep({ outCode: NOBODY, reason: '道路中断' }), ofInstallation: ['outCode'] },
  'draw.disclose': drawStep({}),
}

export function drawFilesOf(user: User): readonly string[] {
  return kinOf(user).flatMap((code) => DRAW_FILES.map((file) => `/files/draws/${drawIdOf(code)}/${file}`))
}
